package dsl

import (
	"maps"
	"slices"
	"strings"

	"nines/dsl/syntax"
)

// scenarios reads all scenarios of the file and puts the settings of the chosen
// one over the params.
func (b *builder) scenarios(statements []syntax.Statement, chosen string) []*syntax.Scenario {
	var list []*syntax.Scenario
	first := map[string]*syntax.Scenario{}
	for _, s := range statements {
		s, ok := s.(*syntax.Scenario)
		if !ok {
			continue
		}
		name := titleOf(s.Title)
		if old := first[name]; old != nil {
			b.report.report("E020", s.Title.Span, "scenario %q is declared twice", name).second(b.report.pos(old.Title.Span), "first declared here")
			continue
		}
		first[name] = s
		list = append(list, s)
	}
	if chosen == "" {
		return list
	}
	if first[chosen] == nil {
		names := slices.Sorted(maps.Keys(first))
		e := b.report.report("E070", syntax.Span{}, "unknown scenario %q", chosen)
		if near := Nearest(chosen, names); near != "" {
			e.help("did you mean %q?", near)
		} else if len(names) > 0 {
			e.help("the file has %s", strings.Join(names, ", "))
		}
		return list
	}
	for _, set := range first[chosen].Settings {
		if p := b.known(set.Name); p != nil {
			p.override = set.Value
		}
	}
	return list
}

// known is the param of a name, nil if there is none.
func (b *builder) known(name *syntax.Name) *param {
	if sym := b.symbols[name.Text]; sym != nil && sym.kind == paramKind {
		return b.params[sym]
	}
	return nil
}

// set puts values from outside of the file over the params, after those of a
// scenario.
func (b *builder) set(values map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		outside := "--set " + name
		at := syntax.Span{Pos: syntax.Position{Filename: outside}}
		p := b.known(&syntax.Name{Text: name})
		if p == nil && b.broken[name] {
			continue
		}
		if p == nil {
			b.report.report("E071", at, "unknown param `%s`", name).Help = b.nearestParam(name)
			continue
		}
		q, err := parseQuantity(outside, values[name])
		if err != nil {
			b.report.report("E072", at, "param `%s` wants a value, got `%s`", name, values[name]).help("%s", err)
			continue
		}
		p.override = q
	}
}

// nearestParam helps with the name of a param.
func (b *builder) nearestParam(name string) string {
	var names []string
	for _, sym := range b.order {
		if sym.kind == paramKind {
			names = append(names, sym.name.Text)
		}
	}
	if b.guesses++; b.guesses > maxGuesses {
		return ""
	}
	if near := Nearest(name, names); near != "" {
		return "did you mean `" + near + "`?"
	}
	if len(names) == 0 {
		return "the file has no params; declare one as in `param pods = 4`"
	}
	return "declare it as in `param " + name + " = 4`"
}

// checkSettings checks every setting of every scenario, chosen or not.
func (b *builder) checkSettings(list []*syntax.Scenario) {
	for _, s := range list {
		seen := map[string]*syntax.Setting{}
		for _, set := range s.Settings {
			if old := seen[set.Name.Text]; old != nil {
				b.report.report("E055", set.Span, "`%s` is set twice in a scenario", set.Name.Text).second(b.report.pos(old.Span), "set here first")
				continue
			}
			seen[set.Name.Text] = set
			b.checkSetting(set)
		}
	}
}

func (b *builder) checkSetting(set *syntax.Setting) {
	p := b.known(set.Name)
	switch {
	case p == nil && !b.broken[set.Name.Text]:
		b.unknownParam(set)
	case p == nil || p.override == set.Value:
	case p.state == done:
		b.setting(p, set.Value, p.value.dim)
	}
}

// unknownParam reports a setting of what is no param.
func (b *builder) unknownParam(set *syntax.Setting) {
	name := set.Name.Text
	if sym := b.symbols[name]; sym != nil {
		b.report.report("E071", set.Name.Span, "a scenario sets params, got the %s `%s`", sym.kind, name).second(b.declared(sym))
		return
	}
	b.report.report("E071", set.Name.Span, "unknown param `%s`", name).Help = b.nearestParam(name)
}
