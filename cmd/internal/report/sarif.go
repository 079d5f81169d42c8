package report

import (
	"io"
	"slices"

	"nines/model"
)

// The parts of the Static Analysis Results Interchange Format 2.1.0 (OASIS
// 2020) that code scanners show.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID    string    `json:"id"`
		Short sarifText `json:"shortDescription"`
		Help  sarifHelp `json:"help"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifHelp struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
		Prints    sarifPrints     `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifPrints struct {
		Issue string `json:"issue/v1"`
	}
)

func (c *Checks) sarif(w io.Writer) error {
	issues := c.issues()
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "nines", Rules: []sarifRule{}}}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	rules := c.rules(issues)
	for _, r := range rules {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{r.ID, sarifText{r.Title}, sarifHelp{r.Text, r.Text}})
	}
	prints := fingerprints(issues)
	for k, i := range issues {
		run.Results = append(run.Results, sarifResult{
			RuleID: i.rule, RuleIndex: slices.IndexFunc(rules, func(r Rule) bool { return r.ID == i.rule }), Level: i.severity.String(),
			Message: sarifText{i.text}, Locations: sarifPlace(i.pos), Prints: sarifPrints{prints[k]},
		})
	}
	return encode(w, "  ", sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// sarifPlace points at a file, and at a stretch of it where that is known.
func sarifPlace(pos model.Pos) []sarifLocation {
	if pos.File == "" || pos.File == "-" {
		return nil
	}
	p := sarifPhysical{Artifact: sarifArtifact{uri(pos.File)}}
	if pos.Line > 0 {
		p.Region = &sarifRegion{pos.Line, pos.Column, pos.EndLine, pos.EndColumn}
	}
	return []sarifLocation{{p}}
}
