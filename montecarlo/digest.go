package montecarlo

import (
	"cmp"
	"math"
	"slices"
)

// A digest holds a sample of numbers, none below 0, in memory that does not
// grow with their number. Numbers that share their exponent and the first ten
// bits of their mantissa share a bin, which keeps the least and the greatest of
// them. So what is read from a digest is off by less than 2^-10 of itself, and
// not at all where the numbers of a bin are alike. Digests of pieces of a
// sample give that of the whole, the same in any order.
//
// The numbers come in runs. Runs are independent, the numbers of one need not
// be. With C(x) the numbers of a run up to x, and N all of them, a digest has
// the sums over the runs of C, C² and C N for the upper end x of each bin,
// which give the mean and the variance of C/N.
type digest struct {
	runs    int64 // those with no number too
	count   int64
	squares int64 // sum over the runs of N²
	bins    []bin // in rising order
	fresh   []bin // numbers that are not in the bins yet
}

// A bin of a digest. The sums are of what C, C² and C N gain from bin to bin.
type bin struct {
	low, high            float64
	count, square, cross int64
}

// binBits are the bits of a number that do not choose its bin.
const binBits = 52 - 10

func (b *bin) key() uint64 { return math.Float64bits(b.low) >> binBits }

// mostFresh is large enough that sorting in costs little beside sorting.
const mostFresh = 1 << 10

// add adds the numbers of a run, which it sorts.
func (d *digest) add(run ...float64) {
	slices.Sort(run)
	n := int64(len(run))
	d.runs++
	d.count += n
	d.squares += n * n
	for i, x := range run {
		d.fresh = append(d.fresh, bin{x + 0, x + 0, 1, 2*int64(i) + 1, n}) // -0 + 0 is 0
	}
	if len(d.fresh) >= mostFresh {
		d.compact()
	}
}

// compact puts the fresh numbers into the bins.
func (d *digest) compact() {
	slices.SortFunc(d.fresh, func(a, b bin) int { return cmp.Compare(a.low, b.low) })
	d.join(d.fresh)
	d.fresh = d.fresh[:0]
}

// merge adds the sample of other.
func (d *digest) merge(other *digest) {
	other.compact()
	d.compact()
	d.runs += other.runs
	d.count += other.count
	d.squares += other.squares
	d.join(other.bins)
}

// join merges bins in rising order with those that there are.
func (d *digest) join(more []bin) {
	if len(more) == 0 {
		return
	}
	old := d.bins
	d.bins = make([]bin, 0, len(old)+min(len(more), mostFresh))
	for len(old) > 0 || len(more) > 0 {
		if len(more) == 0 || len(old) > 0 && old[0].low <= more[0].low {
			d.put(&old[0])
			old = old[1:]
		} else {
			d.put(&more[0])
			more = more[1:]
		}
	}
}

// put appends a bin, or adds it to the last one if that is the same.
func (d *digest) put(b *bin) {
	if last := len(d.bins) - 1; last >= 0 && d.bins[last].key() == b.key() {
		to := &d.bins[last]
		to.high = max(to.high, b.high)
		to.count += b.count
		to.square += b.square
		to.cross += b.cross
		return
	}
	d.bins = append(d.bins, *b)
}

// endless says whether some number is infinite.
func (d *digest) endless() bool {
	d.compact()
	return len(d.bins) > 0 && math.IsInf(d.bins[len(d.bins)-1].high, 1)
}
