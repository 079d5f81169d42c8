package cmd

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nines/dsl"
)

// A vary is a param and the values that it takes in turn, as they are written.
type vary struct {
	name   string
	values []string
	log    bool // they are a range by equal ratios
}

// varies are those of a sweep.
type varies []vary

// Bounds of a sweep.
const (
	mostVaries = 2
	mostValues = 1000
	fewValues  = 20 // of a range that is not one of whole numbers
	wholeSteps = 100
)

const varyHint = "write it like --vary pods=1..8, detect=1s..5m:log:20 or zones=1,2,3"

func (v *varies) String() string {
	var names []string
	for _, one := range *v {
		names = append(names, one.name+"="+strings.Join(one.values, ","))
	}
	return strings.Join(names, " ")
}

func (v *varies) Type() string { return "name=values" }

func (v *varies) Set(s string) error {
	name, list, found := strings.Cut(s, "=")
	name = strings.TrimSpace(name)
	switch {
	case !found || name == "":
		return wrong(varyHint, "want name=values")
	case len(*v) == mostVaries:
		return wrong("--set NAME=VALUE gives the others one value", "at most %d params can be varied", mostVaries)
	case slices.ContainsFunc(*v, func(one vary) bool { return one.name == name }):
		return wrong("give all its values at once", "%s is varied twice", name)
	}
	one := vary{name: name}
	for _, item := range strings.Split(list, ",") {
		values, log, err := readRange(strings.TrimSpace(item))
		if err != nil {
			return err
		}
		one.log = one.log || log
		one.values = append(one.values, values...)
	}
	if len(one.values) > mostValues {
		return wrong("ask for fewer, as in :20", "%d values, at most %d", len(one.values), mostValues)
	}
	*v = append(*v, one)
	return nil
}

// readRange reads one value, or FROM..TO with :log and a number of values.
func readRange(text string) (values []string, log bool, err error) {
	ends, options, _ := strings.Cut(text, ":")
	from, to, isRange := strings.Cut(ends, "..")
	if !isRange {
		if text == "" || ends != text {
			return nil, false, wrong(varyHint, "want a value or a range, got %q", text)
		}
		return []string{text}, false, nil
	}
	count := 0
	for _, option := range strings.FieldsFunc(options, func(r rune) bool { return r == ':' }) {
		n, bad := strconv.Atoi(option)
		switch {
		case option == "log":
			log = true
		case option == "lin":
		case bad != nil || n < 2 || n > mostValues:
			return nil, false, wrong(varyHint, "want log, lin or a number of values from 2 to %d, got %s", mostValues, option)
		default:
			count = n
		}
	}
	values, err = spread(strings.TrimSpace(from), strings.TrimSpace(to), count, log)
	return values, log, err
}

// literal is a number and its unit.
var literal = regexp.MustCompile(`^([0-9.]+(?:[eE][+-]?[0-9]+)?)(\s*[^0-9.].*)?$`)

// spread lists count values from one quantity to another, both included. 0
// leaves the count to us: every whole number if there are few.
func spread(from, to string, count int, log bool) ([]string, error) {
	low, high, written, err := readEnds(from, to)
	if err != nil {
		return nil, err
	}
	if log && min(low, high) <= 0 {
		return nil, wrong("start above zero", "a range by equal ratios from %s to %s has no end", from, to)
	}
	whole := low == math.Trunc(low) && high == math.Trunc(high) && written(1) == "1"
	if steps := math.Abs(high - low); count == 0 && whole && !log && steps <= wholeSteps {
		count = int(steps) + 1
	} else if count == 0 {
		count = fewValues
	}
	list := []string{from}
	for i := 1; i < count-1; i++ {
		share := float64(i) / float64(count-1)
		x := low + share*(high-low)
		if log {
			x = low * math.Pow(high/low, share)
		}
		if log && whole {
			x = math.Round(x)
		}
		list = append(list, written(x))
	}
	return slices.Compact(append(list, to)), nil
}

// rounded keeps four digits of what is no whole number, so that what is shown
// is what was evaluated.
func rounded(x float64) float64 {
	if x == math.Trunc(x) {
		return x
	}
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 4, 64), 64)
	if err != nil {
		panic(err)
	}
	return y
}

// readEnds gives the ends of a range as numbers of one unit, and how numbers
// between them are written.
func readEnds(from, to string) (low, high float64, written func(float64) string, err error) {
	a, b := literal.FindStringSubmatch(from), literal.FindStringSubmatch(to)
	if a == nil || b == nil {
		return 0, 0, nil, wrong(varyHint, "want a range of quantities, got %s..%s", from, to)
	}
	if a[2] == b[2] {
		low, badLow := strconv.ParseFloat(a[1], 64)
		high, badHigh := strconv.ParseFloat(b[1], 64)
		if badLow != nil || badHigh != nil {
			return 0, 0, nil, wrong(varyHint, "want a range of quantities, got %s..%s", from, to)
		}
		return low, high, func(x float64) string { return strconv.FormatFloat(rounded(x), 'g', -1, 64) + a[2] }, nil
	}
	low, badLow := dsl.Duration(from)
	high, badHigh := dsl.Duration(to)
	if badLow != nil || badHigh != nil {
		return 0, 0, nil, wrong("give both the same unit", "%s and %s are not of one kind", from, to)
	}
	return low, high, inLargest, nil
}

// inLargest writes a duration in the largest unit that it is one of at least.
func inLargest(seconds float64) string {
	for _, u := range []struct {
		name    string
		seconds float64
	}{{"d", 86400}, {"h", 3600}, {"m", 60}, {"s", 1}, {"ms", 1e-3}} {
		if seconds >= u.seconds {
			return fmt.Sprintf("%g%s", rounded(seconds/u.seconds), u.name)
		}
	}
	return fmt.Sprintf("%gs", seconds)
}
