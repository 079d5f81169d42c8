package analytic

import (
	"sync"

	"nines/model/markov"
)

// Kept is what evaluations of systems that have much in common share, as those
// of a sweep or of the changes that an explanation tries: the long-run
// probabilities of chains, which are found again by all their rates. The zero
// value keeps nothing yet. Several evaluations may use one at once.
type Kept struct {
	mutex  sync.Mutex
	steady map[markov.Digest][]float64
	count  int // of the probabilities
}

// mostKept bounds the memory to 64 MB.
const mostKept = 8 << 20

// longRun gives the long-run probabilities of a chain.
func (k *Kept) longRun(c *markov.Chain, opts markov.Options) ([]float64, error) {
	digest := c.Digest()
	k.mutex.Lock()
	known := k.steady[digest]
	k.mutex.Unlock()
	if known != nil {
		return known, nil
	}
	found, err := c.Steady(nil, opts)
	if err != nil {
		return nil, err
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.steady == nil {
		k.steady = map[markov.Digest][]float64{}
	}
	if k.count += len(found.Prob); k.count <= mostKept {
		k.steady[digest] = found.Prob
	}
	return found.Prob, nil
}
