package dsl

import (
	"fmt"
	"math/big"

	"nines/dsl/syntax"
	"nines/model"
	"nines/model/dist"
)

// maxLooked bounds the work of looking into groups; what lies beyond goes
// without these warnings.
const maxLooked = 4_000_000

// warn looks over a system without mistakes for what was probably not meant.
func (b *builder) warn() {
	if len(b.sys.Targets) == 0 {
		b.report.atPos("W125", model.Pos{File: b.report.file, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}, "the file reports nothing").
			help("name a result: `system NAME = ...`, or declare a service")
	}
	for _, sym := range b.order {
		b.unused(sym)
		b.perfect(sym)
	}
	looked := 0
	halves := halvesOf(b.sys)
	for i := range b.sys.Nodes {
		if _, half := halves[i]; half {
			continue
		}
		if looked += len(b.sys.Nodes[i].Children); looked < maxLooked {
			b.redundancy(&b.sys.Nodes[i])
		}
	}
	for i := range b.sys.Stores {
		b.keeping(&b.sys.Stores[i])
	}
	b.fallbacks()
	b.phases()
	b.amplified()
}

// unused warns of a name that no result depends on.
func (b *builder) unused(sym *symbol) {
	name := sym.name.Text
	switch sym.kind {
	case componentKind:
		if !sym.single && !sym.copied && !sym.holds {
			b.report.report("W101", sym.name.Span, "component `%s` is in no system or service", name).help("use it, or take it out")
		}
	case domainKind:
		if !sym.single && !sym.holds {
			b.report.report("W101", sym.name.Span, "nothing is in domain `%s`", name).help("place parts in it: `in %s`", name)
		}
	case systemKind, serviceKind, storeKind, crewKind:
	default:
		if !sym.used {
			b.report.report("W122", sym.name.Span, "%s `%s` is not used", sym.kind, name).help("use it, or take it out")
		}
	}
}

// perfect warns of a service in which nothing can fail.
func (b *builder) perfect(sym *symbol) {
	if sym.kind != serviceKind {
		return
	}
	if n := &b.sys.Nodes[sym.node]; len(n.Children) == 0 && n.Deploys == model.None {
		b.report.report("W127", sym.name.Span, "nothing in service `%s` can fail", sym.name.Text).help("say what it runs, how it fails or what it needs")
	}
}

// never says whether a part is always up, its places included.
func (b *builder) never(part int) bool {
	for ; part != model.None; part = b.sys.Parts[part].Place {
		p := &b.sys.Parts[part]
		if len(p.Modes) > 0 || p.Static != nil && p.Static.Q > 0 {
			return false
		}
	}
	return true
}

// redundancy warns of groups and fallbacks that are not what they seem.
func (b *builder) redundancy(n *model.Node) {
	k, grouped := b.needed(n)
	size := len(n.Children)
	switch {
	case n.Kind == model.Else && b.leafNever(n.Children[0]):
		b.report.atPos("W107", n.Pos, "what is backed up never fails, so the fallback is never used")
	case !grouped || n.Kind == model.Standby && size == 1:
	case size == 1 && n.Kind == model.Pool && (n.Loads != nil && n.Name == "" || b.isCache(n)): // a part with a capacity
	case size == 1:
		b.report.atPos("W119", n.Pos, "a group of one has no redundancy").help("name the part itself, or add members")
	case k == size && n.Kind != model.Vote && n.Kind != model.BFT:
		b.report.atPos("W119", n.Pos, "%d of %d: no member may fail", k, size).help("write `all of`, or lower k")
	case k < size:
		b.even(n)
		b.redundant(n, k)
	}
}

// isCache says whether a pool is that of a cache, which may well be lost.
func (b *builder) isCache(n *model.Node) bool {
	sym := b.symbols[n.Name]
	return sym != nil && sym.kind == cacheKind
}

// even warns of a majority among an even number.
func (b *builder) even(n *model.Node) {
	size := len(n.Children)
	if n.Kind == model.Quorum && size%2 == 0 && n.K == majority(size) {
		b.report.atPos("W130", n.Pos, "%d of %d survives %s, no more than %d of %d does", n.K, size, failures(size-n.K), n.K-1, size-1).
			help("leave one member out, or add one")
	}
}

func failures(n int) string {
	if n == 1 {
		return "one failure"
	}
	return fmt.Sprintf("%d failures", n)
}

// needed is how many members of a group must answer.
func (b *builder) needed(n *model.Node) (int, bool) {
	switch n.Kind {
	case model.AtLeast, model.Pool, model.Quorum, model.Vote:
		return n.K, true
	case model.BFT:
		return len(n.Children) - model.MaxFaulty(len(n.Children)), true
	case model.Standby:
		return 1, true
	}
	return 0, false
}

func (b *builder) leafNever(node int) bool {
	n := &b.sys.Nodes[node]
	return n.Kind == model.Leaf && b.never(n.Part)
}

// redundant looks at a group that is to survive the loss of members.
func (b *builder) redundant(n *model.Node, k int) {
	for _, child := range n.Children {
		if b.leafNever(child) && n.Over == nil {
			b.report.atPos("W107", n.Pos, "`%s` never fails, so its redundancy has no use", b.sys.Parts[b.sys.Nodes[child].Part].Name).
				help("say how it fails, or leave the group out")
			return
		}
	}
	b.spread(n, k)
}

// spread warns of a group that one domain can take down.
func (b *builder) spread(n *model.Node, k int) {
	size := len(n.Children)
	inside, order, direct := b.inDomains(n)
	for _, domain := range order {
		name, count := b.sys.Parts[domain].Name, inside[domain]
		switch {
		case b.sys.Parts[domain].Static == nil && len(b.sys.Parts[domain].Modes) == 0:
		case count == size && direct[domain] == size:
			b.report.atPos("W103", n.Pos, "all %d members are in `%s` and go down together", size, name).help("spread them over several domains")
			return
		case count < size && size-count < k:
			b.report.atPos("W123", n.Pos, "without `%s` %d of %d members are left, %d are needed", name, size-count, size, k).
				help("add members or domains, so that one domain can be lost")
			return
		}
	}
}

// inDomains counts the members of a group in each domain, in the order in which
// they are met; direct leaves out domains around domains.
func (b *builder) inDomains(n *model.Node) (inside map[int]int, order []int, direct map[int]int) {
	inside, direct = map[int]int{}, map[int]int{}
	for _, child := range n.Children {
		leaf := &b.sys.Nodes[child]
		if leaf.Kind != model.Leaf {
			return nil, nil, nil
		}
		place := b.sys.Parts[leaf.Part].Place
		direct[place]++
		for ; place != model.None; place = b.sys.Parts[place].Place {
			if inside[place]++; inside[place] == 1 {
				order = append(order, place)
			}
		}
	}
	return inside, order, direct
}

// phases warns of parts that fail and are repaired by the clock.
func (b *builder) phases() {
	seen := map[string]bool{}
	for i := range b.sys.Parts {
		p := &b.sys.Parts[i]
		if seen[p.Template] || !fixedLaws(&p.Automaton) {
			continue
		}
		seen[p.Template] = true
		at, name := p.Pos, p.Name
		if sym := b.symbols[p.Template]; sym != nil {
			at, name = b.report.pos(sym.name.Span), p.Template
		}
		b.report.atPos("W109", at, "all times of `%s` are fixed, so its long run depends on the phase it starts in", name).
			help("long-run measures are taken over phases that are uniform and independent")
	}
}

// fixedLaws says whether a part goes round for ever and never by chance.
func fixedLaws(a *model.Automaton) bool {
	if len(a.States) == 1 || !a.Repairable() {
		return false
	}
	for i := range a.States {
		for _, c := range a.States[i].Clocks {
			if _, fixed := c.Law.(dist.Fixed); !fixed {
				return false
			}
		}
	}
	return len(a.States[0].Clocks) > 0
}

// slow warns of a failure that takes longer to mend than to happen.
func (b *builder) slow(m *model.Mode, at *syntax.Fails) {
	if m.Repair == nil {
		return
	}
	down := m.Repair.Mean()
	if m.Detect != nil {
		down += m.Detect.Mean()
	}
	if up := m.Every.Mean(); down >= up {
		b.report.report("W124", at.Span, "the failure lasts %s and happens every %s", seconds(down), seconds(up)).help("are the two times swapped?")
	}
}

// seconds writes a duration for a message.
func seconds(s float64) string {
	return quantity{value: new(big.Rat).SetFloat64(s), dim: duration}.String()
}
