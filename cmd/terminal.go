package cmd

import (
	"io"
	"os"

	"golang.org/x/term"

	"nines/cmd/internal/report"
)

// look is how text is shown on w: in colour only on a terminal, see
// no-color.org and bixense.com/clicolors.
func (p *program) look(w io.Writer) report.Look {
	columns, terminal := size(w)
	return report.NewLook(columns, !p.noColor && colour(terminal, os.Getenv))
}

func colour(terminal bool, env func(string) string) bool {
	switch force := env("CLICOLOR_FORCE"); {
	case env("NO_COLOR") != "":
		return false
	case force != "" && force != "0":
		return true
	}
	return terminal && env("CLICOLOR") != "0" && env("TERM") != "dumb"
}

// size is the number of columns of the terminal w, or the default if it is
// none.
func size(w io.Writer) (columns int, terminal bool) {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			return columns, true
		}
		return report.DefaultWidth, true
	}
	return report.DefaultWidth, false
}
