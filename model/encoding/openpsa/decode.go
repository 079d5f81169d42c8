package openpsa

import (
	"nines/model"
)

// A File is one file of a model.
type File struct {
	Name string // in positions
	Data []byte
}

// Decode reads a model that is spread over files. The system is nil if a
// diagnostic is an error.
func Decode(files ...File) (*model.System, []model.Diagnostic) {
	r := newReader()
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
	r.targets(files)
	if r.failed {
		return nil, r.list
	}
	return &r.system, r.list
}

func newReader() *reader {
	return &reader{
		root: newContainer("", nil), public: map[key]*definition{}, refers: map[*element]*definition{},
		missing: map[key]bool{}, names: naming{}, noted: map[string]bool{},
		certain: model.None, impossible: model.None, combinations: maxCombinations,
		system: model.System{Mission: model.Year},
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

// targets lists the gates that no other gate uses, and warns of events that
// none does.
func (r *reader) targets(files []File) {
	below := map[*definition]bool{}
	for _, d := range r.definitions {
		for _, u := range d.uses {
			below[u.of] = true
		}
	}
	for _, d := range r.definitions {
		switch {
		case d.kind == gate && !below[d]:
			r.system.Targets = append(r.system.Targets, model.Target{Name: d.unique, Title: d.title, Kind: "system", Node: d.node, Pos: d.pos})
		case (d.kind == basicEvent || d.kind == houseEvent) && !d.used:
			r.warnf("W152", d.pos, "%s %s is used by no gate", d.kind, quoted(d.name))
		}
	}
	if len(r.system.Targets) == 0 && !r.failed {
		at := model.Pos{}
		if len(files) > 0 {
			at.File = files[0].Name
		}
		r.errorf("E104", at, "no gate is defined, there is nothing to evaluate")
	}
}
