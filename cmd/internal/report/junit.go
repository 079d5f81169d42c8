package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"nines/model"
)

// The elements of JUnit's XML as its viewers read them, and as the schema of
// the xUnit plugin of Jenkins (version 10) has them: a suite a model, a case a
// requirement. A requirement that fails is a failure, one that is undecided
// an error. There are no times and no dates, so that the same outcome is the
// same bytes.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		File     string      `xml:"file,attr,omitempty"`
		Cases    []junitCase `xml:"testcase"`
		Out      string      `xml:"system-out,omitempty"`
		Err      string      `xml:"system-err,omitempty"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Failure *junitProblem `xml:"failure"`
		Error   *junitProblem `xml:"error"`
		Out     string        `xml:"system-out,omitempty"`
	}
	junitProblem struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",cdata"`
	}
)

func (c *Checks) junit(w io.Writer) error {
	all := junitSuites{Name: "nines"}
	for i := range c.Reports {
		s := c.Reports[i].junit()
		all.Tests, all.Failures, all.Errors = all.Tests+s.Tests, all.Failures+s.Failures, all.Errors+s.Errors
		all.Suites = append(all.Suites, s)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (c *check) junit() junitSuite {
	s := junitSuite{Name: strings.Join(variant(c.File, c.Scenario, c.Set), ", "), Out: strings.Join(c.headline(), " · ")}
	if c.File != "-" {
		s.File = clean(c.File)
	}
	for i := range c.Requirements {
		s.add(c.Requirements[i].junit(s.Name))
	}
	var warnings []string
	for _, d := range c.Diagnostics {
		switch {
		case d.Severity == "error":
			s.add(junitCase{Name: clean(d.Summary), Class: s.Name, Error: d.junit()})
		case d.Severity == "warning" && c.Strict:
			s.add(junitCase{Name: d.Code + " " + clean(d.Summary), Class: s.Name, Failure: d.junit()})
		case d.Severity == "warning":
			warnings = append(warnings, d.place()+": "+d.Code+" "+clean(d.Summary))
		}
	}
	s.Err = strings.Join(warnings, "\n")
	return s
}

func (s *junitSuite) add(c junitCase) {
	s.Cases = append(s.Cases, c)
	s.Tests++
	if c.Failure != nil {
		s.Failures++
	}
	if c.Error != nil {
		s.Errors++
	}
}

func (j *judgement) junit(suite string) junitCase {
	c := junitCase{Name: j.required(), Class: suite}
	lines := j.answer()
	p := &junitProblem{
		Message: strings.Join(lines, "; "),
		Text:    fmt.Sprintf("%s\n%s\n%s", clean(j.Text), strings.Join(lines, "\n"), clean(j.pos().String())),
	}
	switch j.Status {
	case model.Fail:
		p.Type, c.Failure = "requirement", p
	case model.Undecided:
		p.Type, c.Error = "undecided", p
	default:
		c.Out = clean(j.Measured)
	}
	return c
}

func (d *jsonDiagnostic) pos() model.Pos {
	return model.Pos{File: d.File, Line: d.Line, Column: d.Column, EndLine: d.EndLine, EndColumn: d.EndColumn}
}

// place is where a diagnostic points.
func (d *jsonDiagnostic) place() string { return clean(d.pos().String()) }

func (d *jsonDiagnostic) junit() *junitProblem {
	text := clean(d.Summary)
	if d.Help != "" {
		text += "\n" + clean(d.Help)
	}
	return &junitProblem{Message: clean(d.Summary), Type: d.Code, Text: text + "\n" + d.place()}
}
