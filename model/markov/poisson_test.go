package markov

import (
	"fmt"
	"math"
	"testing"
)

func TestPoisson(t *testing.T) {
	for _, mean := range []float64{1e-200, 1e-9, .3, 1, 17.5, 99.9, 100.1, 750, 1e4 + .5, 1e6, 3.3e7} {
		w := poisson(mean)
		what := fmt.Sprintf("mean %g: ", mean)
		var all, first, second total
		for i, v := range w.weigh {
			k := float64(w.first + i)
			all.add(v)
			first.add(v * k)
			second.add(v * k * k)
		}
		near(t, what+"all", all.value(), 1, 1e-12)
		near(t, what+"mean", first.value(), mean, 1e-12)
		near(t, what+"second moment", second.value(), mean*mean+mean, 1e-12)
		_, above := w.at(w.first)
		near(t, what+"above the first", above, -math.Expm1(-mean), 1e-12) // or 1, where the first is not 0
		if k := w.first + len(w.weigh)/3; mean < 1000 {
			lg, _ := math.Lgamma(float64(k) + 1)
			weigh, _ := w.at(k)
			near(t, fmt.Sprint(what, k), weigh, math.Exp(float64(k)*math.Log(mean)-mean-lg), 1e-11)
		}
		if last := w.weigh[len(w.weigh)-1]; !(last >= faintest && (last < 1e-290 || mean < 1e-9)) {
			t.Errorf("%sends at %g", what, last)
		}
	}
}
