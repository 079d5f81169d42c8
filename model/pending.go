package model

import "fmt"

// A PendingError lists the statements of a system that no engine evaluates
// yet. Each belongs in a diagnostic of its own, code E090.
type PendingError struct{ Pending []Pending }

func (e *PendingError) Error() string {
	first, more := e.Pending[0], ""
	if n := len(e.Pending) - 1; n > 0 {
		more = fmt.Sprintf(", nor %d more", n)
	}
	return fmt.Sprintf("%v: %s cannot be evaluated yet%s", first.Pos, first.Statement, more)
}

// Independent gives a *PendingError if parts of s interact in time: members of
// standbys and of quorums with elections, and parts that share a crew.
func (s *System) Independent() error {
	var found []Pending
	for i := range s.Nodes {
		if n := &s.Nodes[i]; s.Timed(i) {
			found = append(found, Pending{fmt.Sprintf("%s %s", takeovers[n.Kind], n.Name), n.Pos})
		}
	}
	for i := range s.Crews {
		found = append(found, Pending{"crew " + s.Crews[i].Name, s.Crews[i].Pos})
	}
	if found == nil {
		return nil
	}
	return &PendingError{found}
}

var takeovers = map[NodeKind]string{Standby: "standby", Quorum: "the election of quorum"}

// Evaluable gives a *PendingError if s has statements that are pending.
func (s *System) Evaluable() error {
	if len(s.Pending) == 0 {
		return nil
	}
	return &PendingError{s.Pending}
}
