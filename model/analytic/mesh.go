package analytic

import (
	"math"
	"slices"
	"sort"

	"gonum.org/v1/gonum/integrate/quad"
)

// A mesh divides [0, end] into panels, on each of which a smooth function is
// known by its values at a few nodes: the polynomial through them, in the
// logarithm of time where a panel begins above 0 (barycentric interpolation at
// Chebyshev points: Berrut, Trefethen, SIAM Review 46, 2004).
type mesh struct {
	ends   []float64 // of the panels, from 0
	nodes  []float64 // in (0, 1), the same for each panel
	signs  []float64 // barycentric weights
	points []float64 // of the quadrature, in (0, 1)
	shares []float64
}

const (
	meshNodes  = 14
	meshPoints = 12
	meshRatio  = 4.0 // at most, of the end of a panel to its begin
	mostPanels = 160
)

// newMesh has panels that end at each of some times, nowhere longer than widest;
// nil if they are too many.
func newMesh(end, widest float64, breaks []float64) *mesh {
	m := &mesh{ends: panels(end, meshRatio, widest, breaks)}
	if len(m.ends) > mostPanels {
		return nil
	}
	m.points, m.shares = legendre(meshPoints)
	for j := range meshNodes {
		angle := (2*float64(j) + 1) * math.Pi / (2 * meshNodes)
		m.nodes = append(m.nodes, (1-math.Cos(angle))/2)
		m.signs = append(m.signs, math.Sin(angle)*float64(1-2*(j%2)))
	}
	return m
}

// panels divides [0, end] at some times and further, so that no panel is longer
// than widest nor, but for the first, than its begin times ratio - 1. It stops at
// mostPanels.
func panels(end, ratio, widest float64, breaks []float64) []float64 {
	ends := []float64{0}
	breaks = append(slices.Clone(breaks), end)
	slices.Sort(breaks)
	for _, b := range breaks {
		from := ends[len(ends)-1]
		if b > end || b <= from*(1+1e-9) || b < 1e-18*end {
			continue
		}
		for next := min(from*ratio, from+widest); from > 0 && next*(1+1e-9) < b && len(ends) <= mostPanels; next = min(from*ratio, from+widest) {
			ends = append(ends, next)
			from = next
		}
		ends = append(ends, b)
	}
	return ends
}

// legendre gives the points of the Gauss-Legendre quadrature over [0, 1], in
// increasing order, and their weights.
func legendre(n int) (points, weights []float64) {
	points, weights = make([]float64, n), make([]float64, n)
	quad.Legendre{}.FixedLocations(points, weights, 0, 1)
	slices.Reverse(points)
	slices.Reverse(weights)
	return points, weights
}

// time of a place of a panel, from 0 to 1.
func (m *mesh) time(panel int, place float64) float64 {
	a, b := m.ends[panel], m.ends[panel+1]
	if a == 0 {
		return place * b
	}
	return a * math.Exp(place*math.Log(b/a))
}

// locate gives the panel of a time and its place there.
func (m *mesh) locate(t float64) (panel int, place float64) {
	panel = min(max(sort.SearchFloat64s(m.ends, t)-1, 0), len(m.ends)-2)
	a, b := m.ends[panel], m.ends[panel+1]
	if a == 0 {
		return panel, t / b
	}
	return panel, math.Log(t/a) / math.Log(b/a)
}

// weigh gives the weights of the nodes for the value at a place of a panel.
func (m *mesh) weigh(place float64, dst *[meshNodes]float64) {
	sum := 0.0
	for j, x := range m.nodes {
		if place == x {
			*dst = [meshNodes]float64{}
			dst[j] = 1
			return
		}
		dst[j] = m.signs[j] / (place - x)
		sum += dst[j]
	}
	for j := range dst {
		dst[j] /= sum
	}
}

// A table holds the values of a function at the nodes of the panels.
type table struct {
	*mesh
	values [][meshNodes]float64
}

// tabulate evaluates a function at the nodes.
func (m *mesh) tabulate(f func(t float64) float64) *table {
	tab := &table{mesh: m, values: make([][meshNodes]float64, len(m.ends)-1)}
	for p := range tab.values {
		for j, x := range m.nodes {
			tab.values[p][j] = f(m.time(p, x))
		}
	}
	return tab
}

func (tab *table) at(t float64) float64 {
	panel, place := tab.locate(t)
	var w [meshNodes]float64
	tab.weigh(place, &w)
	sum := 0.0
	for j, v := range tab.values[panel] {
		sum += w[j] * v
	}
	return sum
}

// fold calls visit for the points of a quadrature of integrals over u from 0 to
// t of functions of u and of t-u that are smooth on the panels.
func (m *mesh) fold(t float64, visit func(u, rest, share float64)) {
	var early, late []float64 // ends of pieces, by u up to t/2 and by t-u from there
	for _, end := range m.ends {
		switch {
		case end <= t/2:
			early, late = append(early, end), append(late, end)
		case end < t:
			early, late = append(early, t-end), append(late, t-end)
		}
	}
	for _, side := range [...]struct {
		ends     []float64
		mirrored bool
	}{{early, false}, {late, true}} {
		ends := append(side.ends, t/2)
		slices.Sort(ends)
		for i := range len(ends) - 1 {
			a, b := ends[i], ends[i+1]
			if b-a <= 1e-15*t {
				continue
			}
			for k, x := range m.points {
				near := a + (b-a)*x
				if side.mirrored {
					visit(t-near, near, (b-a)*m.shares[k])
				} else {
					visit(near, t-near, (b-a)*m.shares[k])
				}
			}
		}
	}
}

// convolve integrates f(u) g(t-u) over u from 0 to t.
func (m *mesh) convolve(t float64, f, g func(float64) float64) float64 {
	sum := 0.0
	m.fold(t, func(u, rest, share float64) { sum += share * f(u) * g(rest) })
	return sum
}
