package cmd

import (
	"fmt"
	"math"
	"time"

	"nines/cmd/internal/report"
	"nines/montecarlo"
)

// seconds turns model time into clock time, the longest there is at most.
func seconds(s float64) time.Duration {
	return time.Duration(min(s*float64(time.Second), math.MaxInt64/2))
}

// goal is where a simulation stops.
type goal struct {
	until float64
	runs  int
	time  time.Duration
}

// describe says how far a simulation is: runs, speed, precision, time left.
func (g goal) describe(now montecarlo.Progress) string {
	line := fmt.Sprintf("%d runs", now.Runs)
	if s := now.Elapsed.Seconds(); s > 0 {
		line += fmt.Sprintf(", %.0f k events/s", float64(now.Events)/s/1000)
	}
	if !math.IsInf(now.Precision, 0) && !math.IsNaN(now.Precision) {
		line += fmt.Sprintf(", ± %s %%", report.Number(100*now.Precision))
		if g.until > 0 {
			line += fmt.Sprintf(" of %s %%", report.Number(100*g.until))
		}
	}
	if left := g.left(now); left < math.MaxInt64 {
		line += fmt.Sprintf(", %s left", report.Duration(math.Ceil(left.Seconds())))
	}
	return line
}

// left estimates the time until the first goal is reached; intervals narrow
// with the square root of the runs.
func (g goal) left(now montecarlo.Progress) time.Duration {
	elapsed, left := float64(now.Elapsed), float64(math.MaxInt64)
	if g.time > 0 {
		left = min(left, float64(g.time-now.Elapsed))
	}
	if g.runs > 0 && now.Runs > 0 {
		left = min(left, elapsed*(float64(g.runs)/float64(now.Runs)-1))
	}
	if ratio := now.Precision / g.until; g.until > 0 && !math.IsInf(ratio, 0) && !math.IsNaN(ratio) {
		left = min(left, elapsed*(ratio*ratio-1))
	}
	if left >= math.MaxInt64 {
		return math.MaxInt64
	}
	return time.Duration(max(left, 0))
}
