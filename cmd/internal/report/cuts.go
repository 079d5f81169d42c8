package report

import (
	"fmt"
	"math"
	"math/big"
	"strings"

	"nines/model"
)

// joint lists the cut sets of two events and more, alike ones together.
func (v subject) joint() passage {
	c := &v.Cuts
	switch {
	case v.Down == 0 || v.dead():
		return passage{}
	case c.Count == nil:
		return passage{heading: []string{"There are too many minimal cut sets to count"}}
	}
	p := passage{head: []string{"", "PROBABILITY", v.downHead()}, align: "lrr", after: v.sums()}
	if v.odds() {
		p.head[1], p.head[2] = "EACH", "TOGETHER"
	}
	for i, k := range gather(c.Joint) {
		together := k.probability * float64(k.count)
		if i == v.Rows || !v.All && i > 0 && together < leastCut*v.Down {
			break
		}
		k.more = v.cutOff(k)
		row := []string{k.text(), significant(k.probability, 2), v.down(together)}
		if k.more {
			row[2] = "> " + row[2]
		}
		p.rows = append(p.rows, row)
	}
	p.heading = []string{v.number()}
	if len(p.rows) > 0 && len(v.Singles) > 0 {
		p.heading = append(p.heading, "the likeliest others")
	} else if len(p.rows) > 0 {
		p.heading = append(p.heading, "the likeliest")
	}
	return p
}

// cutOff says whether there may be more cut sets of a kind than are known.
func (v subject) cutOff(k kind) bool {
	listed := len(v.Singles) + len(v.Cuts.Joint)
	least := v.Cuts.Joint[len(v.Cuts.Joint)-1].Probability
	return v.Cuts.Count.Cmp(big.NewInt(int64(listed))) > 0 && Number(k.probability) == Number(least)
}

// number says how many cut sets there are.
func (v subject) number() string {
	c := &v.Cuts
	text := many(c.Count, "minimal cut set")
	if c.Order > 0 {
		text += " of up to " + counted(c.Order, "event", "events")
	}
	switch singles := len(v.Singles); {
	case singles == 0:
	case c.Count.Cmp(big.NewInt(int64(singles))) == 0:
		text += ", of one event"
	default:
		text += fmt.Sprintf(", %d of one event", singles)
	}
	if len(c.Joint) > 0 {
		text += ","
	}
	return text
}

func many(n *big.Int, what string) string {
	if n.Cmp(big.NewInt(1)) != 0 {
		what += "s"
	}
	return n.String() + " " + what
}

// sums compares what the cut sets add up to with the exact probability.
func (v subject) sums() []string {
	c := &v.Cuts
	if c.Coherent && c.Order == 0 && c.Count.Cmp(big.NewInt(1)) == 0 {
		return nil
	}
	line := "they add up to " + significant(c.Sum, 4)
	if !math.IsNaN(c.Bound) {
		line += ", 1 - Π(1 - p) is " + significant(c.Bound, 4)
	}
	lines := []string{fmt.Sprintf("%s, exactly it is %s", line, significant(v.Down, 4))}
	if !c.Coherent {
		text := "a failure can also bring it up again: these are the cut sets of its coherent hull"
		if c.Primes != nil {
			text += fmt.Sprintf(", and it has %v prime implicants", c.Primes)
		}
		lines = append(lines, text)
	}
	return lines
}

// paths lists the minimal path sets that were asked for.
func (v subject) paths() passage {
	c := &v.Cuts
	if c.Paths == nil {
		return passage{}
	}
	p := passage{heading: []string{many(c.Paths, "minimal path set") + ",", "the likeliest"}, head: []string{"", "PROBABILITY"}, align: "lr"}
	for _, path := range c.Works {
		var names []string
		for _, e := range path.Parts {
			names = append(names, clean(e.String()))
		}
		p.rows = append(p.rows, []string{strings.Join(names, " + "), Share(model.ProbOf(path.Probability))})
	}
	return p
}

// A kind is a number of cut sets that are alike but for the indexes of their
// parts.
type kind struct {
	first       string // the events of the first of them
	general     string // their events without indexes
	array       string // the array that all events are of, "" if there are several
	size        int    // events of each
	members     map[string]bool
	probability float64 // of each
	count       int
	more        bool // there may be more of them
}

// text tells which cut sets they are.
func (k kind) text() string {
	switch {
	case k.more:
		return fmt.Sprintf("%s, in %d ways or more", k.general, k.count)
	case k.count == 1:
		return k.first
	case k.array != "" && k.count == choose(len(k.members), k.size):
		return fmt.Sprintf("any %d of %s x %d", k.size, k.array, len(k.members))
	}
	return fmt.Sprintf("%s, in %d ways", k.general, k.count)
}

// choose is the number of sets of k things among n, at most 1e6.
func choose(n, k int) int {
	c := 1
	for i := range k {
		c = c * (n - i) / (i + 1)
		if c > 1e6 {
			return 1e6
		}
	}
	return c
}

func gather(cuts []model.Cut) []kind {
	var kinds []kind
	index := map[string]int{}
	for _, c := range cuts {
		k := describe(c)
		key := k.general + Number(c.Probability)
		i, known := index[key]
		if !known {
			i = len(kinds)
			index[key], kinds = i, append(kinds, k)
		}
		kinds[i].count++
		for member := range k.members {
			kinds[i].members[member] = true
		}
	}
	return kinds
}

// describe puts a cut set into words.
func describe(c model.Cut) kind {
	k := kind{probability: c.Probability, size: len(c.Events), members: map[string]bool{}}
	var names, arrays []string
	counts := map[string]int{}
	for _, e := range c.Events {
		names = append(names, clean(e.String()))
		k.members[e.String()] = true
		e.Name = together(e.Name, e.Cause)
		name := clean(e.String())
		if counts[name] == 0 {
			arrays = append(arrays, name)
		}
		counts[name]++
	}
	if len(arrays) == 1 {
		k.array = arrays[0]
	}
	for i, name := range arrays {
		if counts[name] > 1 {
			arrays[i] = fmt.Sprintf("%d of %s", counts[name], name)
		}
	}
	k.general, k.first = strings.Join(arrays, " + "), strings.Join(names, " + ")
	return k
}
