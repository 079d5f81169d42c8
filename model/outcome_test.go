package model

import (
	"math"
	"testing"
)

var conditions = []Condition{Up, Stale, Lost, Wrong, Down}

// eachGroup visits every way in which n members can be.
func eachGroup(n int, visit func(members []Condition)) {
	members := make([]Condition, n)
	for i := range int(math.Pow(5, float64(n))) {
		for m := range members {
			members[m] = conditions[i%5]
			i /= 5
		}
		visit(members)
	}
}

func tallyOf(members []Condition) Tally {
	var t Tally
	for _, c := range members {
		t.Add(c, 1)
	}
	return t
}

func count(members []Condition, is func(Condition) bool) int {
	n := 0
	for _, c := range members {
		if is(c) {
			n++
		}
	}
	return n
}

// rules are the groups in the words of the language, member by member.
var rules = map[NodeKind]func(members []Condition, k int) Outcome{
	Quorum: func(members []Condition, k int) Outcome {
		counting := func(c Condition) bool { return c == Up || c == Wrong }
		wrong := func(c Condition) bool { return c == Wrong }
		switch {
		case count(members, counting) < k:
			return NoAnswer
		case count(members, wrong) > 0:
			return WrongAnswer
		}
		return OK
	},
	Vote: func(members []Condition, k int) Outcome {
		for _, o := range []Outcome{OK, WrongAnswer} {
			if count(members, func(c Condition) bool { return c.Outcome() == o }) >= k {
				return o
			}
		}
		return NoAnswer
	},
	BFT: func(members []Condition, _ int) Outcome {
		f := (len(members) - 1) / 3
		switch {
		case count(members, func(c Condition) bool { return c == Wrong }) > f:
			return WrongAnswer
		case count(members, func(c Condition) bool { return c.Outcome() == OK }) >= len(members)-f:
			return OK
		}
		return NoAnswer
	},
}

func TestGroups(t *testing.T) {
	for n := 1; n <= 5; n++ {
		eachGroup(n, func(members []Condition) {
			for kind, rule := range rules {
				for k := n/2 + 1; k <= n; k++ {
					node := Node{Kind: kind, K: k}
					if got, want := node.Group(tallyOf(members)), Always(rule(members, k)); got != want {
						t.Fatalf("kind %d, %d of %v: got %v, want %v", kind, k, members, got, want)
					}
				}
			}
		})
	}
}

// tries draws members of a rotation one after the other, without replacement,
// until one answers or there are no tries left.
func tries(rotation []Condition, left int) Shares {
	if left == 0 || len(rotation) == 0 {
		return Shares{None: 1}
	}
	var total Shares
	for i, c := range rotation {
		s := Always(c.Outcome())
		if c == Lost {
			rest := append(append([]Condition{}, rotation[:i]...), rotation[i+1:]...)
			s = tries(rest, left-1)
		}
		total = total.plus(s.scaled(1 / float64(len(rotation))))
	}
	return total
}

func TestPool(t *testing.T) {
	for n := 1; n <= 5; n++ {
		eachGroup(n, func(members []Condition) {
			var rotation []Condition
			for _, c := range members {
				if c != Down {
					rotation = append(rotation, c)
				}
			}
			for k := 1; k <= n; k++ {
				for retry := range 3 {
					want := Shares{None: 1}
					if count(members, Condition.Answers) >= k {
						want = tries(rotation, retry+1)
					}
					node := Node{Kind: Pool, K: k, Retry: retry}
					if got := node.Group(tallyOf(members)); !got.near(want) {
						t.Fatalf("pool %d of %v retry %d: got %v, want %v", k, members, retry, got, want)
					}
				}
			}
		})
	}
}

func (s Shares) near(t Shares) bool {
	return math.Abs(s.OK-t.OK) < 1e-14 && math.Abs(s.Wrong-t.Wrong) < 1e-14 && math.Abs(s.None-t.None) < 1e-14
}

func TestCertain(t *testing.T) {
	for _, o := range []Outcome{NoAnswer, WrongAnswer, OK} {
		if got, certain := Always(o).Outcome(); got != o || !certain {
			t.Errorf("always %v is %v, certain %v", o, got, certain)
		}
	}
	if _, certain := (Shares{OK: 0.5, None: 0.5}).Outcome(); certain {
		t.Error("a toss is taken as certain")
	}
}

func TestCounts(t *testing.T) {
	cases := []struct {
		served, upAt float64
		want         bool
	}{
		{0, 0, false}, {1e-300, 0, true}, {0.95, 0.95, true}, {0.95 - 1e-13, 0.95, true}, {0.95 - 1e-11, 0.95, false}, {1, 1, true},
	}
	for _, c := range cases {
		if got := Counts(c.served, c.upAt); got != c.want {
			t.Errorf("%v served counts as up at %v: %v", c.served, c.upAt, got)
		}
	}
}
