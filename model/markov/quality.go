package markov

// A Method is how a result was computed.
type Method string

// The methods; the package comment says when each is used.
const (
	Elimination    Method = "elimination"
	Multilevel     Method = "multilevel iteration"
	Squaring       Method = "matrix squaring"
	Uniformisation Method = "uniformisation"
	Implicit       Method = "extrapolated implicit Euler"
)

// Quality tells how far a result can be trusted.
type Quality struct {
	Method   Method
	Residual float64 // largest relative imbalance of the flows into and out of a state; 0 for transients
	Error    float64 // estimate of the largest relative error of any single number of the result, however small
}

// worsen combines q with the quality of another part of the computation.
func (q *Quality) worsen(other Quality) {
	if other.Error >= q.Error {
		q.Method = other.Method
	}
	q.Residual = max(q.Residual, other.Residual)
	q.Error += other.Error
}

// roundoff is the relative error of one operation.
const roundoff = 0x1p-53
