package bdd

const pageSize = 512

// pages is an array over nodes of which only the parts in use take memory: the zero value is everywhere zero.
type pages[T any] []*[pageSize]T

// at returns the place of node n.
func (p *pages[T]) at(n uint32) *T {
	i := int(n / pageSize)
	if i >= len(*p) || (*p)[i] == nil {
		p.add(i)
	}
	return &(*p)[i][n%pageSize]
}

func (p *pages[T]) add(i int) {
	if i >= len(*p) {
		*p = append(*p, make(pages[T], max(i+1, 2*len(*p))-len(*p))...)
	}
	(*p)[i] = new([pageSize]T)
}
