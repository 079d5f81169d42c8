package dsl

import (
	"slices"
	"strconv"

	"nines/dsl/syntax"
	"nines/model"
	"nines/model/dist"
)

// declared is s with each part as its declaration says, without what shocks
// and common causes have made of it: see joinFailures.
func declared(s *model.System) *model.System {
	if !slices.ContainsFunc(s.Parts, func(p model.Part) bool { return p.Kind == model.CommonCause }) && len(s.Shocks) == 0 {
		return s
	}
	d := *s
	d.Parts = slices.Clone(s.Parts)
	for i := range d.Parts {
		undo(s, i, &d.Parts[i])
	}
	return &d
}

// undo gives part i its own failures in full.
func undo(s *model.System, i int, p *model.Part) {
	q := 0.0
	for _, cause := range p.Causes {
		if s.Parts[cause].Kind == model.CommonCause {
			q += s.Parts[cause].Static.Q
		}
	}
	if q > 0 {
		q = rounded(p.Static.Q + q)
		p.Static = &model.Prob{P: 1 - q, Q: q}
	}
	var whole []model.Mode // those that common causes have taken a share of
	foreign := map[int]bool{}
	for k := range s.Shocks {
		shock := &s.Shocks[k]
		n := slices.Index(shock.Parts, i)
		if n < 0 {
			continue
		}
		var modes []model.Mode
		for _, strike := range shock.Strikes {
			foreign[strike.Modes[n]] = true
			m := p.Modes[strike.Modes[n]]
			m.Every = dist.Exponential{MeanTime: rounded(strike.Every.Mean() * shock.Share.P)}
			modes = append(modes, m)
		}
		if shock.Common {
			whole = modes
		}
	}
	if whole == nil {
		for m := range p.Modes {
			if !foreign[m] {
				whole = append(whole, p.Modes[m])
			}
		}
	}
	p.Modes = whole
}

// rounded drops what rounding may have added.
func rounded(x float64) float64 {
	y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	return y
}

// shocks are the statements by which parts fail together.
func (w *writer) shocks() []syntax.Statement {
	var list []syntax.Statement
	for i := range w.system.Parts {
		p := &w.system.Parts[i]
		if p.Kind != model.CommonCause {
			continue
		}
		var parts []int
		for j := range w.system.Parts {
			if slices.Contains(w.system.Parts[j].Causes, i) {
				parts = append(parts, j)
			}
		}
		share := rounded(p.Static.Q / w.system.Parts[parts[0]].Static.Q)
		refs, _ := w.refs(parts)
		list = append(list, &syntax.CommonCause{Share: fraction(model.ProbOf(share)), Among: refs})
	}
	for i := range w.system.Shocks {
		list = append(list, w.shock(&w.system.Shocks[i]))
	}
	return list
}

func (w *writer) shock(s *model.Shock) syntax.Statement {
	refs, _ := w.refs(s.Parts)
	if s.Common {
		return &syntax.CommonCause{Share: fraction(s.Share), Among: refs}
	}
	k := &syntax.Shock{Hits: refs, Each: fraction(s.Each), Every: w.time(s.Strikes[0].Every, s.Pos, s.Name)}
	if s.Repair != nil {
		k.Repair = w.time(s.Repair, s.Pos, s.Name)
	}
	return k
}
