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

// Evaluable gives a *PendingError if s has statements that are pending.
func (s *System) Evaluable() error {
	if len(s.Pending) == 0 {
		return nil
	}
	return &PendingError{s.Pending}
}
