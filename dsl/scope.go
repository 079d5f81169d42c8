package dsl

import (
	"fmt"
	"strings"

	"nines/dsl/syntax"
	"nines/model"
)

// kind is the keyword that declares a name.
type kind string

const (
	paramKind     kind = "param"
	detectorKind  kind = "detector"
	componentKind kind = "component"
	domainKind    kind = "domain"
	poolKind      kind = "pool"
	quorumKind    kind = "quorum"
	voteKind      kind = "vote"
	bftKind       kind = "bft"
	standbyKind   kind = "standby"
	storeKind     kind = "store"
	cacheKind     kind = "cache"
	serviceKind   kind = "service"
	systemKind    kind = "system"
	networkKind   kind = "network"
	crewKind      kind = "crew"
)

// article puts "a" or "an" before the kind.
func (k kind) article() string { return "a " + string(k) }

// example is how a name of this kind is declared.
func (k kind) example(name string) string {
	switch k {
	case paramKind:
		return "param " + name + " = 4"
	case componentKind, domainKind:
		return string(k) + " " + name + " { fails every 90d repair 1h }"
	case systemKind:
		return "system " + name + " = ..."
	}
	return string(k) + " " + name + " { ... }"
}

// A symbol is what a name of the file stands for.
type symbol struct {
	kind  kind
	name  *syntax.Name
	decl  syntax.Statement
	used  bool
	known bool // declared well enough for its use to be checked

	// components and domains
	array  bool
	copied bool   // it stands in `NAME x n`
	single bool   // it stands elsewhere in a structure
	holds  bool   // something is placed in it, or a network joins it
	parts  span   // the declared parts, none for a template
	copies []span // the parts made by `NAME x n`
	proto  *prototype
	place  *place

	// what has a node
	node    int             // None without
	members []int           // parts of a group
	made    []made          // the copies among them
	numbers map[*symbol]int // how many of each template
	halves  map[string]int  // of a store: the nodes of "read" and "write"
	hit     model.Prob      // of a cache
}

// span is the parts first, first+1, ..., first+count-1.
type span struct{ first, count int }

// scope is the one name space of a file.
type scope struct {
	report  *reporter
	symbols map[string]*symbol
	order   []*symbol
	broken  map[string]bool // names whose declaration could not be read
	guesses int             // unknown names so far
}

// maxGuesses bounds the search for what was meant; it is linear in the number
// of names.
const maxGuesses = 100

// declare adds a name, or says that it is taken. What it declares is checked in
// both cases.
func (s *scope) declare(sym *symbol) {
	s.order = append(s.order, sym)
	if old, taken := s.symbols[sym.name.Text]; taken {
		s.report.report("E020", sym.name.Span, "%s `%s` is declared twice", sym.kind, sym.name.Text).
			second(s.report.pos(old.name.Span), fmt.Sprintf("first declared here, as %s", old.kind.article())).
			help("one name means one thing everywhere; choose another")
		return
	}
	s.symbols[sym.name.Text] = sym
}

// find looks up the name of something of the wanted kind, or of another, which
// is for the caller to tell; nil, after a diagnostic, if there is none. A name
// whose declaration could not be read is nil without one.
func (s *scope) find(name string, at syntax.Span, wanted kind) *symbol {
	if sym := s.symbols[name]; sym != nil {
		sym.used = true
		return sym
	}
	if !s.broken[name] {
		s.report.report("E021", at, "unknown name `%s`", name).Help = s.meant(name, wanted)
	}
	return nil
}

// meant guesses what an unknown name should have been.
func (s *scope) meant(name string, wanted kind) string {
	if s.guesses++; s.guesses > maxGuesses {
		return ""
	}
	if left, right, ok := s.minus(name); ok {
		return fmt.Sprintf("a minus sign has a space on both sides: `%s - %s`", left, right)
	}
	if unit := syntax.Abbreviate(name); wanted == paramKind && unit != "" {
		return fmt.Sprintf("did you mean the unit `%s`?", unit)
	}
	var names []string
	for _, sym := range s.order {
		names = append(names, sym.name.Text)
	}
	if near := Nearest(name, names); near != "" {
		return fmt.Sprintf("did you mean %s `%s`?", s.symbols[near].kind, near)
	}
	return "declare it, as in `" + wanted.example(name) + "`"
}

// minus splits a name at a `-` that was probably meant as a sign.
func (s *scope) minus(name string) (left, right string, ok bool) {
	for i := range len(name) {
		if name[i] != '-' {
			continue
		}
		left, right = name[:i], name[i+1:]
		if s.isValue(left) && s.isValue(right) {
			return left, right, true
		}
	}
	return "", "", false
}

func (s *scope) isValue(text string) bool {
	if sym := s.symbols[text]; sym != nil {
		return sym.kind == paramKind
	}
	return text != "" && strings.Trim(text, "0123456789.") == ""
}

// declared points to the declaration of a symbol.
func (s *scope) declared(sym *symbol) (model.Pos, string) {
	return s.report.pos(sym.name.Span), fmt.Sprintf("%s `%s` is declared here", sym.kind, sym.name.Text)
}
