package report

import "io"

type (
	jsonStory struct {
		FormatVersion string          `json:"format_version"`
		Command       string          `json:"command"`
		File          string          `json:"file"`
		Model         string          `json:"model"`
		Seed          uint64          `json:"seed"`
		Run           int             `json:"run"`
		Runs          int             `json:"runs"`
		Length        float64         `json:"length"`
		Results       []jsonStorySum  `json:"results"`
		Happenings    []jsonHappening `json:"happenings"`
	}
	jsonStorySum struct {
		Name     string  `json:"name"`
		Kind     string  `json:"kind"`
		Outages  int     `json:"outages"`
		Downtime float64 `json:"downtime"`
	}
	jsonHappening struct {
		Time     float64      `json:"time"`
		Name     string       `json:"name"`
		Cause    string       `json:"cause"`
		What     string       `json:"what"`
		Incident bool         `json:"incident"`
		Down     []string     `json:"down,omitempty"`
		Up       []jsonReturn `json:"up,omitempty"`
	}
	jsonReturn struct {
		Name  string  `json:"name"`
		After float64 `json:"after"`
	}
)

// StoryJSON writes all that happened, for programs.
func StoryJSON(w io.Writer, r *StoryReport) error {
	out := jsonStory{
		FormatVersion: FormatVersion, Command: "story", File: r.File, Model: r.Title, Seed: r.Seed,
		Run: r.Run + 1, Runs: r.Runs, Length: r.Length, Results: []jsonStorySum{}, Happenings: []jsonHappening{},
	}
	for _, s := range r.Sums {
		out.Results = append(out.Results, jsonStorySum{s.Target.Name, s.Target.Kind, s.Outages, s.Downtime})
	}
	for i := range r.Happenings {
		h := &r.Happenings[i]
		to := jsonHappening{Time: h.Time, Name: h.Name, Cause: h.Kind, What: h.What, Incident: h.Incident, Down: h.Down}
		for _, u := range h.Up {
			to.Up = append(to.Up, jsonReturn{u.Target, u.After})
		}
		out.Happenings = append(out.Happenings, to)
	}
	return encode(w, "  ", out)
}
