package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"nines/model"
)

// github writes the workflow commands by which GitHub marks lines of a pull
// request, and what all of it comes to.
func (c *Checks) github(w io.Writer) error {
	var b strings.Builder
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, i := range c.issues() {
		properties := []string{"title=" + property.Replace(i.title())}
		if i.pos.Line > 0 && i.pos.File != "-" {
			properties = append(properties, "file="+property.Replace(clean(filepath.ToSlash(i.pos.File))), fmt.Sprintf("line=%d", i.pos.Line), fmt.Sprintf("col=%d", i.pos.Column))
			if i.pos.EndLine > 0 {
				properties = append(properties, fmt.Sprintf("endLine=%d", i.pos.EndLine))
			}
		}
		fmt.Fprintf(&b, "::%s %s::%s\n", i.severity, strings.Join(properties, ","), data.Replace(i.text))
	}
	fmt.Fprintln(&b, c.summary())
	_, err := io.WriteString(w, b.String())
	return err
}

// title is what an issue is in a few words.
func (i issue) title() string {
	switch i.rule {
	case unmetRule.ID:
		return "requirement does not hold"
	case undecidedRule.ID:
		return "requirement is undecided"
	}
	return "nines " + i.rule
}

// A gitlabIssue is one entry of a code quality report of GitLab.
type (
	gitlabIssue struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
	}
)

func (c *Checks) gitlab(w io.Writer) error {
	issues := c.issues()
	prints := fingerprints(issues)
	list := []gitlabIssue{}
	for k, i := range issues {
		severity := map[model.Severity]string{model.Error: "major", model.Warning: "minor"}[i.severity]
		list = append(list, gitlabIssue{i.text, i.rule, prints[k], severity, gitlabLocation{filepath.ToSlash(i.pos.File), gitlabLines{max(i.pos.Line, 1)}}})
	}
	return encode(w, "  ", list)
}

// fingerprints tell issues apart and stay the same when lines move.
func fingerprints(issues []issue) []string {
	seen := map[string]int{}
	prints := make([]string, len(issues))
	for k, i := range issues {
		subject, _, _ := strings.Cut(i.text, ": ")
		key := strings.Join([]string{i.rule, filepath.ToSlash(i.pos.File), subject}, "\x00")
		seen[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		prints[k] = hex.EncodeToString(sum[:16])
	}
	return prints
}

// uri writes the name of a file as a relative reference.
func uri(file string) string {
	return (&url.URL{Path: filepath.ToSlash(file)}).String()
}
