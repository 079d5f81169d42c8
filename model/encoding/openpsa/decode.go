package openpsa

import (
	"cmp"

	"nines/model"
)

// A File is one file of a model.
type File struct {
	Name string // in positions
	Data []byte
}

// Options say how a model is to be read.
type Options struct {
	Mission float64 // system mission time, s; 0: a year
}

// Decode reads a model that is spread over files. The system is nil if a
// diagnostic is an error.
func Decode(opts Options, files ...File) (*model.System, []model.Diagnostic) {
	r := newReader(opts)
	size, budget := 0, maxElements
	for _, f := range files {
		if size += len(f.Data); size > maxBytes {
			r.errorf("E101", model.Pos{File: f.Name}, "the files are larger than %d MiB", maxBytes>>20)
			break
		}
		if root := parse(f, &budget, &r.problems); root != nil {
			r.document(root)
		}
	}
	r.resolve()
	sorted := r.sort()
	r.nameAll()
	for _, d := range sorted {
		r.build(d)
	}
	if r.targets(); r.failed {
		return nil, r.list
	}
	r.unused()
	return &r.system, r.list
}

func newReader(opts Options) *reader {
	return &reader{
		root: newContainer("", nil), public: map[key]*definition{}, refers: map[*element]*definition{},
		missing: map[key]bool{}, names: naming{}, noted: map[string]bool{},
		certain: model.None, impossible: model.None, combinations: maxCombinations,
		system: model.System{Mission: cmp.Or(opts.Mission, model.Year)},
	}
}

// nameAll gives each event its name in the system: its own, with the
// containers around it if others have the same.
func (r *reader) nameAll() {
	same := map[string]int{}
	for _, d := range r.definitions {
		if d.kind.space() == events {
			same[d.name]++
		}
	}
	for _, d := range r.definitions {
		if d.kind.space() != events {
			continue
		}
		name := d.name
		if same[name] > 1 {
			name = d.path()
		}
		d.unique = r.names.unique(name)
	}
}

// targets lists the gates that no other gate uses.
func (r *reader) targets() {
	below := map[*definition]bool{}
	for _, d := range r.definitions {
		for _, u := range d.uses {
			below[u.of] = true
		}
	}
	for _, d := range r.definitions {
		if d.kind == gate && !below[d] {
			r.system.Targets = append(r.system.Targets, model.Target{Name: d.unique, Title: d.title, Kind: "system", Node: d.node, Pos: d.pos})
		}
	}
	if len(r.system.Targets) == 0 && !r.failed {
		r.errorf("E104", r.root.pos, "no gate is defined, there is nothing to evaluate")
	}
}

// unused warns of events that no gate uses.
func (r *reader) unused() {
	var first *definition
	n := 0
	for _, d := range r.definitions {
		if d.kind.space() == events && !d.used {
			if n++; first == nil {
				first = d
			}
		}
	}
	switch n {
	case 0:
	case 1:
		r.warnf("W152", first.pos, "%s %s is used by no gate", first.kind, quoted(first.name))
	default:
		r.warnf("W152", first.pos, "%d events are used by no gate, the first is %s", n, quoted(first.name))
	}
}
