package montecarlo

import (
	"math"
	"slices"

	"nines/model"
)

// What fails next on an eager path is drawn so that it is likely to do harm:
// before anything is back, or any of the peers of what is away, with which it
// could take something down, as likely as the other, before something is back
// (failure biasing, balanced: Lewis and Böhm 1984; Shahabuddin 1994).
const (
	plainly = iota // as it is
	soon           // before anything is back
	alike          // any peer as likely as the other, before something is back
	ways
)

// mixture gives the shares of the ways, of which some may be impossible.
func mixture(early, peers bool) [ways]float64 {
	switch {
	case early && peers:
		return [ways]float64{0.05, 0.15, 0.8}
	case early:
		return [ways]float64{0.25, 0.75, 0}
	}
	return [ways]float64{1, 0, 0}
}

// way draws one of the ways.
func way(shares [ways]float64, s *stream) int {
	u := s.Float64()
	for i := ways - 1; i > plainly; i-- {
		if u < shares[i] {
			return i
		}
		u -= shares[i]
	}
	return plainly
}

// mostPeers bounds the peers of a part. Among more, what fails by itself is a
// peer often enough.
const mostPeers = 256

// classify numbers the kinds of parts: those of one template are of one.
func (p *program) classify() {
	numbers := map[string]int32{}
	for i := range p.sys.Parts {
		template := p.sys.Parts[i].Template
		if _, known := numbers[template]; !known {
			numbers[template] = int32(len(numbers))
		}
		p.kinds = append(p.kinds, numbers[template])
	}
}

// befriend finds the peers of each part: those that stand beside it in a place
// with redundancy, with the domains around them.
func (p *program) befriend() {
	p.peers = make([][]int32, len(p.parts))
	for n := range p.graph.nodes {
		rule := p.graph.nodes[n].rule
		if !redundant(rule) {
			continue
		}
		sides, total := make([][]int, len(rule.Children)), 0
		for i, child := range rule.Children {
			sides[i] = p.mortals(child)
			total += len(sides[i])
		}
		if total > mostPeers {
			continue
		}
		for i, side := range sides {
			for _, part := range side {
				for j, others := range sides {
					if i != j {
						p.peers[part] = append(p.peers[part], narrow(others)...)
					}
				}
			}
		}
	}
	for part := range p.peers {
		p.peers[part] = distinct(p.peers[part])
	}
}

// redundant says whether a node can do without one of its children.
func redundant(n *model.Node) bool {
	switch n.Kind {
	case model.AtLeast, model.Vote, model.Quorum:
		return n.K < len(n.Children)
	case model.Pool, model.BFT, model.Else, model.Mix, model.Standby:
		return true
	}
	return false
}

// mortals lists the parts that a node depends on and that can fail, with the
// domains around them.
func (p *program) mortals(node int) (all []int) {
	for _, part := range p.graph.cone(node).parts {
		for ; part != model.None; part = p.sys.Parts[part].Place {
			if at := &p.parts[part]; !at.static && p.vulnerable(part) {
				all = append(all, part)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// A lure gathers the peers of what is away.
type lure struct {
	peers []int32
	seen  []bool  // of each part: it is among them
	kinds []int32 // of those
	count []int32 // of each kind: those of it
}

// gather starts with the peers of parts, but for the parts themselves.
func (l *lure) gather(p *program, parts []int32) {
	if l.seen == nil {
		l.seen, l.count = make([]bool, len(p.parts)), make([]int32, len(p.parts))
	}
	for _, part := range l.peers {
		l.seen[part], l.count[p.kinds[part]] = false, 0
	}
	l.peers, l.kinds = l.peers[:0], l.kinds[:0]
	for _, part := range parts {
		for _, peer := range p.peers[part] {
			if !l.seen[peer] && !slices.Contains(parts, peer) {
				l.add(p, peer)
			}
		}
	}
}

func (l *lure) add(p *program, part int32) {
	kind := p.kinds[part]
	if l.count[kind]++; l.count[kind] == 1 {
		l.kinds = append(l.kinds, kind)
	}
	l.seen[part] = true
	l.peers = append(l.peers, part)
}

func (l *lure) has(part int32) bool { return l.seen != nil && l.seen[part] }

// draw picks a peer: each kind is as likely as the other.
func (l *lure) draw(p *program, s *stream) int32 {
	kind := l.kinds[s.IntN(len(l.kinds))]
	left := s.IntN(int(l.count[kind]))
	for _, part := range l.peers {
		if p.kinds[part] != kind {
			continue
		}
		if left == 0 {
			return part
		}
		left--
	}
	panic("unreachable: so many are of the kind")
}

// share is the chance of draw.
func (l *lure) share(p *program, part int32) float64 {
	return 1 / float64(len(l.kinds)) / float64(l.count[p.kinds[part]])
}

// A window is the time in which what fails next is drawn among peers: up to
// when something is back.
type window struct {
	start float64   // s
	backs []float64 // s, when things are back, in order of time
}

// draw gives a time as a style does after which so many others may follow before
// the end of the window.
func (w *window) draw(like style, left float64, s *stream) float64 {
	back := w.backs[0]
	if len(w.backs) > 1 && s.Float64() >= like.tight {
		back = w.backs[1+s.IntN(len(w.backs)-1)]
	}
	return w.start - (back-w.start)*math.Expm1(math.Log1p(-s.Float64())/(1+left))
}

// density of draw at a time.
func (w *window) density(like style, time, left float64) float64 {
	total, share := 0.0, 1.0
	for i, back := range w.backs {
		if len(w.backs) > 1 {
			share = like.tight
			if i > 0 {
				share = (1 - like.tight) / float64(len(w.backs)-1)
			}
		}
		if time < back {
			stay := back - w.start
			total += share * (1 + left) / stay * math.Pow(1-(time-w.start)/stay, left)
		}
	}
	return total
}
