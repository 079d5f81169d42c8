package model

import (
	"math/big"
	"strings"
)

// An Explanation says why a target is down when it is.
type Explanation struct {
	Result
	// At is the end of the mission in seconds where nothing that the target
	// depends on is ever repaired: then probabilities are those of being down
	// at that time, and there is no down time to divide. 0: the long run.
	At           float64
	Down         float64  // P(down)
	Singles      []Single // single points of failure, the likeliest first
	Cuts         Cuts
	Importance   []Importance  // of every part and of its failure modes, the most critical part first
	Losses       []Loss        // each domain down in turn, in the order of the file
	Overloads    []Overload    // what has to shed requests at times
	Improvements []Improvement // what to change first, the best first
}

// An Event is that a part, or the deploys of a service, are not as they should
// be: what cut sets are made of.
type Event struct {
	Name        string  // the part, or the service for its own failures and deploys
	Title       string  // of the part
	Cause       string  // as that of a Cost; "module" for all that interact in time
	How         string  // which of its conditions or failure modes; "" for any that does harm
	Probability float64 // share of the time in the long run
	Pos         Pos
}

func (e Event) String() string {
	name := e.Name
	switch e.Cause {
	case "module":
		if e.How != "" { // it names all that is not as it was
			return e.How
		}
	case "itself":
		name += " itself"
	case "deploys":
		name = "deploys of " + name
	case "takeover":
		name = "takeover of " + name
	case "common_cause":
		name = "common cause among " + name
	case "shock":
		name = "shock of " + name
	case "link":
		name = "link " + name
	case "partition":
		name = "partition of " + name
	}
	return strings.TrimSuffix(name+" "+e.How, " ")
}

// A Single is an event that takes the target down by itself.
type Single struct {
	Event
	Outages float64 // outages per year that begin with its part; NaN without dynamics
}

// Cuts are the minimal cut sets of a target: the smallest sets of events that
// together take it down, everything else as new. Where more failures can bring
// it up again the structure is not coherent, and they are those of the
// smallest coherent structure that is down whenever the target is.
type Cuts struct {
	Count    *big.Int // nil if they were too many to count
	Order    int      // only sets of up to so many events are counted; 0: all
	Coherent bool
	Listed   []Cut    // the likeliest first
	Joint    []Cut    // those of two events and more, the likeliest first
	Sum      float64  // of the probabilities of all cut sets: not below P(down), the rare-event approximation
	Bound    float64  // 1 - product of 1 - P(cut), the min-cut upper bound; NaN where it does not hold or is not known
	Primes   *big.Int // number of prime implicants where it is not coherent; nil if not known
	Paths    *big.Int // number of minimal path sets; nil if not asked for or not known
	Works    []Path   // the minimal path sets listed, the likeliest first
}

// A Cut is one minimal cut set.
type Cut struct {
	Events      []Event
	Probability float64 // that all of them happen
}

// A Path is one minimal path set: while these are as new, the target is up,
// whatever happens to the rest.
type Path struct {
	Parts       []Event // the events that must not happen
	Probability float64 // that none of them does
}

// Importance of an event E in P(down), of probability q. All are exact, not
// over a list of cut sets.
type Importance struct {
	Event
	Mode          bool    // E is one failure mode of a part; else anything that is wrong with it
	Birnbaum      float64 // P(down | E) - P(down | not E)
	Criticality   float64 // q * Birnbaum / P(down)
	FussellVesely float64 // 1 - P(down | not E) / P(down)
	RAW           float64 // risk achievement worth, P(down | E) / P(down)
	RRW           float64 // risk reduction worth, P(down) / P(down | not E); may be +Inf
	DIF           float64 // diagnostic importance factor, P(E | down)
	Outages       float64 // share of the outages that begin with it; NaN where there are none
}

// A Loss is what is left of a target while one domain is down and everything
// else is up, after all promotions and elections.
type Loss struct {
	Domain Event
	Up     bool
	Served float64  // share of the requests that get ok
	Inside []string // parts in the domain that the target depends on
	Alone  []string // those among them that take it down by themselves
}

// An Overload is that more requests reach a group, service or part than it can
// answer.
type Overload struct {
	Name        string
	Probability float64 // share of the time
	Alone       []Event // those that bring it about by themselves
	Pos         Pos
}

// Change is a kind of improvement.
type Change string

const (
	Perfect    Change = "perfect"     // it never fails
	HalfRepair Change = "half_repair" // it is repaired, or rolled back, in half the time
	HalfDetect Change = "half_detect" // its hidden failures, or bad deploys, are noticed in half the time
	OneMore    Change = "one_more"    // one more like it: in its group, or beside it
)

// An Improvement is what one change to alike parts would do to a target.
type Improvement struct {
	Subject        Event // the part, the first of several; without How
	Parts          int   // how many alike ones are changed together
	Change         Change
	Where          string  // OneMore: the domain that the new part stands in, "" for none
	Unavailability float64 // of the target with the change
	Saved          float64 // seconds of down time per year; negative if it does harm
	Nines          float64 // gained; +Inf if nothing is left that takes it down
}
