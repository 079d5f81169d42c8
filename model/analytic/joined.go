package analytic

import (
	"fmt"
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// A joining goes through the stages of a network and tells in the end whether
// it joins enough members. What it must know on the way is how the nodes that
// still have links to come, the frontier, are joined with each other, and how
// many members there are in the piece of each (Hardy, Lucet, Limnios,
// "K-terminal network reliability measures with binary decision diagrams", IEEE
// Transactions on Reliability 56, 2007, for perfect nodes and all terminals).
type joining struct {
	*diagram
	stages []stage
	slots  [][]int // of each stage: the frontier before it
	left   []int   // of each stage: the members that are still to come
	need   int     // members in one piece
	all    bool    // that is all there are, so it only matters which pieces have some
	fresh  bool    // a stale member does not count
	lies   bool    // some member can be wrong
	known  []map[string]answer
	states int
	err    error
}

// mostFronts bounds the states of one joining.
const mostFronts = 5_000_000

// A piece of a network, as far as it is known.
type piece struct {
	members uint16
	wrong   bool
}

// A front is the state of a joining: for each node of the frontier its piece,
// counted from 1, or 0 if it does not work, and the pieces in the order of their
// first nodes.
type front struct {
	labels []uint8
	pieces []piece
}

// connect gives the answer of a node over a network. The error is that of the
// context, or bdd.ErrNodes for a network that is too wide.
func (d *diagram) connect(n *model.Node) (answer, error) {
	j := &joining{
		diagram: d, stages: d.stages(n), need: n.K, fresh: n.Kind == model.Quorum,
	}
	if n.Kind == model.Connected {
		j.need = len(n.Children)
	}
	j.all = j.need == len(n.Children)
	j.prepare()
	a := j.from(0, front{})
	if j.err != nil {
		return answer{}, fmt.Errorf("network %s: %w", d.sys.Networks[n.Over.Network].Name, j.err)
	}
	return a, nil
}

// prepare works out the frontier before each stage and what is still to come.
func (j *joining) prepare() {
	j.known = make([]map[string]answer, len(j.stages)+1)
	j.left = make([]int, len(j.stages)+1)
	var frontier []int
	for i, s := range j.stages {
		j.slots = append(j.slots, slices.Clone(frontier))
		j.known[i] = map[string]answer{}
		switch s.kind {
		case meetNode:
			frontier = append(frontier, s.node)
		case leaveNode:
			frontier = slices.DeleteFunc(frontier, func(v int) bool { return v == s.node })
		case meetMember:
			j.lies = j.lies || j.views[s.part].wrong != bdd.False && j.fresh
		}
	}
	for i := len(j.stages) - 1; i >= 0; i-- {
		if j.left[i] = j.left[i+1]; j.stages[i].kind == meetMember {
			j.left[i]++
		}
	}
}

// from is the answer in a state before stage i.
func (j *joining) from(i int, f front) answer {
	if a, done := j.ended(i, f); done || j.stopped() {
		return a
	}
	key := f.key()
	if a, ok := j.known[i][key]; ok {
		return a
	}
	a := j.stage(i, f)
	j.known[i][key] = a
	j.states++
	return a
}

// stopped says whether it is too much.
func (j *joining) stopped() bool {
	switch {
	case j.err != nil || j.m.Err() != nil:
		return true
	case j.states > mostFronts:
		j.err = fmt.Errorf("%w, too many ways in which its nodes may be joined", bdd.ErrNodes)
	case j.states%(1<<12) == 0:
		j.err = j.ctx.Err()
	}
	return j.err != nil
}

// ended says whether nothing that is to come makes a difference.
func (j *joining) ended(i int, f front) (answer, bool) {
	if j.all {
		return j.endedAll(i, f)
	}
	possible := j.left[i]
	for _, p := range f.pieces {
		if int(p.members) >= j.need && (!j.lies || p.wrong) {
			return j.enough(p), true
		}
		possible += int(p.members)
	}
	return answer{}, possible < j.need
}

// endedAll is ended where all members must be joined, and are so far.
func (j *joining) endedAll(i int, f front) (answer, bool) {
	if j.left[i] > 0 {
		return answer{}, false
	}
	var found []piece
	for _, p := range f.pieces {
		if p.members > 0 {
			found = append(found, p)
		}
	}
	if len(found) == 1 {
		return j.enough(found[0]), true
	}
	return answer{}, false
}

// enough is the answer of a piece that has enough members.
func (j *joining) enough(p piece) answer {
	if p.wrong {
		return answer{wrong: bdd.True}
	}
	return answer{ok: bdd.True}
}

// stage looks at one thing.
func (j *joining) stage(i int, f front) answer {
	s := j.stages[i]
	v := j.views[s.part]
	at := slices.Index(j.slots[i], s.node)
	switch s.kind {
	case meetNode:
		works := j.m.Or(v.up, v.stale, v.wrong)
		return j.either(works, func() answer { return j.from(i+1, f.with(true)) }, func() answer { return j.from(i+1, f.with(false)) })
	case meetMember:
		return j.member(i, f, at, v)
	case meetLink:
		other := slices.Index(j.slots[i], s.other)
		if a, b := f.labels[at], f.labels[other]; a == 0 || b == 0 || a == b {
			return j.from(i+1, f)
		}
		works := j.m.Or(v.up, v.stale, v.wrong)
		return j.either(works, func() answer { return j.from(i+1, f.merged(at, other, j.all)) }, func() answer { return j.from(i+1, f) })
	}
	next, gone := f.without(at)
	switch {
	case gone.members > 0 && j.all: // others are not in it
		return answer{}
	case int(gone.members) >= j.need:
		return j.enough(gone)
	}
	return j.from(i+1, next)
}

// member counts one, or does not.
func (j *joining) member(i int, f front, at int, v view) answer {
	if f.labels[at] == 0 && j.all {
		return answer{}
	} else if f.labels[at] == 0 {
		return j.from(i+1, f)
	}
	right, wrong := v.up, v.wrong
	if !j.fresh {
		right, wrong = j.m.Or(v.up, v.stale, v.wrong), bdd.False
	}
	missed := func() answer {
		if j.all {
			return answer{}
		}
		return j.from(i+1, f)
	}
	return j.either(right, func() answer { return j.from(i+1, f.counting(at, false, j.all)) }, func() answer {
		return j.either(wrong, func() answer { return j.from(i+1, f.counting(at, true, j.all)) }, missed)
	})
}

// either chooses without working out what is never chosen.
func (j *joining) either(f bdd.Ref, a, b func() answer) answer {
	switch f {
	case bdd.True:
		return a()
	case bdd.False:
		return b()
	}
	return j.choose(f, a(), b())
}

// key tells states before a stage apart.
func (f front) key() string {
	key := slices.Clone(f.labels)
	for _, p := range f.pieces {
		wrong := byte(0)
		if p.wrong {
			wrong = 1
		}
		key = append(key, byte(p.members), byte(p.members>>8), wrong)
	}
	return string(key)
}

// with adds a node, by itself or not working.
func (f front) with(works bool) front {
	g := front{append(slices.Clone(f.labels), 0), f.pieces}
	if works {
		g.pieces = append(slices.Clone(f.pieces), piece{})
		g.labels[len(f.labels)] = uint8(len(g.pieces))
	}
	return g
}

// counting adds a member to the piece of a node, or sees to it that there is
// one.
func (f front) counting(at int, wrong, once bool) front {
	pieces := slices.Clone(f.pieces)
	p := &pieces[f.labels[at]-1]
	if p.wrong = p.wrong || wrong; p.members == 0 || !once {
		p.members++
	}
	return front{f.labels, pieces}
}

// merged joins the pieces of two nodes; once as with counting.
func (f front) merged(a, b int, once bool) front {
	from, to := f.labels[a], f.labels[b]
	labels, pieces := slices.Clone(f.labels), slices.Clone(f.pieces)
	for i := range labels {
		if labels[i] == from {
			labels[i] = to
		}
	}
	if pieces[to-1].members == 0 || !once {
		pieces[to-1].members += pieces[from-1].members
	}
	pieces[to-1].wrong = pieces[to-1].wrong || pieces[from-1].wrong
	return front{labels, pieces}.canonical()
}

// without takes a node out; gone is its piece, if that has no other node.
func (f front) without(at int) (g front, gone piece) {
	label := f.labels[at]
	labels := slices.Delete(slices.Clone(f.labels), at, at+1)
	if label != 0 && !slices.Contains(labels, label) {
		gone = f.pieces[label-1]
	}
	return front{labels, f.pieces}.canonical(), gone
}

// canonical numbers the pieces anew, in the order of their first nodes, and
// forgets those without one. It owns the labels.
func (f front) canonical() front {
	var numbers [256]uint8
	var pieces []piece
	for i, label := range f.labels {
		if label == 0 {
			continue
		}
		if numbers[label] == 0 {
			pieces = append(pieces, f.pieces[label-1])
			numbers[label] = uint8(len(pieces))
		}
		f.labels[i] = numbers[label]
	}
	return front{f.labels, pieces}
}
