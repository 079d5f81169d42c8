package cmd

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"nines/cmd/internal/chart"
	"nines/cmd/internal/report"
	"nines/dsl"
	"nines/model"
	"nines/model/analytic"
)

type sweepFlags struct {
	modelFlags
	outputFlags
	limitFlags
	vary     varies
	measures words
	picture  pictureFlags
}

// mostPoints is how many points a sweep may have.
const mostPoints = 10_000

func (p *program) sweepCommand() *cobra.Command {
	var f sweepFlags
	for _, m := range model.Measures() {
		f.measures.among = append(f.measures.among, string(m))
	}
	c := &cobra.Command{
		Use:   "sweep FILE",
		Short: "Measures over values of one or two params",
		Long: `sweep evaluates a model for one value of a param after the other, or for all pairs
of values of two. Values are a list, or a range with :log for equal ratios and a
number of values:
  pods=1..8   pods=2,4,8   detect=1s..5m:log:20   share=50%..99%:10

The file is read once; parts that interact and have the same rates at several points,
as those that the param leaves as they are, are solved once; and of the measures only
those that are shown are worked out. The values are those of nines eval, to the last
digit.`,
		Example: `  nines sweep shop.nines --vary pods=1..8
  nines sweep shop.nines --vary detect=1s..5m:log:20 --measure availability --plot detect.svg
  nines sweep shop.nines --vary pods=2..6 --vary zones=1..3 --system checkout --format csv`,
		Args:              oneModel,
		ValidArgsFunction: completeFile,
		RunE:              func(_ *cobra.Command, args []string) error { return p.sweep(args, &f) },
	}
	f.modelFlags.bind(c)
	flags := c.Flags()
	flags.Var(&f.vary, "vary", "`NAME=VALUES` of a param (once or twice)")
	flags.Var(&f.measures, "measure", "show `MEASURES`: "+strings.Join(f.measures.among, ",")+" (default availability,nines,downtime)")
	flags.StringVar(&f.picture.file, "plot", "", "also draw the first measure to `FILE`.svg, .png or .pdf")
	f.picture.bindLook(c)
	f.limitFlags.bind(c)
	f.outputFlags.bind(c, new(report.Sweep).Formats()...)
	return c
}

func (p *program) sweep(files []string, f *sweepFlags) error {
	start := time.Now()
	if err := cmp.Or(f.check(), f.spares(files), f.ready(files)); err != nil {
		return err
	}
	s, err := p.swept(files, f)
	if err != nil {
		return err
	}
	ctx, stop := f.limited(start)
	defer stop()
	if err := p.evaluated(ctx, s, f); err != nil {
		return p.refused(because(ctx, err), f.hint())
	}
	if f.picture.file != "" {
		if err := p.draw(report.SweepChart(s), &f.picture); err != nil {
			return err
		}
	}
	return p.write(f.file, func(w io.Writer, look report.Look) error { return s.Write(w, f.format.value, look) })
}

// ready checks the flags that belong together.
func (f *sweepFlags) ready(files []string) error {
	points := 1
	for _, v := range f.vary {
		points *= len(v.values)
	}
	switch {
	case len(f.vary) == 0:
		return wrong(varyHint, "nines sweep wants a param to vary")
	case points > mostPoints:
		return wrong("ask for fewer values, as in :20", "%d points, at most %d", points, mostPoints)
	}
	if f.measures.chosen == nil {
		f.measures.chosen = []string{string(model.Availability), string(model.Nines), string(model.Downtime)}
	}
	if f.picture.file == "" {
		return nil
	}
	f.picture.format = choice{"", chart.Formats()}
	if f.picture.file == f.file {
		return wrong("give --plot a file", "--plot and --output would be written to the same place")
	}
	return cmp.Or(f.picture.spares(files), f.picture.settle())
}

// swept reads the model as written and lays out the points.
func (p *program) swept(files []string, f *sweepFlags) (*report.Sweep, error) {
	if _, err := p.read(files[0]); err != nil {
		return nil, err
	}
	if p.faultTree(files[0]) {
		return nil, wrong("nines import openpsa turns it into a model that can have them", "nines sweep wants a model with params, %s is a fault tree", files[0])
	}
	sys, diagnostics, err := p.load(files, &f.modelFlags)
	if err != nil {
		return nil, err
	}
	s := &report.Sweep{}
	s.Command, s.File, s.Scenario, s.Set, s.System, s.Diagnostics = "sweep", files[0], f.scenario, f.set, sys, diagnostics
	for _, m := range f.measures.chosen {
		s.Measures = append(s.Measures, model.Measure(m))
	}
	for _, v := range f.vary {
		if err := declares(sys, v); err != nil {
			return nil, err
		}
		s.Varied = append(s.Varied, report.Varied{Name: v.name, Values: v.values, Base: make([]float64, len(v.values))})
	}
	if len(f.vary) > 1 && f.picture.file != "" && len(f.targets(sys)) > 1 {
		return nil, wrong("--system NAME picks one, there are "+strings.Join(f.targets(sys), ", "), "a chart over two params is that of one system or service, got %d", len(f.targets(sys)))
	}
	return s, nil
}

// targets are those to report.
func (f *sweepFlags) targets(sys *model.System) []string {
	if f.systems != nil {
		return f.systems
	}
	return explainable(sys)
}

// declares checks that the model has the param.
func declares(sys *model.System, v vary) error {
	var names []string
	for _, param := range sys.Params {
		if param.Name == v.name {
			return nil
		}
		names = append(names, param.Name)
	}
	if names == nil {
		return wrong(fmt.Sprintf("declare one, as in `param %s = 4`", v.name), "the model has no params")
	}
	return wrong(didYouMean(v.name, names), "the model has no param %s", v.name)
}

// evaluated works out all points.
func (p *program) evaluated(ctx context.Context, s *report.Sweep, f *sweepFlags) error {
	s.Points = points(s.Varied)
	opts := analytic.Options{At: f.at.seconds, Targets: f.targets(s.System), MaxNodes: f.maxNodes, MaxStates: f.maxStates, Measures: s.Measures, Kept: &p.kept}
	systems := make([]*model.System, len(s.Points))
	notes := make([][]model.Diagnostic, len(s.Points))
	err := p.each(ctx, len(s.Points), func(ctx context.Context, i int) error {
		sys, diagnostics := p.parse([]string{s.File}, f.with(s, s.Points[i]))
		if sys == nil {
			return &invalid{i, diagnostics}
		}
		systems[i] = sys
		var err error
		s.Points[i].Results, notes[i], err = analytic.Evaluate(ctx, sys, opts)
		return err
	})
	if bad, is := err.(*invalid); is {
		p.show(bad.diagnostics, model.Error)
		return wrong("leave these values out", "there is no model with %s", strings.Join(f.settings(s.Points[bad.point]), " and "))
	}
	if err != nil {
		return err
	}
	for i, point := range s.Points {
		for k := range s.Varied {
			v := &s.Varied[k]
			at := slices.IndexFunc(systems[i].Params, func(param model.Param) bool { return param.Name == v.Name })
			v.Base[point.At[k]] = systems[i].Params[at].Value
		}
		s.Results = append(s.Results, point.Results...)
	}
	for k := range s.Varied {
		place(&s.Varied[k], f.vary[k].log)
	}
	return p.known(s, notes)
}

// known refuses a sweep of a measure that no point has.
func (p *program) known(s *report.Sweep, notes [][]model.Diagnostic) error {
	for _, m := range s.Measures {
		has := func(r model.Result) bool { _, ok := r.Find(m); return ok }
		if !slices.ContainsFunc(s.Results, has) {
			p.show(notes[0], model.Note)
			return absent("no %s at any point", m)
		}
	}
	return nil
}

// invalid says that there is no model at a point.
type invalid struct {
	point       int
	diagnostics []model.Diagnostic
}

func (e *invalid) Error() string { return "no model" }

// settings are the values at a point, as name = value.
func (f *sweepFlags) settings(point report.SweepPoint) []string {
	var list []string
	for k, v := range f.vary {
		list = append(list, v.name+" = "+v.values[point.At[k]])
	}
	return list
}

// with are the flags of the model at a point.
func (f *sweepFlags) with(s *report.Sweep, point report.SweepPoint) *modelFlags {
	flags := f.modelFlags
	flags.set = maps.Clone(f.set)
	for k, v := range s.Varied {
		flags.set[v.Name] = v.Values[point.At[k]]
	}
	return &flags
}

// points lists all choices of values.
func points(varied []report.Varied) []report.SweepPoint {
	list := []report.SweepPoint{{}}
	for _, v := range varied {
		var more []report.SweepPoint
		for _, point := range list {
			for i := range v.Values {
				more = append(more, report.SweepPoint{At: append(slices.Clone(point.At), i)})
			}
		}
		list = more
	}
	return list
}

// place gives the values of a param their axis: one of time, or of numbers in
// the unit that they are written in.
func place(v *report.Varied, log bool) {
	v.Axis = chart.Axis{Label: v.Name, Log: log}
	time, unit := true, ""
	var numbers []float64
	for i, text := range v.Values {
		_, err := dsl.Duration(text)
		time = time && err == nil
		m := literal.FindStringSubmatch(text)
		if m == nil || i > 0 && m[2] != unit {
			numbers = nil
			break
		}
		x, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			numbers = nil
			break
		}
		numbers, unit = append(numbers, x), m[2]
	}
	switch {
	case time:
		v.Axis.Of, v.Places = chart.Time, v.Base
	case numbers != nil:
		v.Places = numbers
		v.Axis.Whole = !slices.ContainsFunc(numbers, func(x float64) bool { return x != math.Trunc(x) })
		if unit = strings.TrimSpace(unit); unit != "" {
			v.Axis.Label += " (" + unit + ")"
		}
	default:
		v.Places = v.Base
	}
}
