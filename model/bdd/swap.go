package bdd

// swap exchanges the variables x at level l and y below it. Nodes of x that depend on y become nodes of y in place, for the same
// function; all others stay as they are.
func (s *sifter) swap(l int32) {
	x, y := uint32(s.varAt[l]), uint32(s.varAt[l+1])
	if s.among[x] == s.among[y] && !s.idle(x) && !s.idle(y) {
		s.moved = s.detach(x, y, s.moved[:0])
		for _, n := range s.moved {
			s.rewrite(n, x, y)
		}
		s.shrink(&s.tables[x])
		s.shrink(&s.tables[y])
	}
	s.varAt[l], s.varAt[l+1] = int32(y), int32(x)
	s.level[x], s.level[y] = l+1, l
}

// idle reports whether no function but the variable itself depends on v.
func (s *sifter) idle(v uint32) bool {
	return s.tables[v].count == 1 && s.refs[s.find(v, False, True).node()] == 1
}

// shrink keeps the buckets, which swaps go through, in proportion to the nodes.
func (s *sifter) shrink(t *table) {
	if size := len(t.buckets); size > leastBuckets && 8*t.count < size {
		s.resizeTable(t, size/4)
	}
}

// detach takes the nodes of x with a child of y out of x's table.
func (s *sifter) detach(x, y uint32, moved []uint32) []uint32 {
	t := &s.tables[x]
	s.work += t.count
	for i := range t.buckets {
		for link := &t.buckets[i]; *link != 0; {
			n := *link
			d := &s.nodes[n]
			if s.nodes[d.lo.node()].v != y && s.nodes[d.hi.node()].v != y {
				link = &d.next
				continue
			}
			*link = d.next
			t.count--
			moved = append(moved, n)
		}
	}
	return moved
}

// rewrite turns node n from "if x then f1 else f0" into "if y then (if x then f11 else f01) else (if x then f10 else f00)".
func (s *sifter) rewrite(n, x, y uint32) {
	d := s.nodes[n]
	f00, f01 := s.branches(d.lo, y)
	f10, f11 := s.branches(d.hi, y)
	lo, hi := s.child(x, f00, f10), s.child(x, f01, f11)
	s.drop(d.lo.node())
	s.drop(d.hi.node())
	s.nodes[n] = node{lo: lo, hi: hi, v: y}
	s.tables[y].insert(n, &s.nodes[n])
	s.fit(&s.tables[y])
}

// branches returns f with y false and true; y is at the top of f if f depends on it.
func (s *sifter) branches(f Ref, y uint32) (f0, f1 Ref) {
	d := &s.nodes[f.node()]
	if d.v != y {
		return f, f
	}
	return d.lo ^ f.sign(), d.hi ^ f.sign()
}

// child returns "if x then f1 else f0" with one more parent.
func (s *sifter) child(x uint32, f0, f1 Ref) Ref {
	before := s.live
	f := s.mk(x, f0, f1)
	if s.live > before {
		if n := len(s.nodes); n > len(s.refs) {
			s.refs = append(s.refs, make([]uint32, n-len(s.refs))...)
		}
		s.refs[f0.node()]++
		s.refs[f1.node()]++
	}
	s.refs[f.node()]++
	return f
}

// drop takes one parent from node n; without any it is freed.
func (s *sifter) drop(n uint32) {
	s.refs[n]--
	if n == 0 || s.refs[n] != 0 {
		return
	}
	d := s.nodes[n]
	s.tables[d.v].remove(n, s.nodes)
	s.release(n)
	s.live--
	s.drop(d.lo.node())
	s.drop(d.hi.node())
}
