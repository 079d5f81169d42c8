package montecarlo

import (
	"math"

	"nines/model"
)

// A record keeps of a target what the moments do not: numbers one by one, in
// digests. Records of pieces of a study give that of the whole.
type record struct {
	down   digest          // s, of each window
	falls  digest          // outages that begin in each window
	met    []bin           // of each limit: the windows within it, as sums like those of a bin
	outage digest          // s, of each outage
	blame  map[int32]blame // by thing
	ended  digest          // s, of each life
	cut    digest          // s, of each life that was not followed to its end
}

// blame counts the outages that a thing began and ended.
type blame struct{ begins, ends int64 }

func (r *record) merge(other *record) {
	r.down.merge(&other.down)
	r.falls.merge(&other.falls)
	r.outage.merge(&other.outage)
	r.ended.merge(&other.ended)
	r.cut.merge(&other.cut)
	for i := range other.met {
		if i == len(r.met) {
			r.met = append(r.met, bin{})
		}
		r.met[i].count += other.met[i].count
		r.met[i].square += other.met[i].square
		r.met[i].cross += other.met[i].cross
	}
	for thing, b := range other.blame {
		r.add(thing, b)
	}
}

func (r *record) add(thing int32, more blame) {
	if r.blame == nil {
		r.blame = map[int32]blame{}
	}
	b := r.blame[thing]
	b.begins += more.begins
	b.ends += more.ends
	r.blame[thing] = b
}

// A limit is what the down time of a window is held against.
type limit struct {
	time    float64            // s
	atLeast bool               // the down time must not be less; otherwise not more
	from    *model.Requirement // nil: a usual target
}

// slack is the relative error of a time that is a sum of times.
const slack = 1e-12

func (l limit) holds(down float64) bool {
	if l.atLeast {
		return down >= l.time*(1-slack)
	}
	return down <= l.time*(1+slack)
}

// addWindows adds the windows of a run.
func (r *record) addWindows(j *journal, target int, limits []limit) {
	down := j.down[target]
	if r.met == nil {
		r.met = make([]bin, len(limits))
	}
	for i, l := range limits {
		met := int64(0)
		for _, d := range down {
			if l.holds(d) {
				met++
			}
		}
		r.met[i].count += met
		r.met[i].square += met * met
		r.met[i].cross += met * int64(len(down))
	}
	r.down.add(down...)
	r.falls.add(j.falls[target]...)
}

// addOutages adds the outages that began in the windows of a run.
func (r *record) addOutages(j *journal, target int) {
	j.lengths = j.lengths[:0]
	for _, o := range j.done[target] {
		j.lengths = append(j.lengths, o.end-o.begin)
		r.add(o.by, blame{begins: 1})
		r.add(o.to, blame{ends: 1})
	}
	if o := j.present[target]; o.begin >= 0 {
		j.lengths = append(j.lengths, math.Inf(1))
		r.add(o.by, blame{begins: 1})
	}
	r.outage.add(j.lengths...)
}

// addLife adds the life of a target that has had one.
func (r *record) addLife(w *watch) {
	switch {
	case !w.alive:
		r.ended.add(w.sum[span])
	case w.sum[endless] > 0:
		r.cut.add(math.Inf(1))
	default:
		r.cut.add(w.sum[span])
	}
}

// months runs the windows of a run, one after the other, and keeps their figures.
func (e *engine) months(each float64, count int) {
	e.begin(true)
	j := e.journal
	for i := range count {
		for t := range e.watches {
			j.down[t] = append(j.down[t], -e.watches[t].sum[downTime])
			j.falls[t] = append(j.falls[t], -e.watches[t].sum[outages])
		}
		e.until(each * float64(i+1))
		for t := range e.watches {
			j.down[t][i] = min(max(0, j.down[t][i]+e.watches[t].sum[downTime]), each)
			j.falls[t][i] += e.watches[t].sum[outages]
		}
	}
}

// aftermath goes on until the outages that began in the windows are over, or
// for so many events.
func (e *engine) aftermath(most int64) {
	e.journal.closed = true
	for most += e.events; e.journal.open > 0 && e.events < most && e.step(math.Inf(1)); {
	}
}
