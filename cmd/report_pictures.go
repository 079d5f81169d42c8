package cmd

import (
	"cmp"
	"errors"
	"slices"

	"nines/cmd/internal/chart"
	"nines/cmd/internal/graph"
	"nines/cmd/internal/report"
	"nines/dsl"
	"nines/model"
)

// draw draws the architecture, and its failure domains if there are any.
func (s *study) draw() error {
	views := []string{dependsView}
	if slices.ContainsFunc(s.sys.Parts, func(p model.Part) bool { return p.Kind == model.Domain }) {
		views = append(views, domainsView)
	}
	for _, view := range views {
		f := &graphFlags{modelFlags: s.modelFlags, limitFlags: s.limitFlags, view: choice{value: view}}
		g, err := f.drawn(s.ctx, s.sys, s.files)
		var picture chart.Picture
		if err == nil {
			picture, err = g.Picture()
		}
		switch {
		case limit(err) || errors.Is(err, graph.ErrLarge):
			s.leave("the architecture is not drawn: %v", because(s.ctx, err))
		case err != nil:
			return err
		default:
			s.page.Drawn = append(s.page.Drawn, picture)
		}
	}
	return nil
}

// plot is how charts of the page are asked for.
func (s *study) plot() *plotFlags {
	f := &plotFlags{modelFlags: s.modelFlags, limitFlags: s.limitFlags, steps: fewSteps, runs: plotRuns, seed: s.seed}
	f.set, f.systems = s.set, s.named()
	return f
}

// mostDots is how many systems and services a chart of all shows.
const mostDots = 60

// compare shows the nines of all systems and services, in every scenario if the
// model is taken as written and has some.
func (s *study) compare() error {
	once := func(x model.Explanation) bool { return x.At > 0 }
	if s.page.Answer.FaultTree || len(s.page.Answer.Results) > mostDots || slices.ContainsFunc(s.page.Explained.Explanations, once) {
		return nil // the long run tells nothing
	}
	variants := []report.Variant{{Name: cmp.Or(s.scenario, "as written"), Explained: &report.Explained{Report: s.blank()}}}
	if s.scenario == "" {
		more, err := s.scenarios()
		if err != nil {
			return err
		}
		variants = append(variants, more...)
	}
	if len(variants) == 1 && len(s.page.Answer.Results) < 2 {
		return nil
	}
	f := s.plot()
	f.systems = s.systems
	picture, err := s.ninesPicture(s.ctx, variants, f)
	if limit(err) {
		s.leave("the systems are not compared: %v", because(s.ctx, err))
		return nil
	}
	s.page.Overview = append(s.page.Overview, picture)
	return err
}

// scenarios are those of the file that it can be read in.
func (s *study) scenarios() ([]report.Variant, error) {
	var list []report.Variant
	for _, name := range dsl.Scenarios(s.files[0], s.sources[s.files[0]]) {
		flags := s.modelFlags
		flags.scenario = name
		sys, _, err := s.open(s.files, &flags)
		if err != nil {
			return nil, err
		}
		if sys == nil {
			s.leave("scenario %s is not compared: the model is wrong in it", name)
			continue
		}
		r := s.blank()
		r.System, r.Scenario = sys, name
		list = append(list, report.Variant{Name: name, Explained: &report.Explained{Report: r}})
	}
	return list, nil
}

// follow shows the measures that depend on time.
func (s *study) follow() error {
	for _, m := range []model.Measure{model.Reliability, model.PointAvailability} {
		f := s.plot()
		f.systems = slices.DeleteFunc(f.systems, func(name string) bool {
			return !slices.ContainsFunc(s.page.Answer.Results, func(r model.Result) bool { _, known := r.Find(m); return known && r.Target.Name == name })
		})
		if len(f.systems) == 0 {
			continue
		}
		v := report.Variant{Explained: &report.Explained{Report: s.blank()}}
		picture, err := s.course(s.ctx, []report.Variant{v}, f, m)
		switch {
		case limit(err) || unknowable(err):
			s.leave("the %s over time is not known: %v", m, because(s.ctx, err))
		case err != nil:
			return err
		default:
			s.page.Courses = append(s.page.Courses, picture)
		}
	}
	return nil
}
