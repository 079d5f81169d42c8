package analytic

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"nines/model"
	"nines/model/bdd"
)

// hostile is a pool whose members can be in four conditions: some 10^10
// tallies for 700 members.
func hostile() *sketch {
	s := &sketch{}
	s.system("pool", s.group(model.Pool, 1, s.copies(700, "pod", silent(day, hour, hour), byzantine(day, hour, hour))...))
	return s
}

func TestNodeLimit(t *testing.T) {
	_, _, err := Evaluate(t.Context(), &hostile().System, Options{MaxNodes: 200_000})
	if !errors.Is(err, bdd.ErrNodes) || !strings.Contains(err.Error(), "200000") {
		t.Errorf("got error %v, want %v", err, bdd.ErrNodes)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, _, err := Evaluate(ctx, &hostile().System, Options{})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got error %v, want %v", err, context.DeadlineExceeded)
	}
}

func TestManyDeploys(t *testing.T) {
	s := &sketch{}
	shop := s.service("shop", 0.95)
	s.deploys(shop, model.Deploys{Rate: 1, Detect: exp(50), Rollback: exp(50), Hits: model.ProbOf(0.01)})
	s.report(shop)
	if _, _, err := Evaluate(t.Context(), &s.System, Options{}); !errors.Is(err, ErrDeploys) {
		t.Errorf("got error %v, want %v", err, ErrDeploys)
	}
}

// unsettled is a cycle in which a wrong answer goes round for ever: while the
// part liar is wrong and the part weak is down, the answer of p is gone after
// the first round, and with it the wrong answer that has reached a by then.
func unsettled() *sketch {
	s := &sketch{}
	liar, weak := s.leaf(s.part("liar", byzantine(9, 1, 1))), s.leaf(s.part("weak", stop(9, 1)))
	good := s.leaf(s.part("good"))
	a, b, p := s.service("a", 0), s.service("b", 0), s.service("p", 0)
	s.Nodes[a].Children = []int{b, s.fallback(s.series(p, liar), good, 1)}
	s.Nodes[b].Children = []int{a}
	s.Nodes[p].Children = []int{weak, a}
	s.report(a)
	return s
}

func TestUnsettled(t *testing.T) {
	s := unsettled()
	if _, _, err := Evaluate(t.Context(), &s.System, Options{}); !errors.Is(err, model.ErrUnsettled) {
		t.Errorf("got error %v, want %v", err, model.ErrUnsettled)
	}
	judge(t, s, func(int) string { return "" })
}
