package markov

import "context"

// A dense chain is eliminated in the order of its states. After that row i has, left of the diagonal, the rates from i to the states
// before it at the moment when these were eliminated, and right of it the probabilities of where i goes.
type dense struct {
	n     int
	a     []float64 // by rows; the diagonal is not used
	exit  []float64
	total []float64 // rate out of each state at the moment when it was eliminated
}

func newDense(n int) *dense {
	return &dense{n: n, a: make([]float64, n*n), exit: make([]float64, n), total: make([]float64, n)}
}

func (d *dense) row(i int) []float64 { return d.a[i*d.n : (i+1)*d.n] }

// panel is how many rows meet a pivot row while it is in the cache.
const panel = 16

// eliminate works row by row: a row meets all rows before it, then its own total is known.
func (d *dense) eliminate(ctx context.Context) error {
	for first := 0; first < d.n; first += panel {
		if err := ctx.Err(); err != nil {
			return err
		}
		end := min(first+panel, d.n)
		for k := range first {
			for i := first; i < end; i++ {
				d.meet(i, k)
			}
		}
		for i := first; i < end; i++ {
			for k := first; k < i; k++ {
				d.meet(i, k)
			}
			if !d.close(i) {
				return stuck(i)
			}
		}
	}
	return nil
}

// meet lets state i move directly to where it moved through state k.
func (d *dense) meet(i, k int) {
	rate := d.a[i*d.n+k]
	if rate == 0 {
		return
	}
	d.exit[i] += float64(rate * d.exit[k])
	from, to := d.row(k)[k+1:], d.row(i)[k+1:]
	to = to[:len(from)]
	for j, p := range from {
		to[j] += float64(rate * p)
	}
}

// close turns the rest of row i into probabilities, unless there is no way out of i.
func (d *dense) close(i int) bool {
	out := d.row(i)[i+1:]
	t := total{sum: d.exit[i]}
	for _, v := range out {
		t.add(v)
	}
	d.total[i] = t.value()
	if !(d.total[i] > 0) {
		return false
	}
	d.exit[i] /= d.total[i]
	for j := range out {
		out[j] /= d.total[i]
	}
	return true
}
