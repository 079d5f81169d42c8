package markov

import (
	"fmt"
	"testing"
)

func TestPassageMachineRepair(t *testing.T) {
	for _, c := range []struct {
		repair
		spare int
		want  float64 // published, or 0
	}{
		{repair{2, 1, .001, .1}, 1, 51500},
		{repair{3, 1, .001, .1}, 1, 17500},
		{repair{2, 1, 1e-6, 1 / 24.}, 1, 20834833333.3333},
		{repair{3, 1, 1e-6, 1 / 24.}, 2, 289379631462963},
		{repair{3, 3, 1e-6, 1 / 24.}, 2, 578752316648148},
		{repair{8, 1, 1e-6, 1 / 24.}, 1, 744315476.190476},
		{repair{5, 1, 2.5e-6, 1}, 2, 1.0667e15},
		{repair{20, 1, 1.8e-4, 1}, 5, 1.0602e15},
		{repair{20, 1, 1e-9, 1}, 8, 0},
		{repair{20, 1, 1e-6, 1}, 19, 0},
		{repair{60, 60, 1e-3, 1}, 59, 0},
		{repair{100, 1, 1, 1e-9}, 99, 0},
	} {
		sp := c.count(t, never)
		r, err := sp.Passage(nil, sp.Where(func(d uint64) bool { return int(d) > c.spare }), Options{})
		if err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		mean, variance := c.moments(c.spare)
		near(t, fmt.Sprintf("%+v mean", c), r.Mean, float(mean), 1e-13)
		near(t, fmt.Sprintf("%+v variance", c), r.Variance, float(variance), 1e-12)
		if c.want != 0 {
			near(t, fmt.Sprintf("%+v published mean", c), r.Mean, c.want, 5e-5)
		}
	}
}
