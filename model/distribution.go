package model

// Distributions tell how the figures of a target are spread about their means.
type Distributions struct {
	Windows      []Windows // one for each length of window that was asked for
	Outage       *Spread   // how long an outage lasts, s; nil if none was seen
	FirstFailure *Spread   // the first moment not up, s; nil if there is none
	Causes       []Cause   // of the outages, that of most first
}

// Windows are times of the same length that start at a random moment of the
// long run.
type Windows struct {
	Length   float64 // s
	Downtime Spread  // s of it down
	Outages  Spread  // number that begin in it
	Limits   []Limit // the usual targets, then the requirements about windows of this length
}

// A Limit is what the down time of a window is held against.
type Limit struct {
	Availability float64      // the target that it comes from; 0 for a requirement
	Requirement  *Requirement // nil for a target
	Downtime     float64      // s of the window, still within the limit
	Met, Missed  Estimate     // shares of the windows
}

// A Spread is the distribution of a number that was seen often.
type Spread struct {
	Count     int // how often
	Cut       int // lives alone: those that were not followed to their end
	Mean      Estimate
	Quantiles []Quantile // of rising P
	Curve     []Quantile // more of them, at near equal steps of P, for a picture
}

// A Quantile is what the number does not exceed with the probability P.
type Quantile struct {
	P float64
	Estimate
}

// An Estimate is a figure with its interval. What is not known of it is
// infinite.
type Estimate struct{ Value, Low, High float64 }

// A Cause is a thing that begins and ends outages.
type Cause struct {
	Name         string   // of the part, of the service for its deploys, of the group for its takeovers
	Kind         string   // "component", "domain", "itself", "deploys", "takeover", ..., as of a Cost
	Begins, Ends Estimate // shares of the outages
}

// Find gives the limit that belongs to a requirement, if there is one.
func (d *Distributions) Find(r *Requirement) (Limit, bool) {
	for i := range d.Windows {
		for _, l := range d.Windows[i].Limits {
			if l.Requirement == r {
				return l, true
			}
		}
	}
	return Limit{}, false
}
