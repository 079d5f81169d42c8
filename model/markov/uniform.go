package markov

import "context"

// A moment is a distribution over states on its way through time.
type moment struct {
	prob []float64 // of each state now
	time []float64 // expected time spent in each so far
}

// stay lets a time pass in which nothing happens.
func (m *moment) stay(dt float64) {
	for j, v := range m.prob {
		m.time[j] += v * dt
	}
}

// A uniform is a chain that moves at the same rate in every state, by jumps that may lead back to where it is (Jensen 1953): after k
// jumps its distribution is v P^k, and the number of jumps is Poisson.
type uniform struct {
	often   float64   // rate of jumps
	columns           // with probabilities of jumps for rates
	leave   []float64 // probability that a jump leads out of the state
	ctx     context.Context

	now, next  []float64 // scratch: the distribution after some jumps, and after one more
	prob, time []float64 // scratch: sums over the number of jumps
}

// surplus is by how much jumps are more frequent than the fastest state needs.
const surplus = 1.02

func newUniform(ctx context.Context, c *Chain) *uniform {
	n := c.Len()
	u := &uniform{
		columns: newColumns(n, c.each), leave: make([]float64, n), ctx: ctx,
		now: make([]float64, n), next: make([]float64, n), prob: make([]float64, n), time: make([]float64, n),
	}
	for i := range n {
		u.leave[i] = c.leave(i)
		u.often = max(u.often, surplus*u.leave[i])
	}
	if u.often > 0 {
		for e := range u.rate {
			u.rate[e] /= u.often
		}
		for i := range u.leave {
			u.leave[i] /= u.often
		}
	}
	return u
}

// jump sets next to the distribution one jump after now. Where a state is hardly ever left, what stays is v - v leave rather than v times
// a rounded 1 - leave: that rounding would be the same in every jump and add up.
func (u *uniform) jump() {
	for j, v := range u.now {
		in := 0.0
		for e := u.start[j]; e < u.start[j+1]; e++ {
			in += float64(u.now[u.from[e]] * u.rate[e])
		}
		u.next[j] = (v - float64(v*u.leave[j])) + in
	}
	u.now, u.next = u.next, u.now
}

// pollJumps is the number of jumps between looks at the context, and between looks whether what is still to come matters.
const pollJumps = 8

// negligible is the share of a number that does not change it.
const negligible = 0x1p-60

// advance moves m on by dt. Each jump may have added a rounding.
func (u *uniform) advance(m *moment, dt float64) (loss float64, err error) {
	if u.often*dt < faintest {
		m.stay(dt)
		return 0, nil
	}
	w := poisson(u.often * dt)
	copy(u.now, m.prob)
	clear(u.prob)
	clear(u.time)
	for k := 0; ; k++ {
		weigh, above := w.at(k)
		u.collect(weigh, above)
		look := k%pollJumps == 0
		if k == w.last() || look && u.settled(above) {
			u.finish(m, dt)
			return float64(k+4) * roundoff, nil
		}
		if look && u.ctx.Err() != nil {
			return 0, u.ctx.Err()
		}
		u.jump()
	}
}

// collect adds the distribution after some jumps with its weight, and to the time in each state with the probability that there are
// more jumps: then the chain was in that state until one of them.
func (u *uniform) collect(weigh, above float64) {
	if weigh > 0 {
		for j, v := range u.now {
			u.prob[j] += float64(v * weigh)
		}
	}
	for j, v := range u.now {
		u.time[j] += float64(v * above)
	}
}

// settled says whether what more jumps add is negligible for every state, if they add with the probability above. No state that is yet
// to be reached escapes this: the one before it has just been reached.
func (u *uniform) settled(above float64) bool {
	for j, v := range u.now {
		if float64(v*above) > negligible*min(u.prob[j], u.time[j]) {
			return false
		}
	}
	return true
}

// finish hands the sums over to m. Their totals are known, so the error of the totals is taken out.
func (u *uniform) finish(m *moment, dt float64) {
	whole := sum(m.prob)
	scale(u.prob, whole/sum(u.prob))
	scale(u.time, whole*dt/sum(u.time))
	copy(m.prob, u.prob)
	for j, v := range u.time {
		m.time[j] += v
	}
}
