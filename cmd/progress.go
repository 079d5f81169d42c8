package cmd

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/charmbracelet/x/ansi"

	"nines/cmd/internal/report"
)

// patience is how long work may take before its progress is shown.
const patience = time.Second

// A progress is one line on a terminal that is written anew; elsewhere it is
// silent.
type progress struct {
	w       io.Writer // nil: silent
	columns int
	start   time.Time
	shown   bool
}

func (p *program) progress() *progress {
	columns, terminal := size(p.stderr)
	if !terminal || os.Getenv("TERM") == "dumb" {
		return &progress{}
	}
	return &progress{w: p.stderr, columns: columns, start: time.Now()}
}

// show replaces the line, once the work takes long enough.
func (g *progress) show(line string) {
	if g.w == nil || time.Since(g.start) < patience {
		return
	}
	fmt.Fprintf(g.w, "\r%s\x1b[K", ansi.Truncate(line, g.columns-1, "…"))
	g.shown = true
}

// clear takes the line away.
func (g *progress) clear() {
	if g.shown {
		fmt.Fprint(g.w, "\r\x1b[K")
		g.shown = false
	}
}

// watch shows for how long something has been going on until the function that
// it returns is called.
func (p *program) watch(what string) (done func()) {
	g := p.progress()
	if g.w == nil {
		return func() {}
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(patience / 4)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				g.clear()
				return
			case <-tick.C:
				g.show(fmt.Sprintf("%s for %s, Ctrl-C stops", what, report.Duration(time.Since(g.start).Round(patience).Seconds())))
			}
		}
	}()
	return func() { close(stop); <-stopped }
}
