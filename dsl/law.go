package dsl

import (
	"math/big"
	"slices"
	"strings"

	"nines/dsl/syntax"
	"nines/model/dist"
)

// lawForm is one way to write a law: its arguments in order, each a label
// and what it wants.
type lawForm struct {
	name string
	args []argForm
	make func(a []float64) (dist.Law, error)
}

type argForm struct {
	label string // "" for an argument that stands alone
	dim   dimension
}

var (
	aShape  = argForm{"shape", number}
	aSigma  = argForm{"sigma", number}
	aCV     = argForm{"cv", number}
	aStages = argForm{"", number}
	aMean   = argForm{"mean", duration}
	aScale  = argForm{"scale", duration}
	aMedian = argForm{"median", duration}
	aTime   = argForm{"", duration}
)

// lawForms lists the laws of two arguments or so; hyperexponential and
// empirical are read apart.
func lawForms() []lawForm {
	two := func(f func(x, y float64) (dist.Law, error)) func([]float64) (dist.Law, error) {
		return func(a []float64) (dist.Law, error) { return f(a[0], a[1]) }
	}
	return []lawForm{
		{"exponential", []argForm{aMean}, func(a []float64) (dist.Law, error) { return dist.NewExponential(a[0]) }},
		{"fixed", []argForm{aTime}, func(a []float64) (dist.Law, error) { return dist.NewFixed(a[0]) }},
		{"uniform", []argForm{aTime, aTime}, two(dist.NewUniform)},
		{"triangular", []argForm{aTime, aTime, aTime}, func(a []float64) (dist.Law, error) { return dist.NewTriangular(a[0], a[1], a[2]) }},
		{"weibull", []argForm{aShape, aMean}, two(dist.NewWeibullMean)},
		{"weibull", []argForm{aShape, aScale}, two(dist.NewWeibull)},
		{"lognormal", []argForm{aMedian, aSigma}, two(dist.NewLognormal)},
		{"lognormal", []argForm{aMedian, aCV}, two(dist.NewLognormalCV)},
		{"lognormal", []argForm{aMean, aSigma}, two(dist.NewLognormalMean)},
		{"lognormal", []argForm{aMean, aCV}, two(dist.NewLognormalMeanCV)},
		{"gamma", []argForm{aShape, aMean}, two(dist.NewGammaMean)},
		{"gamma", []argForm{aShape, aScale}, two(dist.NewGamma)},
		{"erlang", []argForm{aStages, aMean}, func(a []float64) (dist.Law, error) { return dist.NewErlang(int(a[0]), a[1]) }},
	}
}

// lawUsage shows how a law is written.
func lawUsage(name string) string {
	switch name {
	case "exponential":
		return "exponential(mean D)"
	case "fixed":
		return "fixed(D)"
	case "uniform":
		return "uniform(D, D)"
	case "triangular":
		return "triangular(D, D, D)"
	case "lognormal":
		return "lognormal(median D | mean D, sigma N | cv N)"
	case "erlang":
		return "erlang(N, mean D)"
	case "hyperexponential":
		return "hyperexponential(P: D, P: D, ...)"
	case "empirical":
		return `empirical("file.csv")`
	}
	return name + "(shape N, mean D | scale D)"
}

// instant says whether a time may be 0 s.
type instant bool

const (
	lasting instant = false
	maybe0  instant = true
)

// time works out a law: a duration is the mean of an exponential one, and 0 s,
// where it may be, is fixed.
func (v *values) time(t syntax.Time, what string, zero instant) (dist.Law, bool) {
	if l, ok := t.(*syntax.Law); ok {
		return v.law(l, what, zero)
	}
	q, ok := v.want(t, what, duration)
	if !ok {
		return nil, false
	}
	if sign := q.value.Sign(); sign < 0 || sign == 0 && !bool(zero) {
		least := map[instant]string{lasting: "be above 0", maybe0: "not be negative"}[zero]
		v.report.report("E034", t.Extent(), "%s must %s, got %s", what, least, q)
		return nil, false
	}
	mean, ok := v.real(q, t)
	if !ok {
		return nil, false
	}
	if mean == 0 {
		return v.built(dist.NewFixed(0))(t)
	}
	return v.built(dist.NewExponential(mean))(t)
}

// built reports the error of a constructor at the place of the law.
func (v *values) built(law dist.Law, err error) func(syntax.Node) (dist.Law, bool) {
	return func(at syntax.Node) (dist.Law, bool) {
		if err != nil {
			v.report.report("E038", at.Extent(), "%s", err)
		}
		return law, err == nil
	}
}

// frequency is the law of a failure given by its rate.
func (v *values) frequency(q syntax.Quantity, what string) (dist.Law, bool) {
	got, ok := v.want(q, what, rate)
	if !ok {
		return nil, false
	}
	if got.value.Sign() <= 0 {
		v.report.report("E034", q.Extent(), "%s must be above 0, got %s", what, got).
			help("a part that cannot fail has `never fails`")
		return nil, false
	}
	one := quantity{value: big.NewRat(1, 1)}
	mean, ok := v.real(one.over(got), q)
	if !ok {
		return nil, false
	}
	return v.built(dist.NewExponential(mean))(q)
}

func (v *values) law(l *syntax.Law, what string, zero instant) (dist.Law, bool) {
	law, ok := v.shape(l)
	if ok && !bool(zero) && law.Mean() == 0 {
		v.report.report("E034", l.Span, "%s must be above 0, got 0s", what)
		return nil, false
	}
	return law, ok
}

func (v *values) shape(l *syntax.Law) (dist.Law, bool) {
	switch l.Name.Text {
	case "hyperexponential":
		return v.hyperexponential(l)
	case "empirical":
		return v.empirical(l)
	}
	form, ok := v.form(l)
	if !ok {
		return nil, false
	}
	args := make([]float64, len(form.args))
	for i, want := range form.args {
		f, good := v.argument(l, want, i)
		args[i], ok = f, ok && good
	}
	if !ok {
		return nil, false
	}
	return v.built(form.make(args))(l)
}

// form finds the form of the law that has the labels of l.
func (v *values) form(l *syntax.Law) (lawForm, bool) {
	labels := func(n int, label func(i int) string) string {
		list := make([]string, n)
		for i := range list {
			list[i] = label(i)
		}
		slices.Sort(list)
		return strings.Join(list, ", ")
	}
	got := labels(len(l.Args), func(i int) string { return labelOf(l.Args[i]) })
	for _, form := range v.forms {
		if form.name == l.Name.Text && got == labels(len(form.args), func(i int) string { return form.args[i].label }) {
			return form, true
		}
	}
	v.report.report("E038", l.Span, "%s wants other arguments, got %s", l.Name.Text, describeArgs(l)).
		help("write `%s`", lawUsage(l.Name.Text))
	return lawForm{}, false
}

func labelOf(a *syntax.Arg) string {
	switch {
	case a.Label != nil:
		return a.Label.Text
	case a.Share != nil:
		return ":"
	case a.File != nil:
		return `""`
	}
	return ""
}

// describeArgs lists the labels of the arguments of l.
func describeArgs(l *syntax.Law) string {
	words := map[string]string{"": "a value", ":": "a share with a time", `""`: "a file"}
	list := make([]string, len(l.Args))
	for i, a := range l.Args {
		list[i] = labelOf(a)
		if word, ok := words[list[i]]; ok {
			list[i] = word
		} else {
			list[i] = "`" + list[i] + "`"
		}
	}
	return strings.Join(list, ", ")
}

// argument evaluates the argument that want asks for: the one with its label,
// or the one in its place.
func (v *values) argument(l *syntax.Law, want argForm, place int) (float64, bool) {
	arg := l.Args[place]
	if want.label != "" {
		for _, a := range l.Args {
			if labelOf(a) == want.label {
				arg = a
			}
		}
	}
	what := strings.TrimSpace(l.Name.Text + " " + want.label)
	switch want {
	case aStages:
		n, ok := v.whole(arg.Value, "erlang", bounds{1, 1000})
		return float64(n), ok
	case aTime:
		q, ok := v.want(arg.Value, what, duration)
		if !ok {
			return 0, false
		}
		return v.real(q, arg.Value)
	}
	return v.positive(arg.Value, what, want.dim)
}

func (v *values) hyperexponential(l *syntax.Law) (dist.Law, bool) {
	branches, sum, ok := make([]dist.Branch, len(l.Args)), quantity{value: new(big.Rat)}, true
	for i, a := range l.Args {
		if a.Share == nil {
			v.report.report("E038", a.Span, "hyperexponential wants a share before each time").help("write `%s`", lawUsage(l.Name.Text))
			return nil, false
		}
		share, good := v.want(a.Share, "a share", number)
		mean, fine := v.positive(a.Value, "a branch", duration)
		if ok = ok && good && fine; ok {
			sum = sum.plus(share)
			p, _ := share.float()
			branches[i] = dist.Branch{P: p, MeanTime: mean}
		}
	}
	if !ok {
		return nil, false
	}
	if one := big.NewRat(1, 1); sum.value.Cmp(one) != 0 {
		sum.share = true
		v.report.report("E052", l.Span, "the shares of hyperexponential must add up to 100%%, got %s", sum)
		return nil, false
	}
	return v.built(dist.NewHyperexponential(branches))(l)
}
