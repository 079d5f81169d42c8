package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strings"

	"nines/model"
)

// A StoryReport is a run that is told.
type StoryReport struct {
	File  string
	Title string // of the model
	Seed  uint64
	*model.Story
}

// headline says which run is told.
func (r *StoryReport) headline() []string {
	words := []string{fileName(r.File), Period(r.Length) + " from as new"}
	if r.Runs > 1 {
		words = append(words, fmt.Sprintf("the worst of %d, number %d", r.Runs, r.Run+1))
	}
	return append(words, fmt.Sprintf("seed %d", r.Seed))
}

// logTime writes a time as a log would: days and the time of the day.
func logTime(seconds float64) string {
	rest := int(math.Mod(seconds, 86400))
	return fmt.Sprintf("%.0f d %02d:%02d:%02d", math.Floor(seconds/86400), rest/3600, rest/60%60, rest%60)
}

// line says what a thing does, and effects what comes of it.
func line(h *model.Happening) string {
	return cause{Cost: model.Cost{Name: h.Name, Cause: h.Kind}, count: 1}.label() + " " + h.What
}

func effects(h *model.Happening) (all []string) {
	if len(h.Down) > 0 {
		all = append(all, clean(strings.Join(h.Down, ", "))+" down")
	}
	var names []string
	for i, up := range h.Up {
		names = append(names, clean(up.Target))
		if i == len(h.Up)-1 || h.Up[i+1].After != up.After {
			all = append(all, fmt.Sprintf("%s up after %s", strings.Join(names, ", "), Duration(up.After)))
			names = nil
		}
	}
	return all
}

// sums tells what the run was for each target.
func (r *StoryReport) sums() (all []string) {
	for _, s := range r.Sums {
		text := fmt.Sprintf("%s: never down", full(s.Target))
		if s.Outages > 0 || s.Downtime > 0 {
			text = fmt.Sprintf("%s: down %d times, %s in all, up %s of the time", full(s.Target), s.Outages, Duration(s.Downtime),
				Share(model.ProbOf(s.Downtime/r.Length).Not()))
		}
		all = append(all, text)
	}
	return all
}

// others counts what has to do with no outage.
func (r *StoryReport) others() string {
	n := 0
	for i := range r.Happenings {
		if !r.Happenings[i].Incident {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d other happenings took nothing down; --trace FILE lists them too", n)
}

// StoryText writes what led to outages and ended them, for people.
func StoryText(w io.Writer, r *StoryReport, look Look) error {
	var b strings.Builder
	if r.Title != "" {
		fmt.Fprintln(&b, look.title.Render(clean(r.Title)))
	}
	for _, l := range fill(r.headline(), " · ", look.width) {
		fmt.Fprintln(&b, look.dim.Render(l))
	}
	b.WriteString("\n")
	const column = 14
	for i := range r.Happenings {
		h := &r.Happenings[i]
		if !h.Incident {
			continue
		}
		for k, part := range wrap(line(h), look.width-column-2) {
			lead := ""
			if k == 0 {
				lead = logTime(h.Time)
			}
			fmt.Fprintf(&b, "%s  %s\n", look.dim.Render(padLeft(lead, column)), part)
		}
		for _, e := range effects(h) {
			style := look.note
			if strings.HasSuffix(e, " down") {
				style = look.failure
			}
			for k, part := range wrap(e, look.width-column-4) {
				fmt.Fprintf(&b, "%s  %s %s\n", padLeft("", column), []string{"└", " "}[min(k, 1)], style.Render(part))
			}
		}
	}
	b.WriteString("\n")
	for _, text := range r.sums() {
		for _, part := range wrap(text, look.inner()) {
			fmt.Fprintf(&b, " %s\n", part)
		}
	}
	if others := r.others(); others != "" {
		fmt.Fprintf(&b, " %s\n", look.dim.Render(others))
	}
	_, err := io.WriteString(w, trimLines(b.String()))
	return err
}

// StoryMarkdown writes the same as a table.
func StoryMarkdown(w io.Writer, r *StoryReport) error {
	var b strings.Builder
	title := r.Title
	if title == "" {
		title = r.File
	}
	fmt.Fprintf(&b, "### %s\n\n%s\n", escape(title), escape(strings.Join(r.headline(), " · ")))
	var rows [][]string
	for i := range r.Happenings {
		if h := &r.Happenings[i]; h.Incident {
			rows = append(rows, []string{logTime(h.Time), line(h), strings.Join(effects(h), ", ")})
		}
	}
	markdownTable(&b, "", []string{"TIME", "WHAT HAPPENS", "AND SO"}, rows)
	b.WriteString("\n")
	for _, text := range r.sums() {
		fmt.Fprintf(&b, "- %s\n", escape(text))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// StoryCSV writes all that happened, one row a thing and time.
func StoryCSV(w io.Writer, r *StoryReport) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"time", "name", "cause", "what", "incident", "down", "up"}}
	for i := range r.Happenings {
		h := &r.Happenings[i]
		incident := ""
		if h.Incident {
			incident = "yes"
		}
		var up []string
		for _, u := range h.Up {
			up = append(up, u.Target)
		}
		rows = append(rows, []string{number(h.Time), h.Name, h.Kind, h.What, incident, strings.Join(h.Down, " "), strings.Join(up, " ")})
	}
	return out.WriteAll(rows)
}
