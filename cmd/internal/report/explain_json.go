package report

import (
	"io"
	"math"
	"math/big"

	"nines/model"
)

// What explain adds to the JSON of a Report. Name is that of the result.
type (
	jsonExplained struct {
		jsonReport
		SinglePoints []jsonSingle      `json:"single_points"`
		Cuts         []jsonCut         `json:"cuts"`
		Paths        []jsonPath        `json:"paths,omitempty"`
		Importance   []object          `json:"importance"`
		Domains      []jsonLoss        `json:"domains"`
		Improvements []jsonImprovement `json:"improvements"`
		Overloads    []jsonOverload    `json:"overloads,omitempty"`
		Calls        []jsonCall        `json:"calls,omitempty"`
		Detectors    []jsonDetector    `json:"detectors,omitempty"`
		Requirements []judgement       `json:"requirements"`
	}
	jsonCutSets struct {
		Count       *big.Int `json:"count,omitempty"`
		Order       int      `json:"order,omitempty"`
		Coherent    bool     `json:"coherent"`
		Sum         *float64 `json:"sum,omitempty"`
		Bound       *float64 `json:"bound,omitempty"`
		Primes      *big.Int `json:"prime_implicants,omitempty"`
		Paths       *big.Int `json:"path_sets,omitempty"`
		Probability float64  `json:"probability"`
		At          float64  `json:"at,omitempty"`
	}
	jsonSingle struct {
		Name        string   `json:"name"`
		Event       string   `json:"event"`
		Title       string   `json:"title,omitempty"`
		Cause       string   `json:"cause"`
		Probability float64  `json:"probability"`
		Downtime    *float64 `json:"downtime,omitempty"`
		Outages     *float64 `json:"outages,omitempty"`
		File        string   `json:"file,omitempty"`
		Line        int      `json:"line,omitempty"`
		Column      int      `json:"column,omitempty"`
	}
	jsonCut struct {
		Name        string   `json:"name"`
		Events      []string `json:"events"`
		Probability float64  `json:"probability"`
		Downtime    *float64 `json:"downtime,omitempty"`
	}
	jsonPath struct {
		Name        string   `json:"name"`
		Parts       []string `json:"parts"`
		Probability float64  `json:"probability"`
	}
	jsonLoss struct {
		Name   string   `json:"name"`
		Domain string   `json:"domain"`
		Up     bool     `json:"up"`
		Served float64  `json:"served"`
		Inside []string `json:"inside"`
		Alone  []string `json:"alone"`
	}
	jsonOverload struct {
		Name        string   `json:"name"`
		Overloaded  string   `json:"overloaded"`
		Probability float64  `json:"probability"`
		Alone       []string `json:"alone"`
	}
	jsonCall struct {
		Chain    string  `json:"chain"`
		Retries  int     `json:"retries"`
		Lost     float64 `json:"lost"`
		Expected float64 `json:"tries"`
		Most     int     `json:"most_tries"`
		File     string  `json:"file,omitempty"`
		Line     int     `json:"line,omitempty"`
	}
	jsonDetector struct {
		Name       string   `json:"name"`
		Network    string   `json:"network"`
		Timing     string   `json:"timing"`
		Detection  float64  `json:"detection"`
		Latest     float64  `json:"latest"`
		Rate       float64  `json:"mistake_rate"`
		Recurrence *float64 `json:"mistake_recurrence,omitempty"`
		Duration   *float64 `json:"mistake_duration,omitempty"`
		Wrong      float64  `json:"inaccuracy"`
		File       string   `json:"file,omitempty"`
		Line       int      `json:"line,omitempty"`
	}
	jsonImprovement struct {
		Name           string       `json:"name"`
		Subject        string       `json:"subject"`
		Parts          int          `json:"parts"`
		Change         model.Change `json:"change"`
		Where          string       `json:"where,omitempty"`
		Unavailability float64      `json:"unavailability"`
		Saved          *float64     `json:"saved,omitempty"`
		Nines          *float64     `json:"nines,omitempty"`
	}
)

// ExplainJSON writes an explanation for programs. What is unknown or infinite
// is absent.
func ExplainJSON(w io.Writer, r *Explained) error {
	out := jsonExplained{
		jsonReport: newJSONReport(&r.Report), SinglePoints: []jsonSingle{}, Cuts: []jsonCut{}, Importance: []object{},
		Domains: []jsonLoss{}, Improvements: []jsonImprovement{}, Requirements: []judgement{},
	}
	for i := range r.Explanations {
		x := &r.Explanations[i]
		v := subject{r, x}
		out.Results[i].CutSets = v.cutSets()
		v.events(&out)
		for _, imp := range x.Importance {
			out.Importance = append(out.Importance, v.importanceJSON(&imp))
		}
		v.advice(&out)
	}
	out.Calls, out.Detectors = r.callsJSON(), r.detectorsJSON()
	for i := range r.Verdicts {
		out.Requirements = append(out.Requirements, newJudgement(&r.Verdicts[i], r.System))
	}
	return encode(w, "  ", out)
}

func (v subject) cutSets() *jsonCutSets {
	c := &v.Cuts
	return &jsonCutSets{
		Count: c.Count, Order: c.Order, Coherent: c.Coherent, Sum: number64(c.Sum), Bound: number64(c.Bound),
		Primes: c.Primes, Paths: c.Paths, Probability: v.Down, At: v.At,
	}
}

// number64 is nil for what is no finite number.
func number64(x float64) *float64 {
	if !finite(x) {
		return nil
	}
	return &x
}

// perYear is a probability as seconds a year, nil where there is no time.
func (v subject) perYear(p float64) *float64 {
	if v.odds() {
		return nil
	}
	return number64(p * model.Year)
}

// events adds single points, cut sets and path sets.
func (v subject) events(out *jsonExplained) {
	name := v.Target.Name
	for _, s := range v.Singles {
		out.SinglePoints = append(out.SinglePoints, jsonSingle{
			name, s.String(), s.Title, s.Cause, s.Probability, v.perYear(s.Probability), number64(s.Outages), s.Pos.File, s.Pos.Line, s.Pos.Column,
		})
	}
	for _, c := range v.Cuts.Listed {
		out.Cuts = append(out.Cuts, jsonCut{name, eventNames(c.Events), c.Probability, v.perYear(c.Probability)})
	}
	for _, p := range v.Cuts.Works {
		out.Paths = append(out.Paths, jsonPath{name, eventNames(p.Parts), p.Probability})
	}
}

func eventNames(events []model.Event) []string {
	names := make([]string, len(events))
	for i, e := range events {
		names[i] = e.String()
	}
	return names
}

// importanceJSON has the measures that were asked for, all of them if none
// was.
func (v subject) importanceJSON(i *model.Importance) object {
	o := object{{"name", v.Target.Name}, {"event", i.String()}, {"cause", i.Cause}, {"mode", i.Mode}, {"probability", i.Probability}}
	columns := v.Columns
	if len(columns) == 0 {
		columns = ImportanceMeasures()
	}
	for _, c := range columns {
		if x := measures[c](i); finite(x) {
			o = append(o, member{jsonNames[c], x})
		}
	}
	return o
}

// jsonNames are the names of the measures of importance in JSON.
var jsonNames = map[string]string{
	"birnbaum": "birnbaum", "criticality": "criticality", "fv": "fussell_vesely", "raw": "raw", "rrw": "rrw", "dif": "dif", "outages": "outage_share",
}

// advice adds what becomes of the target without each domain, what is
// overloaded at times, and what each change does.
func (v subject) advice(out *jsonExplained) {
	name := v.Target.Name
	for _, l := range v.Losses {
		out.Domains = append(out.Domains, jsonLoss{name, l.Domain.Name, l.Up, math.Min(l.Served, 1), orEmpty(l.Inside), orEmpty(l.Alone)})
	}
	for _, o := range v.Overloads {
		out.Overloads = append(out.Overloads, jsonOverload{name, o.Name, o.Probability, eventNames(o.Alone)})
	}
	for _, i := range v.Improvements {
		out.Improvements = append(out.Improvements, jsonImprovement{
			name, i.Subject.String(), i.Parts, i.Change, i.Where, i.Unavailability, v.perYear(i.Saved / model.Year), number64(i.Nines),
		})
	}
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
