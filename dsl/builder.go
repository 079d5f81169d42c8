package dsl

import (
	"nines/dsl/syntax"
	"nines/model"
)

// builder makes the System of a file.
type builder struct {
	*values
	sys       *model.System
	source    []byte
	copies    map[*syntax.Members]span
	leaves    []int // node of each part, None without
	nets      map[*symbol]*network
	detectors map[*symbol]int // index of System.Detectors
	crews     map[int]*symbol // of each part
	blows     []blow
	demands   demands
	cached    map[int]*symbol // the cache of each node that has one before it
	targets   map[int]int     // index of each node that is reported
	kinds     map[kind][]int  // the same by what declares them
	mentions  int             // of parts and nodes in lists
	full      bool            // a limit is reached and reported
}

// statementName is the name that a statement declares and its kind; nil for one
// that declares none.
func statementName(s syntax.Statement) (*syntax.Name, kind) {
	switch s := s.(type) {
	case *syntax.Param:
		return s.Name, paramKind
	case *syntax.Component:
		return s.Name, kind(s.Kind)
	case *syntax.Service:
		return s.Name, serviceKind
	case *syntax.Pool:
		return s.Name, poolKind
	case *syntax.Quorum:
		return s.Name, quorumKind
	case *syntax.Vote:
		return s.Name, voteKind
	case *syntax.BFT:
		return s.Name, bftKind
	case *syntax.Standby:
		return s.Name, standbyKind
	case *syntax.Crew:
		return s.Name, crewKind
	case *syntax.Network:
		return s.Name, networkKind
	case *syntax.Detector:
		return s.Name, detectorKind
	case *syntax.Store:
		return s.Name, storeKind
	case *syntax.Cache:
		return s.Name, cacheKind
	case *syntax.System:
		return s.Name, systemKind
	}
	return nil, ""
}

// declareAll enters the names of the file and gives those that answer requests
// a node, so that they can be referred to from anywhere.
func (b *builder) declareAll(statements []syntax.Statement) {
	for _, s := range statements {
		name, kind := statementName(s)
		if name == nil {
			continue
		}
		sym := &symbol{kind: kind, name: name, decl: s, node: model.None, known: true}
		b.declare(sym)
		switch kind {
		case paramKind:
			b.params[sym] = &param{symbol: sym, own: s.(*syntax.Param).Value}
		case serviceKind, poolKind, quorumKind, voteKind, bftKind, standbyKind, cacheKind, systemKind, storeKind:
			sym.node = b.add(blank(model.Missing), name)
		}
		if kind == storeKind {
			sym.halves = map[string]int{"read": b.add(blank(model.Missing), name), "write": b.add(blank(model.Missing), name)}
		}
		b.targetsOf(sym)
	}
}

// targetsOf lists what is reported: systems, services and stores.
func (b *builder) targetsOf(sym *symbol) {
	switch s := sym.decl.(type) {
	case *syntax.System:
		b.reported(sym, s.Title, sym.node, "")
	case *syntax.Service:
		b.reported(sym, s.Title, sym.node, "")
	case *syntax.Store:
		b.reported(sym, nil, sym.node, "")
		b.reported(sym, nil, sym.halves["read"], ".read")
		b.reported(sym, nil, sym.halves["write"], ".write")
	}
}

func (b *builder) reported(sym *symbol, title *syntax.String, node int, half string) {
	index := len(b.sys.Targets)
	b.targets[node] = index
	b.kinds[sym.kind] = append(b.kinds[sym.kind], index)
	b.sys.Targets = append(b.sys.Targets, model.Target{
		Name: sym.name.Text + half, Title: titleOf(title), Kind: string(sym.kind), Node: node, Pos: b.report.pos(sym.name.Span),
	})
}

// structure builds the nodes of the file.
func (b *builder) structure() {
	for _, sym := range b.order {
		if n, ok := b.node(sym); ok {
			n.Name, n.Pos = sym.name.Text, b.report.pos(sym.name.Span)
			b.sys.Nodes[sym.node] = n
		}
	}
}

// node builds the node of a symbol; what has none is left alone.
func (b *builder) node(sym *symbol) (n model.Node, ok bool) {
	switch s := sym.decl.(type) {
	case *syntax.Pool:
		return b.pool(sym, s.Members, s.Retry)
	case *syntax.Quorum:
		return b.quorum(sym, s)
	case *syntax.Vote:
		return b.vote(sym, s)
	case *syntax.BFT:
		return b.bft(sym, s)
	case *syntax.Standby:
		return b.standby(sym, s)
	case *syntax.Store:
		return b.store(sym, s)
	case *syntax.Cache:
		return b.cache(sym, s)
	case *syntax.Service:
		n, ok = b.service(sym, s)
		n.Title = titleOf(s.Title)
		return n, ok
	case *syntax.System:
		n, ok = b.system(s)
		n.Title = titleOf(s.Title)
		return n, ok
	}
	return n, false
}

// system is the node of a system; one that is only another name for something
// is a series of one.
func (b *builder) system(s *syntax.System) (model.Node, bool) {
	x := bare(s.Value)
	if ref, named := x.(*syntax.Ref); named {
		node, ok := b.one(ref)
		return blank(model.Series, node), ok
	}
	return b.form(x)
}

// rest reads the statements that are no structure.
func (b *builder) rest(statements []syntax.Statement) {
	for _, sym := range b.order {
		if s, ok := sym.decl.(*syntax.Crew); ok {
			b.crew(sym, s)
		}
	}
	b.taken()
	for _, s := range statements {
		switch s := s.(type) {
		case *syntax.CommonCause:
			b.commonCause(s)
		case *syntax.Shock:
			b.shock(s)
		case *syntax.Require:
			b.require(s)
		}
	}
	b.joinFailures()
}

// head reads the title and the mission.
func (b *builder) head(statements []syntax.Statement) {
	b.sys.Mission = model.Year
	var title *syntax.Model
	var mission *syntax.Mission
	for _, s := range statements {
		switch s := s.(type) {
		case *syntax.Model:
			if title != nil {
				b.report.report("E020", s.Span, "a second `model`").second(b.report.pos(title.Span), "the first").help("a file has one title")
				continue
			}
			title = s
			b.sys.Title = titleOf(s.Title)
		case *syntax.Mission:
			if mission != nil {
				b.report.report("E020", s.Span, "a second `mission`").second(b.report.pos(mission.Span), "the first").help("a file has one mission")
				continue
			}
			mission = s
			if horizon, ok := b.positive(s.Horizon, "mission", duration); ok {
				b.sys.Mission = horizon
			}
		}
	}
}
