package model

import (
	"math"
	"testing"
)

// TestThrough holds the share of calls that get through against the sum over
// the tries, from losses that hardly matter to those that always do.
func TestThrough(t *testing.T) {
	for _, loss := range []float64{1e-200, 1e-9, 0.001, 0.3, 0.9, 1 - 1e-9} {
		s := &System{Networks: []Network{{Loss: Prob{P: loss, Q: 1 - loss}}}}
		q := 1 - loss
		for retry := range 5 {
			got := s.Through(&Call{Retry: retry})
			p, tries, left := 0.0, 0.0, 1.0
			for range retry + 1 {
				p, tries, left = p+left*q*q, tries+left, left*loss*(1+q)
			}
			if math.Abs(got.P-p) > 1e-13*p || math.Abs(got.Q-left) > 1e-13*left {
				t.Errorf("loss %g, retry %d: %v, want %g, %g", loss, retry, got, p, left)
			}
			if got := s.tries(&Call{Retry: retry}); math.Abs(got-tries) > 1e-12*tries {
				t.Errorf("loss %g, retry %d: %g tries, want %g", loss, retry, got, tries)
			}
		}
	}
	for loss, want := range map[float64]Prob{0: {P: 1}, 1: {Q: 1}} {
		s := &System{Networks: []Network{{Loss: ProbOf(loss)}}}
		if got := s.Through(&Call{Retry: 2}); got != want {
			t.Errorf("loss %g: %v, want %v", loss, got, want)
		}
		if got, want := s.tries(&Call{Retry: 2}), 1+2*loss; got != want {
			t.Errorf("loss %g: %g tries, want %g", loss, got, want)
		}
	}
}

// TestChains follows calls through services that others need, by the way that
// multiplies most, and not round a circle.
func TestChains(t *testing.T) {
	followed(t, false, []chain{{"web -> api", 3}, {"batch -> api", 2}, {"web -> api -> db", 12}})
	followed(t, true, []chain{{"web -> api", 3}, {"batch -> api", 2}, {"api -> db", 4}})
}

type chain struct {
	route string
	most  int
}

func followed(t *testing.T, circle bool, want []chain) {
	t.Helper()
	s := &System{Networks: []Network{{Loss: ProbOf(0)}}}
	service := func(name string) int {
		s.Nodes = append(s.Nodes, Node{Kind: Service, Name: name, Deploys: None})
		return len(s.Nodes) - 1
	}
	web, api, db, batch := service("web"), service("api"), service("db"), service("batch")
	needs := func(from, to int) { s.Nodes[from].Children = append(s.Nodes[from].Children, to) }
	call := func(from, to, retry int) {
		s.Nodes = append(s.Nodes, Node{Kind: Called, Children: []int{to}, Call: &Call{Retry: retry}, Deploys: None})
		needs(from, len(s.Nodes)-1)
	}
	call(web, api, 2)
	call(batch, api, 1)
	call(api, db, 3)
	if circle {
		needs(db, batch)
	}
	list := s.Chains()
	for i, c := range want {
		if got := s.Route(list, i); got != c.route || list[i].Most != c.most {
			t.Errorf("%s, %d tries, want %s, %d", got, list[i].Most, c.route, c.most)
		}
	}
}
