package montecarlo

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"nines/model"
)

// told lists what happens in a story, times in hours.
func told(s *model.Story) (all []string) {
	for _, h := range s.Happenings {
		text := fmt.Sprintf("%gh %s %s", h.Time/hour, h.Name, h.What)
		for _, name := range h.Down {
			text += ", " + name + " down"
		}
		for _, up := range h.Up {
			text += fmt.Sprintf(", %s up after %gh", up.Target, up.After/hour)
		}
		if !h.Incident {
			text = "(" + text + ")"
		}
		all = append(all, text)
	}
	return all
}

func tell(t *testing.T, sys *model.System, o Options) *model.Story {
	t.Helper()
	s, err := Tell(context.Background(), sys, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestStory compares stories of fixed times with logs written by hand.
//
// In clockwork p0 is down in [10,20) [30,40) [50,60) and p1 in [20,30) [50,60):
// both at once from 50 h to 60 h. The end is at 58 h.
//
// In the workshop three parts fail at 10, 11 and 12 h, and one repairer takes 5 h
// for each.
//
// In the standby a lives 10 h and is repaired in 4 h, b lives 16 h, half as fast
// while it waits, also in a promotion; notice takes 1 h, a promotion 2 h.
func TestStory(t *testing.T) {
	b := newBuilder()
	var leaves []int
	for i := range 3 {
		leaves = append(leaves, b.one(byLaw(fixed(float64(10+i)*hour), fixed(5*hour))))
	}
	b.crew(1, 0, 1, 2)
	b.sys.Crews[0].Name = "ops"
	crew := b.target("shop", b.atLeast(2, leaves...))
	b = newBuilder()
	half := &model.Waiting{Rate: 0.5, Detect: fixed(hour), Switch: fixed(2 * hour), Succeeds: model.ProbOf(1)}
	standby := b.target("db", b.standby(half, []int{b.one(byLaw(fixed(10*hour), fixed(4*hour))), b.one(byLaw(fixed(16*hour), fixed(5*hour)))}))
	for _, c := range []struct {
		sys  *model.System
		end  float64
		want []string
	}{
		{clockwork(), 58 * hour, []string{
			"(10h p0 stops)", "(20h p0 is repaired)", "(20h p1 stops)", "(30h p0 stops)", "(30h p1 is repaired)", "(40h p0 is repaired)",
			"50h p0 stops, clockwork down", "50h p1 stops",
		}},
		{crew, 19 * hour, []string{
			"10h p0 stops", "11h p1 stops, shop down", "11h p1 waits for ops", "12h p2 stops", "12h p2 waits for ops",
			"15h p0 is repaired", "15h p1 has its turn with ops",
		}},
		{standby, 23 * hour, []string{
			"10h p0 stops, db down", "10h db loses p0", "11h db notices that p0 is gone and promotes p1", "13h db runs on p1, db up after 3h",
			"14h p0 is repaired", "22.5h p1 stops, db down", "22.5h db loses p1",
		}},
	} {
		s := tell(t, c.sys, Options{At: c.end})
		got := told(s)
		slices.Sort(got) // the order at one moment is that of the queue
		want := slices.Sorted(slices.Values(c.want))
		if !slices.Equal(got, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", c.sys.Targets[0].Name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	s := tell(t, clockwork(), Options{At: 58 * hour})
	if sum := s.Sums[0]; sum.Outages != 1 || sum.Downtime != 8*hour {
		t.Errorf("got %+v, want one outage of 8 h", sum)
	}
}

// TestWorst: the worst of some runs is the one with the most down time, for any
// number of workers, and is told as it was.
func TestWorst(t *testing.T) {
	var first *model.Story
	for _, workers := range []int{1, 3} {
		s := tell(t, microservices(), Options{Runs: 40, Workers: workers, Targets: []string{"catalog", "shop"}})
		if first == nil {
			first = s
		}
		if !reflect.DeepEqual(s, first) {
			t.Errorf("%d workers tell another story", workers)
		}
	}
	total := func(s *model.Story) float64 { return s.Sums[0].Downtime + s.Sums[1].Downtime }
	for runs := 1; runs <= 40; runs++ {
		s := tell(t, microservices(), Options{Runs: runs, Targets: []string{"catalog", "shop"}})
		if s.Run >= runs || total(s) > total(first) || runs > first.Run && s.Run != first.Run {
			t.Errorf("of %d runs: number %d with %g s down, of 40: %d with %g", runs, s.Run, total(s), first.Run, total(first))
		}
	}
	down := 0.0
	for _, h := range first.Happenings {
		for _, up := range h.Up {
			if up.Target == "shop" {
				down += up.After
			}
		}
	}
	if sum := first.Sums[1].Downtime; !near(down, sum, 1e-9) {
		t.Errorf("the outages of the story last %g s, want %g", down, sum)
	}
}

// TestAbsent: parts without dynamics that are down are told at the start.
func TestAbsent(t *testing.T) {
	b := newBuilder()
	sys := b.target("s", b.series(b.leaf(b.static(model.Prob{P: 0, Q: 1})), b.one(stop(model.Year, hour))))
	got := told(tell(t, sys, Options{At: hour}))
	if want := []string{"0h p0 is down all the time"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
