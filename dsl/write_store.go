package dsl

import (
	"nines/dsl/syntax"
	"nines/model"
)

// halvesOf gives the nodes of reading and writing the stores of a system the
// store that each belongs to and their words.
func halvesOf(s *model.System) map[int]half {
	halves := map[int]half{}
	for i := range s.Stores {
		children := s.Nodes[s.Stores[i].Node].Children
		halves[children[0]] = half{s.Stores[i].Node, "read"}
		halves[children[1]] = half{s.Stores[i].Node, "write"}
	}
	return halves
}

// A half is reading or writing a store.
type half struct {
	store int // node
	word  string
}

// half refers to reading or writing a store, as in `orders.read`.
func (w *writer) half(h half) *syntax.Ref {
	return &syntax.Ref{Path: []syntax.Segment{{Text: w.names[h.store]}, {Text: h.word}}}
}

// store is the statement of a store. One fragment that holds the data is a
// copy.
func (w *writer) store(st *model.Store) syntax.Statement {
	children := w.system.Nodes[st.Node].Children
	read, write := &w.system.Nodes[children[0]], &w.system.Nodes[children[1]]
	s := &syntax.Store{Name: name(w.names[st.Node]), Members: w.members(&model.Node{Kind: model.AtLeast, Children: read.Children})}
	if s.Fragments = st.K > 1; s.Fragments {
		s.Members.K = count(st.K)
	}
	if !s.Fragments || read.K != st.K {
		s.Read = count(read.K)
	}
	if !s.Fragments || write.K != st.K {
		s.Write = count(write.K)
	}
	return s
}
