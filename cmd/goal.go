package cmd

import (
	"encoding/json"
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
	time  time.Duration
}

// precise says whether a precision is a number.
func precise(precision float64) bool { return !math.IsInf(precision, 0) && !math.IsNaN(precision) }

// describe says how far a simulation is: runs, speed, precision, time left.
func (g goal) describe(now montecarlo.Progress) string {
	line := fmt.Sprintf("%d runs", now.Runs)
	if now.Speed > 0 {
		line += fmt.Sprintf(", %.0f k events/s", now.Speed/1000)
	}
	if precise(now.Precision) {
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

// left estimates the time until the first goal is reached.
func (g goal) left(now montecarlo.Progress) time.Duration {
	elapsed, left := float64(now.Elapsed), float64(math.MaxInt64)
	if g.time > 0 {
		left = min(left, float64(g.time-now.Elapsed))
	}
	if now.Done > now.Before {
		left = min(left, elapsed*(1-now.Done)/(now.Done-now.Before))
	}
	if now.Left > 0 {
		left = min(left, float64(now.Left))
	}
	if left >= math.MaxInt64 {
		return math.MaxInt64
	}
	return time.Duration(max(left, 0))
}

// object says the same for programs, on a line.
func (g goal) object(now montecarlo.Progress) []byte {
	out := struct {
		Runs      int      `json:"runs"`
		Events    int64    `json:"events"`
		Speed     float64  `json:"events_per_second"`
		Elapsed   float64  `json:"elapsed"`
		Precision *float64 `json:"precision,omitempty"`
		Left      *float64 `json:"left,omitempty"`
	}{Runs: now.Runs, Events: now.Events, Speed: math.Round(now.Speed), Elapsed: now.Elapsed.Seconds()}
	if precise(now.Precision) {
		out.Precision = &now.Precision
	}
	if left := g.left(now); left < math.MaxInt64 {
		seconds := left.Seconds()
		out.Left = &seconds
	}
	text, err := json.Marshal(out)
	if err != nil {
		panic(err) // numbers always can be
	}
	return append(text, '\n')
}

// attend tells how far a simulation is: on a terminal, or for programs.
func (p *program) attend(how string, g goal) (told func(montecarlo.Progress), done func()) {
	var last time.Time
	switch bar := p.progress(); how {
	case "none":
		return nil, func() {}
	case "json":
		return func(now montecarlo.Progress) {
			if time.Since(last) >= patience {
				last = time.Now()
				p.stderr.Write(g.object(now)) // who does not read it does not want it
			}
		}, func() {}
	default:
		return func(now montecarlo.Progress) { bar.show(g.describe(now)) }, bar.clear
	}
}
