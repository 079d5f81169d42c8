package syntax

import "fmt"

// Error is a mistake in a source file.
type Error struct {
	Pos, End Position // what is wrong
	Code     string   // "E001".."E0xx"
	Message  string   // one lower-case sentence that says got and want
	Help     string   // one line, "" for none
	Other    *Place   // a second place, nil for none
}

// Place is a second position that explains an Error.
type Place struct {
	Pos, End Position
	Text     string // what is there, such as "opened here"
}

// Error returns "file:line:col: message".
func (e Error) Error() string {
	return fmt.Sprintf("%s: %s", e.Pos, e.Message)
}
