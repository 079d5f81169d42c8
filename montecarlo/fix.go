package montecarlo

import "nines/model"

// A fix is how long a bad deploy stays: detection, then rollback.
type fix struct {
	clocks [2]clock
	ages   [2]*ageLaw
	share  float64 // of the time that goes to detection
	live   float64 // mean number that are live
	stay   float64 // mean stay, s
	source int32   // where they come from
}

func (p *program) addFix(d *model.Deploys) {
	detect, rollback := d.Detect.Mean(), d.Rollback.Mean()
	f := fix{clocks: [2]clock{newClock(d.Detect, 0), newClock(d.Rollback, 0)}, live: d.MeanLive(), stay: detect + rollback}
	if detect > 0 {
		f.share = detect / (detect + rollback)
	}
	for i := range f.clocks {
		f.ages[i] = newAgeLaw(&state{clocks: f.clocks[i : i+1]})
	}
	p.fixes = append(p.fixes, f)
}

// draw is how long a new bad deploy stays.
func (f *fix) draw(s *stream) float64 { return f.clocks[0].draw(s) + f.clocks[1].draw(s) }

// drawRest is how long one that is found at a random moment will stay.
func (f *fix) drawRest(s *stream) float64 {
	if s.Float64() < f.share {
		return f.rest(0, s) + f.clocks[1].draw(s)
	}
	return f.rest(1, s)
}

func (f *fix) rest(i int, s *stream) float64 {
	age := 0.0
	if law := f.ages[i]; law != nil {
		age = law.draw(s)
	}
	return f.clocks[i].drawAged(age, s)
}
