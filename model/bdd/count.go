package bdd

// AtLeast returns whether at least k of fs hold. The functions are arbitrary and may share variables or be repeated.
// For distinct variables it makes at most k(n-k+1) nodes at a constant cost each.
func (m *Manager) AtLeast(k int, fs []Ref) Ref {
	n := len(fs)
	switch {
	case k <= 0:
		return m.keep(True)
	case k > n:
		return False
	}
	// row[j] is "at least j of the functions seen so far"; from the bottom of the order upwards.
	row := make([]Ref, k+1)
	row[0] = True
	m.held = row
	for i, f := range m.bottomUp(fs) {
		for j := min(i+1, k); j > 0 && j >= k-(n-1-i); j-- {
			row[j] = m.apply(f, row[j-1], row[j])
		}
	}
	m.held = nil
	return m.keep(row[k])
}
