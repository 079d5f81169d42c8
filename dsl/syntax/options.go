package syntax

import (
	"cmp"
	"slices"

	"github.com/alecthomas/participle/v2/lexer"
)

// checkOptions reports an option of n that is given twice, or is missing. The
// tokens are those of n.
//
// The grammar keeps the last of two equal options and forgets the first. What
// tells is the tokens: every one that belongs to no child is a keyword, and no
// keyword stands twice.
func checkOptions(n Node, tokens []lexer.Token) []Error {
	switch n := n.(type) {
	case *Needs:
		return checkNeeds(n.Items, tokens)
	case *Uses:
		return checkNeeds(n.Items, tokens)
	case *Fails, *Standby, *Quorum, *Shock, *Detector, *Store, *Cache, *Deploys, *Calls, *Partition:
		if errs := repeated(n, tokens); errs != nil {
			return errs
		}
		return missing(n)
	}
	return nil
}

// checkNeeds checks every need by itself.
func checkNeeds(needs []*Need, tokens []lexer.Token) []Error {
	var errs []Error
	for _, n := range needs {
		if n.Via == nil && n.Demand == nil {
			continue
		}
		for tokens[0].Pos.Offset < n.Pos.Offset {
			tokens = tokens[1:]
		}
		end := 0
		for end < len(tokens) && tokens[end].Pos.Offset < n.EndPos.Offset {
			end++
		}
		errs = append(errs, repeated(n, tokens[:end])...)
	}
	return errs
}

// repeated reports the keywords of n that stand twice, or that exclude each
// other.
func repeated(n Node, tokens []lexer.Token) []Error {
	inner := children(n)
	slices.SortFunc(inner, func(a, b Node) int { return cmp.Compare(a.Extent().Pos.Offset, b.Extent().Pos.Offset) })
	first := map[string]lexer.Token{}
	var errs []Error
	for _, t := range tokens {
		for len(inner) > 0 && inner[0].Extent().EndPos.Offset <= t.Pos.Offset {
			inner = inner[1:]
		}
		if t.Type != nameToken || len(inner) > 0 && within(t, inner[0]) {
			continue
		}
		before, ok := first[choice(t.Value)]
		first[choice(t.Value)] = t
		if ok {
			e := problem(extent(t), codeRepeated, "%s after %s, want one of them once", quote(t.Value), quote(before.Value))
			at := extent(before)
			e.Other = &Place{at.Pos, at.EndPos, "first given here"}
			errs = append(errs, *e)
		}
	}
	return errs
}

// within says if t is a token of the child c and not its keyword.
func within(t lexer.Token, c Node) bool {
	from := c.Extent().Pos.Offset
	switch c.(type) {
	case *Loses, *Waiting:
		return from < t.Pos.Offset
	}
	return from <= t.Pos.Offset
}

// choice maps the keywords that exclude each other to one of them.
func choice(keyword string) string {
	switch keyword {
	case "at":
		return "every"
	case "warm", "cold":
		return "hot"
	}
	return keyword
}

// missing reports the options that n lacks.
func missing(n Node) []Error {
	var lacks []string
	want := func(ok bool, option string) {
		if !ok {
			lacks = append(lacks, option)
		}
	}
	word := ""
	switch n := n.(type) {
	case *Fails:
		word = "fails"
		want(n.Every != nil || n.At != nil, `"every" or "at"`)
	case *Partition:
		word = "partition"
		want(n.Every != nil || n.At != nil, `"every" or "at"`)
	case *Shock:
		word = "shock"
		want(n.Every != nil || n.At != nil, `"every" or "at"`)
		want(n.Hits != nil, `"hits"`)
		want(n.Each != nil, `"each"`)
	case *Deploys:
		word = "deploys"
		want(n.Bad != nil, `"bad"`)
		want(n.Detect != nil, `"detect"`)
		want(n.Rollback != nil, `"rollback"`)
	case *Detector:
		word = "detector"
		want(n.Heartbeat != nil, `"heartbeat"`)
		want(n.Timeout != nil, `"timeout"`)
		want(n.Over != nil, `"over"`)
	case *Store:
		word = "store"
		want(n.Fragments || n.Read != nil, `"read"`)
		want(n.Fragments || n.Write != nil, `"write"`)
	case *Cache:
		word = "cache"
		want(n.Hit != nil, `"hit"`)
		want(n.Before != nil, `"before"`)
	}
	if lacks == nil {
		return nil
	}
	at := n.Extent()
	at.EndPos = at.Pos
	at.EndPos.Offset += len(word)
	at.EndPos.Column += len(word)
	return []Error{*problem(at, codeMissing, "%s without %s", quote(word), either(lacks))}
}
