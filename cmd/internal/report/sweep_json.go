package report

import (
	"errors"
	"io"
	"slices"

	"nines/model"
)

// The JSON of a Sweep.
type (
	jsonSweep struct {
		FormatVersion string           `json:"format_version"`
		Command       string           `json:"command"`
		File          string           `json:"file"`
		Model         string           `json:"model"`
		Scenario      string           `json:"scenario,omitempty"`
		Set           []setting        `json:"set,omitempty"`
		Measures      []model.Measure  `json:"measures"`
		Varied        []jsonVaried     `json:"varied"`
		Points        []jsonPoint      `json:"points"`
		Diagnostics   []jsonDiagnostic `json:"diagnostics"`
	}
	jsonVaried struct {
		Name    string    `json:"name"`
		Values  []float64 `json:"values"`
		Written []string  `json:"written"`
	}
	jsonPoint struct {
		Params  object       `json:"params"`
		Results []jsonResult `json:"results"`
	}
)

// json writes a sweep for programs.
func (s *Sweep) json(w io.Writer) error {
	whole := newJSONReport(&s.Report)
	out := jsonSweep{FormatVersion, "sweep", s.File, s.System.Title, s.Scenario, whole.Set, s.Measures, nil, nil, whole.Diagnostics}
	for _, v := range s.Varied {
		out.Varied = append(out.Varied, jsonVaried{v.Name, v.Base, v.Values})
	}
	for _, p := range s.Points {
		point := jsonPoint{Results: []jsonResult{}}
		for k, v := range s.Varied {
			point.Params = append(point.Params, member{v.Name, v.Base[p.At[k]]})
		}
		for i := range p.Results {
			r := p.Results[i]
			r.Values, r.Budget = s.told(&r), nil
			point.Results = append(point.Results, newJSONResult(&r))
		}
		out.Points = append(out.Points, point)
	}
	return encode(w, "  ", out)
}

// told are the values that are wanted, and the unavailability, without which the
// last digits of an availability are lost.
func (s *Sweep) told(r *model.Result) []model.Value {
	list := s.wanted(r)
	if u, known := r.Find(model.Unavailability); known && slices.Contains(s.Measures, model.Availability) && !slices.Contains(s.Measures, model.Unavailability) {
		list = append(list, u)
	}
	return list
}

// readSweep reads a sweep. Its points are all choices of values, the last param
// changing fastest.
func readSweep(text []byte) (*Sweep, error) {
	var in jsonSweep
	if err := decode(text, "sweep", &in); err != nil {
		return nil, err
	}
	if in.Measures == nil {
		return nil, errors.New("it was written before sweeps could be rendered again")
	}
	s := &Sweep{Measures: in.Measures}
	s.Report = Report{Command: "sweep", File: in.File, Scenario: in.Scenario, Set: map[string]string{}, System: &model.System{Title: in.Model}}
	for _, set := range in.Set {
		s.Set[set.Name] = set.Value
		s.System.Params = append(s.System.Params, model.Param{Name: set.Name})
	}
	count := 1
	for _, v := range in.Varied {
		if len(v.Written) != len(v.Values) {
			return nil, errors.New("the values of " + v.Name + " are not all written")
		}
		s.Varied = append(s.Varied, Varied{Name: v.Name, Values: v.Written, Base: v.Values})
		count *= len(v.Values)
	}
	if count != len(in.Points) || count == 0 {
		return nil, errors.New("it has not a point for every choice of values")
	}
	for i, p := range in.Points {
		point := SweepPoint{At: make([]int, len(s.Varied))}
		for k, rest := len(s.Varied)-1, i; k >= 0; k-- {
			point.At[k], rest = rest%len(s.Varied[k].Values), rest/len(s.Varied[k].Values)
		}
		for _, r := range p.Results {
			point.Results = append(point.Results, r.result())
		}
		s.Points, s.Results = append(s.Points, point), append(s.Results, point.Results...)
	}
	for _, d := range in.Diagnostics {
		s.Diagnostics = append(s.Diagnostics, d.diagnostic())
	}
	return s, nil
}
