package markov

// Flow returns the frequency of transitions from a state in from to another in to, if p gives the probabilities of the states: in the
// long run, the number of outages in a unit of time when from is up and to is down. If p gives expected times instead, it is the
// expected number of such transitions.
func (c *Chain) Flow(p []float64, from, to Set) float64 {
	var flow total
	for i, v := range p {
		if !from[i] || v == 0 {
			continue
		}
		next, rate := c.Row(i)
		for e, j := range next {
			if to[j] {
				flow.add(float64(v * rate[e]))
			}
		}
	}
	return flow.value()
}

// Reward returns the sum of p times reward, which is not negative, over the states: the mean of what is earned per unit of time if p
// gives probabilities, what is earned in all if it gives expected times.
func Reward(p, reward []float64) float64 {
	var all total
	for i, v := range p {
		all.add(float64(v * reward[i]))
	}
	return all.value()
}
