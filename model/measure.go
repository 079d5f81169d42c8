package model

// Measure names a figure that can be asked of a target.
type Measure string

// The measures of the language, in the order in which they are reported.
const (
	Availability         Measure = "availability"          // long-run share of time up
	Unavailability       Measure = "unavailability"        // 1 - availability, computed as itself
	Nines                Measure = "nines"                 // -log10(unavailability)
	Served               Measure = "served"                // long-run share of requests that get ok
	WrongShare           Measure = "wrong"                 // long-run share of requests that get a wrong answer
	Degraded             Measure = "degraded"              // long-run share of time up but not full
	Downtime             Measure = "downtime"              // expected seconds down per year
	Outages              Measure = "outages"               // passages from up to down per year
	MTBF                 Measure = "mtbf"                  // mean time between outages, s
	MeanOutage           Measure = "mean_outage"           // s
	MeanUp               Measure = "mean_up"               // s
	MTTF                 Measure = "mttf"                  // mean time to the first moment not up, s
	Reliability          Measure = "reliability"           // P(up without a break over [0, T])
	PointAvailability    Measure = "point_availability"    // P(up at T)
	IntervalAvailability Measure = "interval_availability" // expected share of [0, T] up
	Durability           Measure = "durability"            // 1 - P(data loss within a year)
	DataLoss             Measure = "data_loss"             // 1 - durability, computed as itself
	MTTDL                Measure = "mttdl"                 // mean time to data loss, s
)

// Met is the share of windows in which a bound on their down time holds, the
// answer to `with 95%`. It has no name in the language.
const Met Measure = "met"

// Measures lists all of them in the order of reports.
func Measures() []Measure {
	return []Measure{
		Availability, Unavailability, Nines, Served, WrongShare, Degraded, Downtime, Outages, MTBF, MeanOutage,
		MeanUp, MTTF, Reliability, PointAvailability, IntervalAvailability, Durability, DataLoss, MTTDL,
	}
}

// Unit of the values of m: "1", "s", "s/y" or "1/y".
func (m Measure) Unit() string {
	switch m {
	case MTBF, MeanOutage, MeanUp, MTTF, MTTDL:
		return "s"
	case Downtime:
		return "s/y"
	case Outages:
		return "1/y"
	}
	return "1"
}

// TakesTime says whether m is asked at a time T, as reliability(30d).
func (m Measure) TakesTime() bool {
	return m == Reliability || m == PointAvailability || m == IntervalAvailability
}

// OfData says whether m is a measure of stores alone.
func (m Measure) OfData() bool { return m == Durability || m == DataLoss || m == MTTDL }

// MoreIsBetter says whether one wants m to be large.
func (m Measure) MoreIsBetter() bool {
	switch m {
	case Unavailability, WrongShare, Degraded, Downtime, Outages, MeanOutage, DataLoss:
		return false
	}
	return true
}

// Missing is the measure of what a share near 1 lacks of it, which is computed as
// itself; "" where none is.
func (m Measure) Missing() Measure {
	switch m {
	case Availability:
		return Unavailability
	case Durability:
		return DataLoss
	}
	return ""
}

// Method says how a value was come by.
type Method string

const (
	Exact       Method = "exact"       // closed form or numerics at machine accuracy
	Approximate Method = "approximate" // Note says what was assumed, Low and High bound it where they can
	Simulated   Method = "simulated"   // Low and High are the interval at Confidence
)

// A Value is one figure with all that is needed to trust it.
type Value struct {
	Measure    Measure
	Value      float64
	Method     Method
	At         float64 // s; measures that take a time only
	Bounded    bool    // Low and High hold
	Low, High  float64
	Confidence float64 // simulated: of the interval
	Runs       int     // simulated
	Note       string
}

// A Result is what is known of one target.
type Result struct {
	Target Target
	Values []Value        // in the order of Measures
	Budget []Cost         // where the down time comes from, largest first; nil if not known
	Spread *Distributions // nil if they were not asked for
	Absent []Absence
}

// An Absence is that measures of a target have no value.
type Absence struct {
	Measures []Measure
	Why      string // "nothing can take it down"
	Infinite bool   // they are +Inf
	Open     bool   // simulation may tell
}

// Find gives the value of m, if there is one.
func (r *Result) Find(m Measure) (Value, bool) {
	for _, v := range r.Values {
		if v.Measure == m {
			return v, true
		}
	}
	return Value{}, false
}

// A Cost is a part's share of the expected down time of a target.
type Cost struct {
	Name  string  // the part, or the service for its own failures and deploys
	Cause string  // "component", "domain", "itself", "deploys", "takeover" (a group between two active members), "common_cause", "shock", "link", "partition"
	Own   bool    // belongs to the target itself; otherwise inherited from what it needs
	Share float64 // of the unavailability; the shares of a target add up to 1
	Down  float64 // expected seconds per year; NaN where it is of a mission
	Pos   Pos
}
