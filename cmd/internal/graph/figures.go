package graph

import (
	"math"
	"strconv"

	"nines/cmd/internal/chart"
	"nines/model"
)

// figures of a target: its availability and nines, and its down time. Where
// nothing is repaired, they are those of the end of the mission.
func (s *Subject) figures(r *model.Result) []string {
	for i := range s.Explanations {
		if x := &s.Explanations[i]; x.At > 0 && x.Target.Name == r.Target.Name {
			return []string{availability(x.Down)}
		}
	}
	u, ok := r.Find(model.Unavailability)
	if !ok {
		return nil
	}
	about := ""
	if u.Method != model.Exact {
		about = "≈ "
	}
	return []string{about + availability(u.Value), about + chart.Span(u.Value*model.Year) + " down a year"}
}

// availability writes 1 - u with two digits of u, and counts the nines.
func availability(u float64) string {
	switch {
	case u == 0:
		return "100 %"
	case u >= 1:
		return "0 %"
	}
	nines := -math.Log10(u)
	text := strconv.FormatFloat(nines, 'f', 1, 64) + " nines"
	const most = 9 // that can be read as a percentage
	if nines > most {
		return text
	}
	decimals := max(0, int(math.Ceil(nines-2))+1)
	return strconv.FormatFloat(100-100*u, 'f', decimals, 64) + " % · " + text
}
