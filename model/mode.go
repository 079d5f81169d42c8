package model

import "nines/model/dist"

// ModeKind is a way to fail.
type ModeKind uint8

const (
	FailStop      ModeKind = iota // gives no answer, known at once
	FailSilent                    // gives no answer, looks alive until detected
	FailRestart                   // gives no answer until it is back by itself, then may be stale
	FailByzantine                 // answers wrongly until detected
)

var modeNames = [...]string{"stop", "silent", "restart", "byzantine"}

func (k ModeKind) String() string { return modeNames[k] }

// A Mode is one failure mode of a part. All clocks Every of a part start when
// it is as new and run only while it is up; the first that rings decides.
type Mode struct {
	Kind   ModeKind
	Every  dist.Law
	Detect dist.Law // silent, byzantine: from the failure to its notice
	By     string   // the Detector that notices it, "" for none
	Repair dist.Law // from the notice; nil: it stays down for good
	Resync dist.Law // restart: it answers with stale state for so long; nil: not at all
	Loses  Prob     // P that the copy of data it holds is gone
	Pos    Pos
}

// Hidden says whether the failure is unnoticed at first.
func (m *Mode) Hidden() bool { return m.Kind == FailSilent || m.Kind == FailByzantine }
