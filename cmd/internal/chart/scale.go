package chart

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// A Quantity is what an axis measures.
type Quantity uint8

const (
	Number Quantity = iota
	Share           // of a whole, from 0 to 1, in percent
	Time            // in seconds
	Down            // an unavailability, shown as the availability on an axis of nines
)

// An Axis says what is measured along a side of a chart. Log gives equal
// ratios equal space; an axis of nines always does so with what is missing, and
// PerYear says beside it what that means in time a year.
type Axis struct {
	Label   string
	Of      Quantity
	Log     bool
	PerYear bool
	Whole   bool // only whole numbers make sense
}

// place maps a value to the plane of the chart, to NaN where it has no place:
// 0 on a scale of ratios, and 100 % on one of nines.
func (a *Axis) place(x float64) float64 {
	switch {
	case a.Of == Down:
		x = -math.Log10(x) + 0
	case a.Log:
		x = math.Log10(x)
	}
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

// span is a stretch of an axis, in its plane.
type span struct{ low, high float64 }

// empty takes in nothing yet.
func empty() span { return span{math.Inf(1), math.Inf(-1)} }

func (s *span) take(x float64) {
	if !math.IsNaN(x) {
		s.low, s.high = min(s.low, x), max(s.high, x)
	}
}

// padded leaves some room at both ends, and does not let the span be empty.
func (s span) padded(share float64) span {
	if s.low > s.high {
		return span{0, 1}
	}
	room := share * (s.high - s.low)
	if room == 0 {
		room = max(math.Abs(s.high)*0.05, 1e-3)
	}
	return span{s.low - room, s.high + room}
}

// ticks marks round values of the axis within s, about as many as wanted with
// a label, and says in which unit the labels are, "" for none.
func (a *Axis) ticks(s span, wanted int) (list []plot.Tick, unit string) {
	list, unit = a.marks(s, wanted)
	slices.SortFunc(list, func(s, t plot.Tick) int { return cmp.Compare(s.Value, t.Value) })
	return list, unit
}

func (a *Axis) marks(s span, wanted int) (list []plot.Tick, unit string) {
	switch {
	case a.Of == Down:
		return ninesTicks(s, wanted), ""
	case a.Of == Time && a.Log:
		return logTimes(s, wanted), ""
	case a.Of == Time:
		return times(s, wanted)
	case a.Log:
		return decades(s, wanted), ""
	case a.Of == Share:
		return shares(s, wanted), ""
	}
	if a.Whole {
		wanted = min(wanted, max(1, int(s.high-s.low)))
	}
	return numbers(s, wanted), ""
}

// spread takes the labels away that would touch others on an axis so long. The
// shortest stay, since they are the roundest; room is what a label takes.
func spread(list []plot.Tick, s span, length vg.Length, room func(label string) vg.Length) {
	at := func(i int) vg.Length { return length * vg.Length((list[i].Value-s.low)/(s.high-s.low)) }
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Compare(utf8.RuneCountInString(list[i].Label), utf8.RuneCountInString(list[j].Label))
	})
	var kept []int
	for _, i := range order {
		touches := func(j int) bool {
			return math.Abs(float64(at(i)-at(j))) < float64(room(list[i].Label)+room(list[j].Label))/2
		}
		switch {
		case list[i].Label == "":
		case slices.ContainsFunc(kept, touches):
			list[i].Label = ""
		default:
			kept = append(kept, i)
		}
	}
}

// across and upward are the room of labels side by side, and above each other.
func across(label string) vg.Length { return Type{labelSize, false, nil}.Width(label) + gap }

func upward(string) vg.Length { return labelSize * leading }

// within keeps the ticks of s, rounding errors allowed for.
func within(s span, list []plot.Tick) []plot.Tick {
	slack := 1e-9 * (s.high - s.low)
	var kept []plot.Tick
	for _, t := range list {
		if t.Value >= s.low-slack && t.Value <= s.high+slack {
			kept = append(kept, t)
		}
	}
	return kept
}

// labelled counts the ticks with a label.
func labelled(list []plot.Tick) int {
	n := 0
	for _, t := range list {
		if t.Label != "" {
			n++
		}
	}
	return n
}

// niceStep is the least of 1, 2 and 5 times a power of ten that divides a
// length into so many pieces at most.
func niceStep(length float64, pieces int) (step float64, power int) {
	least := length / float64(pieces)
	power = int(math.Floor(math.Log10(least)))
	for {
		for _, m := range []float64{1, 2, 5} {
			if step = m * math.Pow10(power); step >= least*(1-1e-9) {
				return step, power
			}
		}
		power++
	}
}

// multiples of step within s.
func multiples(s span, step float64) []float64 {
	var list []float64
	for i := math.Ceil(s.low/step - 1e-9); i*step <= s.high+1e-9*step; i++ {
		list = append(list, i*step)
	}
	return list
}

// numbers marks multiples of a round step.
func numbers(s span, wanted int) []plot.Tick {
	step, power := niceStep(s.high-s.low, wanted)
	var list []plot.Tick
	for _, x := range multiples(s, step) {
		list = append(list, plot.Tick{Value: x, Label: plain(x, max(0, -power))})
	}
	return list
}

// shares marks multiples of a round share.
func shares(s span, wanted int) []plot.Tick {
	step, power := niceStep(100*(s.high-s.low), wanted)
	var list []plot.Tick
	for _, x := range multiples(span{100 * s.low, 100 * s.high}, step) {
		list = append(list, plot.Tick{Value: x / 100, Label: plain(x, max(0, -power)) + " %"})
	}
	return list
}

// decades marks powers of ten, and twice and five times them where there are
// few; s is in logarithms.
func decades(s span, wanted int) []plot.Tick {
	if s.high-s.low < 0.5 {
		return linearOnLog(s, wanted, func(x float64) string { return short(x) })
	}
	every := int(math.Ceil((s.high - s.low) / float64(wanted)))
	var list []plot.Tick
	for e := int(math.Floor(s.low)); e <= int(math.Ceil(s.high)); e++ {
		for m := 1.0; m <= 9; m++ {
			t := plot.Tick{Value: float64(e) + math.Log10(m)}
			if m == 1 && e%every == 0 || (m == 2 || m == 5) && s.high-s.low < 2.5 {
				t.Label = short(m * math.Pow10(e))
			}
			list = append(list, t)
		}
	}
	return within(s, list)
}

// linearOnLog marks multiples of a round step on a scale of ratios that spans
// less than one.
func linearOnLog(s span, wanted int, label func(float64) string) []plot.Tick {
	values := span{math.Pow(10, s.low), math.Pow(10, s.high)}
	step, _ := niceStep(values.high-values.low, wanted)
	var list []plot.Tick
	for _, x := range multiples(values, step) {
		list = append(list, plot.Tick{Value: math.Log10(x), Label: label(x)})
	}
	return list
}
