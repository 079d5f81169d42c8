package report

import (
	"slices"

	"nines/model"
)

// An issue is one thing that is not as it should be: a requirement that does
// not hold or is not decided, a mistake or a warning.
type issue struct {
	rule     string // "requirement", "undecided", or the code of a diagnostic
	severity model.Severity
	pos      model.Pos
	text     string
}

// Rules of requirements, beside the codes of diagnostics.
var (
	unmetRule     = Rule{"requirement", "a requirement that does not hold", "The model does not keep what a `require` of it asks for."}
	undecidedRule = Rule{"undecided", "a requirement that is not decided", "There is no exact answer, and the simulation that was allowed cannot tell."}
)

// issues lists all there are, each once; what fails only by --strict is an error.
func (c *Checks) issues() []issue {
	var list []issue
	warning := model.Warning
	if c.strict() {
		warning = model.Error
	}
	for _, d := range c.diagnostics("error", "warning") {
		i := issue{d.Code, model.Error, d.pos(), clean(d.Summary)}
		if d.Severity == "warning" {
			i.severity = warning
		}
		if d.Help != "" {
			i.text += "; " + clean(d.Help)
		}
		list = append(list, i)
	}
	for k := range c.Reports {
		for n := range c.Reports[k].Requirements {
			switch j := &c.Reports[k].Requirements[n]; j.Status {
			case model.Fail:
				list = append(list, issue{unmetRule.ID, model.Error, j.pos(), j.sentence(c.Reports[k].Scenario)})
			case model.Undecided:
				list = append(list, issue{undecidedRule.ID, model.Warning, j.pos(), j.sentence(c.Reports[k].Scenario)})
			}
		}
	}
	return list
}

// rules lists those of issues, in the order of their IDs.
func (c *Checks) rules(issues []issue) []Rule {
	var list []Rule
	for _, r := range append(slices.Clone(c.kinds), unmetRule, undecidedRule) {
		if slices.ContainsFunc(issues, func(i issue) bool { return i.rule == r.ID }) {
			list = append(list, r)
		}
	}
	return list
}
