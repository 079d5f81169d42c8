package analytic

import (
	"math"
	"slices"

	"nines/model"
	"nines/model/bdd"
)

// An evaluation works out the measures of one target after the other from the
// same diagram.
type evaluation struct {
	*states
	at      float64 // s
	rare    bool    // the system is one of data, see model.System.Holding
	weights *bdd.Weights
	blockOf []*block // by variable

	components map[*block]*component
	alike      map[string]*component // of parts, by behaviour
	recoveries map[*component]*recovery
	hazards    map[bdd.Ref]float64
	brackets   map[bdd.Ref]bracket // by function
	work       int                 // what is left for first outages
	waiting    int                 // targets that have not had their share of it
}

func newEvaluation(d *diagram, opts Options) *evaluation {
	w := d.weigh((*block).longRun)
	e := &evaluation{
		states: newStates(d, w), at: opts.At, weights: w, blockOf: make([]*block, d.m.Vars()),
		components: map[*block]*component{}, alike: map[string]*component{}, recoveries: map[*component]*recovery{}, hazards: map[bdd.Ref]float64{},
		brackets: map[bdd.Ref]bracket{}, work: int(allTargets * float64(d.maxStates)),
	}
	if e.at == 0 {
		e.at = d.sys.Mission
	}
	if e.at == 0 {
		e.at = model.Year
	}
	for _, b := range d.blocks {
		for i := range len(b.pi) - 1 {
			e.blockOf[b.first+i] = b
		}
	}
	return e
}

// A report gathers what is found out about one target.
type report struct {
	model.Result
	up      bdd.Ref
	down    float64  // unavailability
	blocks  []*block // that up depends on
	mended  bool     // some of them are repaired, and have chains
	missing []lack
}

func (r *report) add(m model.Measure, value float64) {
	if m.Unit() == "1" && m != model.Nines {
		value = min(value, 1) // rounding of a sum
	}
	r.Values = append(r.Values, model.Value{Measure: m, Value: value, Method: model.Exact})
}

var (
	passages  = [...]model.Measure{model.Outages, model.MTBF, model.MeanOutage, model.MeanUp}
	fromAsNew = [...]model.Measure{model.MTTF, model.Reliability, model.PointAvailability, model.IntervalAvailability}
)

// target finds out what is wanted but the budget.
func (e *evaluation) target(t model.Target, opts Options) *report {
	r := &report{Result: model.Result{Target: t}, up: e.up(t.Node, e.sys.UpAt(t))}
	r.down = e.weights.Prob(r.up).Q
	passes, begins := opts.wants(passages[:]...), opts.wants(fromAsNew[:]...)
	if passes || begins || opts.Budget || r.down == 0 {
		r.blocks = e.support(r.up)
	}
	e.shares(r, opts)
	if passes {
		e.passages(r)
	}
	if begins {
		e.mission(r, opts)
	}
	return r
}

// sort puts the measures in their usual order.
func (r *report) sort() {
	order := model.Measures()
	slices.SortStableFunc(r.Values, func(a, b model.Value) int {
		return slices.Index(order, a.Measure) - slices.Index(order, b.Measure)
	})
}

// support lists the blocks that f depends on.
func (e *evaluation) support(f bdd.Ref) []*block {
	var found []*block
	for _, v := range e.m.Support(f) {
		if b := e.blockOf[v]; len(found) == 0 || found[len(found)-1] != b {
			found = append(found, b)
		}
	}
	return found
}

// shares are the measures that are probabilities.
func (e *evaluation) shares(r *report, opts Options) {
	node := r.Target.Node
	r.add(model.Availability, e.weights.Prob(r.up).P)
	r.add(model.Unavailability, r.down)
	switch {
	case r.down > 0:
		r.add(model.Nines, math.Abs(math.Log10(r.down)))
	case r.underflows():
		r.lacks(tooRare, model.Nines)
	default:
		r.lacks(neverDown, model.Nines)
	}
	r.add(model.Served, e.weights.Prob(e.answers[node].ok).P)
	r.add(model.WrongShare, e.weights.Prob(e.answers[node].wrong).P)
	if opts.wants(model.Degraded) {
		r.add(model.Degraded, e.weights.Diff(r.up, e.fulls[node]))
	}
	r.add(model.Downtime, min(r.down, 1)*model.Year)
}

// underflows says whether the target is never down only because a float64 cannot
// hold how seldom it is: some block that it depends on may have this value or that.
func (r *report) underflows() bool {
	return r.down == 0 && slices.ContainsFunc(r.blocks, func(b *block) bool {
		possible := 0
		for _, p := range b.pi {
			if p > 0 {
				possible++
			}
		}
		return possible > 1
	})
}

// passages are the measures that follow from how often the target goes down.
func (e *evaluation) passages(r *report) {
	if !e.moves(r, passages[:]) {
		return
	}
	rate := e.rate(r.up)
	r.add(model.Outages, rate*model.Year)
	if rate == 0 {
		why := noOutages
		if r.underflows() {
			why = tooRare
		}
		r.lacks(why, model.MTBF, model.MeanOutage, model.MeanUp)
		return
	}
	r.add(model.MTBF, 1/rate)
	r.add(model.MeanOutage, r.down/rate)
	r.add(model.MeanUp, e.weights.Prob(r.up).P/rate)
}

// rate is how often per second f is lost: the sum, over all moves of blocks
// between two of their values, of how often they occur times the probability
// that f holds with the one and not with the other.
func (e *evaluation) rate(f bdd.Ref) float64 {
	total := 0.0
	var left []bdd.Ref
	e.weights.Entries(f, func(x bdd.Entry) {
		b := e.blockOf[x.Group]
		left = e.cases(x.Func, b, left)
		for _, m := range b.moves {
			total += x.Reach * m.rate * e.weights.Diff(left[m.from], left[m.to])
		}
	})
	return total
}
