package dist

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// parseLaw makes a law of a name and its parameters: "weibull 2 1000".
func parseLaw(t *testing.T, text string) Law {
	t.Helper()
	words := strings.Fields(text)
	var v []float64
	for _, w := range words[1:] {
		v = append(v, parseFloat(t, w))
	}
	var l Law
	var err error
	switch words[0] {
	case "exponential":
		l, err = NewExponential(v[0])
	case "fixed":
		l, err = NewFixed(v[0])
	case "uniform":
		l, err = NewUniform(v[0], v[1])
	case "triangular":
		l, err = NewTriangular(v[0], v[1], v[2])
	case "weibull":
		l, err = NewWeibull(v[0], v[1])
	case "lognormal":
		l, err = NewLognormal(v[0], v[1])
	case "gamma":
		l, err = NewGamma(v[0], v[1])
	case "erlang":
		l, err = NewErlang(int(v[0]), v[1])
	case "hyperexponential":
		var branches []Branch
		for ; len(v) > 1; v = v[2:] {
			branches = append(branches, Branch{v[0], v[1]})
		}
		l, err = NewHyperexponential(branches)
	case "empirical":
		l, err = NewEmpirical(v)
	default:
		err = fmt.Errorf("no law %q", words[0])
	}
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return l
}

func parseFloat(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// records reads the lines of a data file, cut at the bars.
func records(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all [][]string
	for s := bufio.NewScanner(file); s.Scan(); {
		if line := s.Text(); line != "" && line[0] != '#' {
			all = append(all, strings.Split(line, "|"))
		}
	}
	return all
}

// off returns the relative deviation of got from want; values of which less
// than 1e-300 is wanted may be off by so much.
func off(got, want float64) float64 {
	if got == want {
		return 0
	}
	if math.Abs(want) < 1e-300 && math.Abs(got) < 1.01e-300 {
		return 0
	}
	d := math.Abs(got-want) / math.Abs(want)
	if math.IsNaN(d) {
		return math.Inf(1)
	}
	return d
}

func TestValues(t *testing.T) {
	for _, r := range records(t, "values.txt") {
		l, at := parseLaw(t, r[0]), parseFloat(t, r[1])
		got := []float64{l.CDF(at), l.Survival(at), l.LogSurvival(at), l.Density(at), l.Hazard(at)}
		for i, name := range []string{"CDF", "Survival", "LogSurvival", "Density", "Hazard"} {
			want := parseFloat(t, r[i+2])
			if d := off(got[i], want); d > 1e-12 {
				t.Errorf("%s %s(%g) = %g, want %g, off by %.2g", r[0], name, at, got[i], want, d)
			}
		}
	}
}

func TestQuantiles(t *testing.T) {
	for _, r := range records(t, "quantiles.txt") {
		l, p, want := parseLaw(t, r[0]), parseFloat(t, r[2]), parseFloat(t, r[3])
		quantile := l.Quantile
		if strings.TrimSpace(r[1]) == "survivalquantile" {
			quantile = l.SurvivalQuantile
		}
		if d := off(quantile(p), want); d > 1e-13 {
			t.Errorf("%s%s(%g) = %g, want %g, off by %.2g", r[0], r[1], p, quantile(p), want, d)
		}
	}
}
