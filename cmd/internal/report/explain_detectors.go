package report

import "nines/model"

// detectors tells how good each detector is.
func (r *Explained) detectors() passage {
	p := passage{align: "lrrrrr", head: []string{"", "NOTICES AFTER", "AT MOST", "MISTAKEN EVERY", "FOR", "RIGHT"}}
	for i := range r.System.Detectors {
		d := &r.System.Detectors[i]
		q := &d.Quality
		row := []string{clean(d.Name), Duration(q.Detection.Mean()), Duration(q.Detection.SurvivalQuantile(0)), "never", "", ""}
		if q.Rate > 0 {
			row[3], row[4], row[5] = Duration(1/q.Rate), Duration(q.Lasting), Share(model.Prob{P: 1 - q.Wrong, Q: q.Wrong})
		}
		p.rows = append(p.rows, row)
	}
	if len(p.rows) > 0 {
		p.heading = []string{"Detectors,", "and how often they take for dead what is up"}
		p.narrow()
	}
	return p
}

// detectorsJSON is the same for programs, in seconds.
func (r *Explained) detectorsJSON() []jsonDetector {
	var list []jsonDetector
	for i := range r.System.Detectors {
		d := &r.System.Detectors[i]
		q := &d.Quality
		j := jsonDetector{
			Name: d.Name, Network: r.System.Networks[d.Network].Name, Timing: r.System.Networks[d.Network].Timing.String(),
			Detection: q.Detection.Mean(), Latest: q.Detection.SurvivalQuantile(0), Rate: q.Rate, Wrong: q.Wrong, File: d.Pos.File, Line: d.Pos.Line,
		}
		if q.Rate > 0 {
			j.Recurrence, j.Duration = number64(1/q.Rate), number64(q.Lasting)
		}
		list = append(list, j)
	}
	return list
}
