package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"nines/model"
)

// A Checked is what check has found out about one model, as it is written or
// as one scenario has it.
type Checked struct {
	Report
	Verdicts []model.Verdict // in the order of the file
	Wrong    bool            // the model cannot be checked, diagnostics say why
	Partial  bool            // it was interrupted
}

// A Rule is a kind of diagnostic; the text is Markdown.
type Rule struct{ ID, Title, Text string }

// Checks are the outcome of check for some models, one after the other, as all
// of its formats tell it.
type Checks struct {
	FormatVersion string  `json:"format_version"`
	Command       string  `json:"command"`
	Reports       []check `json:"reports"`
	kinds         []Rule
}

// A check is the outcome for one model.
type check struct {
	jsonReport
	Requirements []judgement `json:"requirements"`
	Strict       bool        `json:"strict,omitempty"`
	Wrong        bool        `json:"wrong,omitempty"`
	Partial      bool        `json:"partial,omitempty"`
}

// NewChecks gathers what was found out; if strict, warnings fail. Rules are the
// kinds of diagnostics, for formats that explain them.
func NewChecks(list []Checked, strict bool, rules []Rule) *Checks {
	c := &Checks{FormatVersion: FormatVersion, Command: "check", kinds: rules}
	for i := range list {
		m := &list[i]
		to := check{jsonReport: newJSONReport(&m.Report), Requirements: []judgement{}, Strict: strict, Wrong: m.Wrong, Partial: m.Partial}
		for k := range m.Verdicts {
			to.Requirements = append(to.Requirements, newJudgement(&m.Verdicts[k], m.System))
		}
		c.Reports = append(c.Reports, to)
	}
	return c
}

// Formats that the outcome of check can be written in.
func (c *Checks) Formats() []string {
	return []string{"text", "json", "junit", "sarif", "github", "gitlab", "markdown"}
}

// Write writes the outcome in one of the formats of check.
func (c *Checks) Write(w io.Writer, format string, look Look) error {
	switch format {
	case "json":
		return c.json(w)
	case "junit":
		return c.junit(w)
	case "sarif":
		return c.sarif(w)
	case "github":
		return c.github(w)
	case "gitlab":
		return c.gitlab(w)
	case "markdown":
		return c.markdown(w)
	}
	return c.text(w, look)
}

// json writes the outcome for programs: that of one model by itself, of
// several in a list.
func (c *Checks) json(w io.Writer) error {
	if len(c.Reports) == 1 {
		return encode(w, "  ", c.Reports[0])
	}
	return encode(w, "  ", c)
}

// A tally counts requirements by their status, wrong models and warnings.
type tally struct{ pass, fail, undecided, wrong, warnings int }

func (c *Checks) tally() tally {
	t := tally{warnings: len(c.warnings())}
	for i := range c.Reports {
		m := &c.Reports[i]
		for _, q := range m.Requirements {
			switch q.Status {
			case model.Pass:
				t.pass++
			case model.Fail:
				t.fail++
			default:
				t.undecided++
			}
		}
		if m.Wrong {
			t.wrong++
		}
	}
	return t
}

// warnings are those of all models, each once though several scenarios give it.
func (c *Checks) warnings() []jsonDiagnostic { return c.diagnostics("warning") }

func (c *Checks) diagnostics(severities ...string) []jsonDiagnostic {
	var list []jsonDiagnostic
	seen := map[jsonDiagnostic]bool{}
	for i := range c.Reports {
		for _, d := range c.Reports[i].Diagnostics {
			if slices.Contains(severities, d.Severity) && !seen[d] {
				seen[d] = true
				list = append(list, d)
			}
		}
	}
	return list
}

func (c *Checks) strict() bool { return len(c.Reports) > 0 && c.Reports[0].Strict }

// Wrong says whether some model cannot be checked.
func (c *Checks) Wrong() bool { return c.tally().wrong > 0 }

// Partial says whether it was interrupted.
func (c *Checks) Partial() bool {
	return slices.ContainsFunc(c.Reports, func(m check) bool { return m.Partial })
}

// Unmet says whether some requirement fails, or a warning counts as failure.
func (c *Checks) Unmet() bool {
	t := c.tally()
	return t.fail > 0 || c.strict() && t.warnings > 0
}

// Undecided says whether some requirement is neither met nor failed.
func (c *Checks) Undecided() bool { return c.tally().undecided > 0 }

// summary says how many there are: "3 of 5 requirements hold, 1 fails, 1 is
// undecided; 2 warnings".
func (c *Checks) summary() string { return c.tally().text(c.strict()) }

func (t tally) text(strict bool) string {
	n := t.pass + t.fail + t.undecided
	var parts []string
	switch {
	case n == 0 && t.wrong == 0:
		parts = append(parts, "nothing is required")
	case n == 0:
	case t.pass == n:
		parts = append(parts, plural(n, "%d requirement holds", "%d requirements hold"))
	default:
		text := fmt.Sprintf("%d of %s", t.pass, plural(n, "1 requirement holds", "%d requirements "+plural(t.pass, "holds", "hold")))
		if t.fail > 0 {
			text += plural(t.fail, ", %d fails", ", %d fail")
		}
		if t.undecided > 0 {
			text += plural(t.undecided, ", %d is undecided", ", %d are undecided")
		}
		parts = append(parts, text)
	}
	if t.wrong > 0 {
		parts = append(parts, plural(t.wrong, "%d model is wrong", "%d models are wrong"))
	}
	if t.warnings > 0 {
		text := plural(t.warnings, "%d warning", "%d warnings")
		if strict {
			text += plural(t.warnings, ", which fails (--strict)", ", which fail (--strict)")
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

func plural(n int, one, many string) string {
	text := many
	if n == 1 {
		text = one
	}
	return strings.ReplaceAll(text, "%d", strconv.Itoa(n))
}

// headline says what was checked and how.
func (c *check) headline() []string {
	words := variant(c.File, c.Scenario, c.Set)
	switch {
	case c.Wrong:
		return words
	case len(c.Requirements) == 0:
		return append(words, "nothing is required")
	}
	return append(words, c.how()...)
}

// how says by which methods the requirements were decided.
func (c *check) how() (words []string) {
	used := map[model.Method]bool{}
	for _, q := range c.Requirements {
		used[q.Method] = true
	}
	if used[model.Exact] {
		words = append(words, "exact")
	}
	if used[model.Approximate] {
		words = append(words, "≈ bounds")
	}
	if s := c.Simulation; used[model.Simulated] && s != nil {
		words = append(words, fmt.Sprintf("± simulated, %d runs, seed %d, verdicts at %s %%", s.Runs, *c.Seed, number(100*s.Confidence)))
	}
	return words
}

// caveat says why the outcome is not all there could be.
func (c *check) caveat() string {
	switch {
	case c.Wrong:
		return "the model is wrong"
	case c.Partial:
		return "PARTIAL: interrupted"
	}
	return ""
}
