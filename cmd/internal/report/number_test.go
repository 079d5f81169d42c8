package report

import (
	"math"
	"testing"

	"nines/model"
)

func TestShare(t *testing.T) {
	tests := []struct {
		p, q float64
		want string
	}{
		{0.999426, 5.74e-4, "99.9426 %"},
		{0.9995, 5e-4, "99.9500 %"},
		{1 - 3.58e-7, 3.58e-7, "99.9999642 %"},
		{1, 5.25e-19, "1 - 5.25e-19"},
		{5.25e-19, 1, "5.25e-19"},
		{0.0468206, 0.9531794, "4.68 %"},
		{0.5, 0.5, "50.0 %"},
		{1, 0, "100 %"},
		{0, 1, "0 %"},
		{1 - 9.9996e-4, 9.9996e-4, "99.900 %"},
		{1, 1e-300, "1 - 1.00e-300"},
	}
	for _, test := range tests {
		if got := Share(model.Prob{P: test.p, Q: test.q}); got != test.want {
			t.Errorf("Share(%g, %g) = %q, want %q", test.p, test.q, got, test.want)
		}
	}
}

func TestDuration(t *testing.T) {
	tests := []struct {
		seconds float64
		want    string
	}{
		{0, "0 s"},
		{1e-12, "1.00e-12 s"},
		{3600.000000000001, "1 h"},
		{2e-9, "2 ns"},
		{1.5e-6, "1.50 µs"},
		{0.0432, "43.2 ms"},
		{1, "1 s"},
		{12.34, "12.3 s"},
		{59.99, "60.0 s"},
		{60, "1 m"},
		{302, "5 m 02 s"},
		{1314.6, "21 m 55 s"},
		{3599.7, "1 h"},
		{3600, "1 h"},
		{3600.4, "1 h 00 m"},
		{18101.97, "5 h 02 m"},
		{86399, "1 d"},
		{90 * 86400, "90 d"},
		{10301094.5, "119 d 05 h"},
		{364.999 * 86400, "1 y"},
		{model.Year, "1 y"},
		{1.5 * model.Year, "1.50 y"},
		{317.2 * model.Year, "317 y"},
		{1.234e9 * model.Year, "1.23e9 y"},
		{math.MaxFloat64, "5.70e300 y"},
	}
	for _, test := range tests {
		if got := Duration(test.seconds); got != test.want {
			t.Errorf("Duration(%g) = %q, want %q", test.seconds, got, test.want)
		}
	}
}

func TestNumber(t *testing.T) {
	tests := []struct {
		x    float64
		want string
	}{
		{0, "0"}, {25.3238, "25.3"}, {0.013639, "0.0136"}, {1234.5, "1234"}, {99949, "99949"}, {99999, "1.00e5"}, {123456, "1.23e5"}, {1234567, "1.23e6"},
		{1.2e-5, "1.20e-5"}, {0.99996, "1.00"}, {1e-300, "1.00e-300"}, {0.001, "0.00100"},
	}
	for _, test := range tests {
		if got := Number(test.x); got != test.want {
			t.Errorf("Number(%g) = %q, want %q", test.x, got, test.want)
		}
	}
}

func TestInterval(t *testing.T) {
	tests := []struct {
		x, low, high float64
		want         string
	}{
		{99.9426, 99.9405, 99.9447, "99.9426 ± 0.0021"},
		{5.03, 4.84, 5.22, "5.03 ± 0.19"},
		{5.03, 4.8, 6.1, "4.8 – 6.1"},
		{5, 5, 5, "5.00"},
		{3.58e-10, 3.46e-10, 3.70e-10, "(3.58 ± 0.12)e-10"},
		{3e-10, 1e-10, 9e-10, "1.0e-10 – 9.0e-10"},
		{1.234e9, 1.2e9, 1.268e9, "(1.234 ± 0.034)e9"},
		{1234, 1000, 1468, "1234 ± 234"},
	}
	for _, test := range tests {
		if got := interval(test.x, test.low, test.high); got != test.want {
			t.Errorf("interval(%g, %g, %g) = %q, want %q", test.x, test.low, test.high, got, test.want)
		}
	}
}

func TestPeriod(t *testing.T) {
	tests := []struct {
		seconds float64
		want    string
	}{
		{model.Year, "1 y"}, {5000 * 3600, "5000 h"}, {30 * 86400, "30 d"}, {5400, "90 m"}, {0.2, "200 ms"}, {math.Pi, "3.14 s"}, {1e-9, "1 ns"},
	}
	for _, test := range tests {
		if got := Period(test.seconds); got != test.want {
			t.Errorf("Period(%g) = %q, want %q", test.seconds, got, test.want)
		}
	}
}

// A figure says no more than is known of it.
func TestFigure(t *testing.T) {
	exact := func(m model.Measure, x float64) model.Value {
		return model.Value{Measure: m, Value: x, Method: model.Exact}
	}
	within := func(m model.Measure, x, low, high float64) model.Value {
		return model.Value{Measure: m, Value: x, Method: model.Simulated, Bounded: true, Low: low, High: high}
	}
	between := func(m model.Measure, low, high float64) model.Value {
		return model.Value{Measure: m, Value: (low + high) / 2, Method: model.Approximate, Bounded: true, Low: low, High: high}
	}
	tests := []struct {
		want   string
		values []model.Value // the first is shown
	}{
		{"99.9426 %", []model.Value{exact(model.Availability, 0.999426)}},
		{"1 - 5.25e-19", []model.Value{exact(model.Availability, 1), exact(model.Unavailability, 5.25e-19)}},
		{"100 %", []model.Value{exact(model.Availability, 1), exact(model.Unavailability, 0)}},
		{"> 1 - 1e-13", []model.Value{exact(model.Served, 1), exact(model.Unavailability, 5.25e-19)}},
		{"> 1 - 1e-13", []model.Value{exact(model.Reliability, 1)}},
		{"100 %", []model.Value{exact(model.Reliability, 1), exact(model.Unavailability, 0)}},
		{"> 99.9999880 %", []model.Value{within(model.Availability, 1, 1-1.2e-7, 1), within(model.Unavailability, 0, 0, 1.2e-7)}},
		{"1 - (3.58 ± 0.12)e-10", []model.Value{within(model.Availability, 1, 1, 1), within(model.Unavailability, 3.58e-10, 3.46e-10, 3.7e-10)}},
		{"99.9426 ± 0.0021 %", []model.Value{within(model.Availability, 0.999426, 0.999405, 0.999447), within(model.Unavailability, 5.74e-4, 5.53e-4, 5.95e-4)}},
		{"0.0416 %", []model.Value{exact(model.WrongShare, 4.16e-4)}},
		{"1.29e-7", []model.Value{exact(model.WrongShare, 1.29e-7)}},
		{"0 %", []model.Value{exact(model.WrongShare, 0)}},
		{"< 1.2e-7", []model.Value{within(model.WrongShare, 0, 0, 1.2e-7)}},
		{"< 1.20 %", []model.Value{within(model.WrongShare, 0, 0, 0.012)}},
		{"5.03 ± 0.18 h", []model.Value{within(model.Downtime, 18101, 17453, 18749)}},
		{"< 3.80 s", []model.Value{within(model.Downtime, 0, 0, 3.8)}},
		{"3.24", []model.Value{exact(model.Nines, 3.2411)}},
		{"6.45", []model.Value{within(model.Nines, 6.4473, 6.4433, 6.4513)}},
		{"6.4", []model.Value{within(model.Nines, 6.4473, 6.41, 6.48)}},
		{"6", []model.Value{within(model.Nines, 6.4473, 6.1, 6.9)}},
		{"> 6.90", []model.Value{within(model.Nines, 6.9, 6.9, math.Inf(1))}},
		{"> 2 y", []model.Value{within(model.MTBF, 2*model.Year, 2*model.Year, math.Inf(1))}},
		{"> 99.840 %", []model.Value{within(model.PointAvailability, 0.9984, 0.9984, 1)}},
		{"< 7.10e-7", []model.Value{within(model.Availability, 7.1e-7, 0, 7.1e-7), within(model.Unavailability, 1-7.1e-7, 1-7.1e-7, 1)}},
		{"41 d 15 h", []model.Value{within(model.MTTF, 3596400, 3596400-1e-6, 3596400+1e-6)}},
		{"8.76", []model.Value{within(model.Outages, 8.76, 8.76-1e-12, 8.76+1e-12)}},
		{"< 22", []model.Value{within(model.Outages, 22, 0, 22)}},
		{"≈ 50.00 ± 0.50 %", []model.Value{between(model.Reliability, 0.495, 0.505)}},
		{"≈ 97.85 % – 99.999999600 %", []model.Value{between(model.Availability, 0.9785, 1-4e-9), between(model.Unavailability, 4e-9, 0.0215)}},
		{"≈ 1.67 – 8.40", []model.Value{between(model.Nines, 1.667, 8.397)}},
		{"≈ 0 s – 7 d 20 h", []model.Value{between(model.Downtime, 0, 678226)}},
		{"≈ 1.00e-5 – 0.100", []model.Value{between(model.Unavailability, 1e-5, 0.1)}},
		{"", []model.Value{exact(model.Nines, math.Inf(1))}},
		{"", []model.Value{exact(model.MTTF, math.NaN())}},
	}
	for _, test := range tests {
		r := model.Result{Values: test.values}
		if got := figure(&r, test.values[0].Measure); got != test.want {
			t.Errorf("%+v: got %q, want %q", test.values[0], got, test.want)
		}
	}
}
