package report

import (
	"encoding/csv"
	"io"
	"strconv"
)

// CSV writes one row a measure in base units; what is unknown is empty.
func CSV(w io.Writer, r *Report) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"name", "kind", "measure", "value", "unit", "method", "low", "high", "confidence", "at"}}
	for i := range r.Results {
		res := &r.Results[i]
		for _, v := range res.Values {
			if !finite(v.Value) {
				continue
			}
			row := []string{res.Target.Name, res.Target.Kind, string(v.Measure), number(v.Value), v.Measure.Unit(), string(v.Method)}
			rows = append(rows, append(row, known(v.Low, v.Bounded), known(v.High, v.Bounded),
				known(v.Confidence, v.Confidence != 0), known(v.At, v.Measure.TakesTime())))
		}
	}
	return out.WriteAll(rows)
}

// number writes x with all its digits.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func known(x float64, is bool) string {
	if !is || !finite(x) {
		return ""
	}
	return number(x)
}
