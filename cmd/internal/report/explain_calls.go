package report

import (
	"strconv"

	"nines/model"
)

// calls tells what becomes of requests over networks: how many get lost for
// good, and how many tries come of one.
func (r *Explained) calls() passage {
	p := passage{align: "lrrr", head: []string{"", "LOST", "TRIES", "AT MOST"}}
	chains := r.System.Chains()
	for i, c := range chains {
		lost := r.System.Through(r.System.Nodes[c.Call].Call).Q
		p.rows = append(p.rows, []string{clean(r.System.Route(chains, i)), Share(model.ProbOf(lost)), strconv.FormatFloat(c.Expected, 'g', 5, 64), strconv.Itoa(c.Most)})
	}
	if len(p.rows) > 0 {
		p.heading = []string{"Calls over a network,", "and tries for one request to the first"}
	}
	return p
}

// callsJSON is the same for programs.
func (r *Explained) callsJSON() []jsonCall {
	var list []jsonCall
	chains := r.System.Chains()
	for i, c := range chains {
		n := &r.System.Nodes[c.Call]
		list = append(list, jsonCall{r.System.Route(chains, i), n.Call.Retry, r.System.Through(n.Call).Q, c.Expected, c.Most, n.Pos.File, n.Pos.Line})
	}
	return list
}
