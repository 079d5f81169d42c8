package dsl

import (
	"nines/dsl/syntax"
	"nines/model"
)

// store builds the nodes of a store: reading, writing, and both.
func (b *builder) store(sym *symbol, s *syntax.Store) (model.Node, bool) {
	parts, ok := b.members(storeKind, s.Members)
	sym.members = parts
	children := b.leavesOf(parts, s.Members)
	left := 0
	switch {
	case !s.Fragments:
		ok = b.uncounted(s.Members, "say `read` and `write`, or `fragments k of P x n`") && ok
	case s.Members.K == nil:
		b.report.report("E056", s.Members.Span, "fragments without `k of`, how many of them hold the data").help("as in `fragments 4 of disk x 6`")
		ok = false
	case ok:
		left, ok = b.k(s.Members, len(parts), 1)
	}
	read, good := b.half(s.Read, "read", len(parts), left)
	write, fine := b.half(s.Write, "write", len(parts), left)
	ok = ok && good && fine
	switch {
	case !ok:
	case min(read, write) < left:
		b.report.report("W116", s.Name.Span, "read %d and write %d where it takes %d fragments to hold the data", read, write, left).
			help("both at least %d", left)
	case !s.Fragments && read+write <= len(parts):
		b.report.report("W116", s.Name.Span, "read %d and write %d of %d copies: a read can miss the last write", read, write, len(parts)).
			help("read + write above %d", len(parts))
	}
	b.copiesNeeded(sym, "read", children, read)
	b.copiesNeeded(sym, "write", children, write)
	b.sys.Stores = append(b.sys.Stores, model.Store{Node: sym.node, Parts: parts, K: max(left, 1)})
	return blank(model.Series, sym.halves["read"], sym.halves["write"]), ok
}

// copiesNeeded completes the node of reading or writing: members that are stale
// do not count.
func (b *builder) copiesNeeded(sym *symbol, half string, children []int, k int) {
	n := &b.sys.Nodes[sym.halves[half]]
	n.Kind, n.Name, n.Pos = model.Quorum, sym.name.Text+"."+half, b.report.pos(sym.name.Span)
	n.Children, n.K = children, k
}

// half is how many copies reading or writing needs.
func (b *builder) half(q syntax.Count, what string, copies, left int) (int, bool) {
	if q == nil {
		return left, left > 0
	}
	n, ok := b.whole(q, what, bounds{1, maxParts})
	if ok && copies > 0 && n > copies {
		b.report.report("E050", q.Extent(), "%s %d of %d copies can never hold", what, n, copies)
		return 0, false
	}
	return n, ok
}

// keeping warns of a store that is not what it seems. Of reading and writing it
// looks at what takes more copies.
func (b *builder) keeping(st *model.Store) {
	children := b.sys.Nodes[st.Node].Children
	word, n := "read", &b.sys.Nodes[children[0]]
	if write := &b.sys.Nodes[children[1]]; write.K > n.K {
		word, n = "write", write
	}
	switch size := len(n.Children); {
	case size == 1:
		b.report.atPos("W119", n.Pos, "a store of one copy has no redundancy").help("add copies, as in `disk x 3`")
	case n.K == size:
		b.report.atPos("W119", n.Pos, "%s %d of %d: no member may fail", word, n.K, size).help("lower `%s`", word)
	default:
		b.redundant(n, n.K)
	}
	if !b.sys.Loses(st) {
		b.report.atPos("W134", n.Pos, "nothing that fails loses the data of `%s`", b.sys.Nodes[st.Node].Name).
			help("say so of the failures that destroy a copy: `fails every 3y repair 1d loses data`")
	}
}
