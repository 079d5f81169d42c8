package montecarlo

// Moments are the means and the products of the figures of runs. They are
// updated and merged by the formulas of Welford and of Chan, Golub and LeVeque
// (1983), so that figures that are all alike have a variance of exactly 0.
type moments struct {
	runs float64
	mean vector
	co   [figures]vector // sums of products of deviations from the mean; upper half
	peak vector          // the greatest
	hits [figures]int    // runs in which the figure is not 0
	less [figures]int    // runs in which it is less than the length of the run
}

func (m *moments) add(x *vector) {
	m.runs++
	var off, moved vector
	for i := range x {
		off[i] = x[i] - m.mean[i]
		m.mean[i] += off[i] / m.runs
		moved[i] = x[i] - m.mean[i]
		m.peak[i] = max(m.peak[i], x[i])
		if x[i] != 0 {
			m.hits[i]++
		}
		if x[i] < x[length] {
			m.less[i]++
		}
	}
	for i := range off {
		if off[i] == 0 {
			continue
		}
		for j := i; j < figures; j++ {
			m.co[i][j] += off[i] * moved[j]
		}
	}
}

// merge adds the runs of other.
func (m *moments) merge(other *moments) {
	if other.runs == 0 {
		return
	}
	runs := m.runs + other.runs
	var off vector
	for i := range off {
		off[i] = other.mean[i] - m.mean[i]
		m.mean[i] += off[i] * (other.runs / runs)
		m.peak[i] = max(m.peak[i], other.peak[i])
		m.hits[i] += other.hits[i]
		m.less[i] += other.less[i]
	}
	for i := range off {
		for j := i; j < figures; j++ {
			m.co[i][j] += other.co[i][j] + off[i]*off[j]*(m.runs*other.runs/runs)
		}
	}
	m.runs = runs
}

// of is the mean of a combination of figures.
func (m *moments) of(c *vector) float64 {
	total := 0.0
	for i := range c {
		total += c[i] * m.mean[i]
	}
	return total
}

// variance of the mean of a combination of figures.
func (m *moments) variance(c *vector) float64 {
	total := 0.0
	for i := range c {
		total += c[i] * c[i] * m.co[i][i]
		for j := i + 1; j < figures; j++ {
			total += 2 * c[i] * c[j] * m.co[i][j]
		}
	}
	return max(0, total/m.runs/(m.runs-1))
}

// logVariance is the variance of log(a/b) for the means of two combinations,
// by the delta method.
func (m *moments) logVariance(a, b *vector) float64 {
	var c vector
	overA, overB := m.of(a), m.of(b)
	for i := range c {
		c[i] = a[i]/overA - b[i]/overB
	}
	return m.variance(&c)
}
