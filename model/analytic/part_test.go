package analytic

import (
	"math"
	"testing"

	"nines/model"
	"nines/model/dist"
)

func TestDown(t *testing.T) {
	every, detect, repair, resync := dist.Exponential{MeanTime: 1e12}, dist.Exponential{MeanTime: 3}, dist.Fixed{Time: 4}, dist.Fixed{Time: 5}
	cases := []struct {
		modes []model.Mode
		want  float64
	}{
		{nil, 0},
		{[]model.Mode{{Every: every, Repair: repair}}, 4 / (1e12 + 4)},
		{[]model.Mode{{Every: every}}, 1},
		{[]model.Mode{{Kind: model.FailSilent, Every: every, Detect: detect, Repair: repair}}, 7 / (1e12 + 7)},
		{[]model.Mode{{Kind: model.FailByzantine, Every: every, Detect: detect, Repair: repair}}, 4 / (1e12 + 7)},
		{[]model.Mode{{Kind: model.FailRestart, Every: every, Repair: repair, Resync: resync}}, 4 / (1e12 + 9)},
	}
	for _, c := range cases {
		p := &model.Part{Modes: c.modes, Automaton: model.NewAutomaton(c.modes)}
		if got := Down(p); math.Abs(got-c.want) > 1e-14*c.want {
			t.Errorf("%v: got %v, want %v", c.modes, got, c.want)
		}
	}
	static := &model.Part{Static: &model.Prob{P: 1, Q: 1e-40}, Automaton: model.StaticAutomaton()}
	if got := Down(static); got != 1e-40 {
		t.Errorf("a static part: got %v", got)
	}
}
