package syntax

import (
	"cmp"
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// repeated reports the options of n that are given twice or exclude each other.
// The tokens are those of n.
//
// The grammar keeps the last of two equal options and forgets the first. What
// tells is the tokens: every word that belongs to no child of n is a keyword, and
// no keyword stands twice.
func repeated(n Node, tokens []lexer.Token) []Error {
	var errs []Error
	switch n := n.(type) {
	case *Needs:
		for _, need := range n.Items {
			errs = append(errs, repeatedIn(need, &tokens)...)
		}
	case *Uses:
		for _, need := range n.Items {
			errs = append(errs, repeatedIn(need, &tokens)...)
		}
	case *Fails, *Standby, *Quorum, *Shock, *Detector, *Store, *Cache, *Deploys, *Calls, *Partition:
		errs = repeatedIn(n, &tokens)
	}
	return errs
}

// repeatedIn is repeated for n alone. It takes from the tokens those up to the
// end of n.
func repeatedIn(n Node, tokens *[]lexer.Token) []Error {
	inner := children(n)
	slices.SortFunc(inner, func(a, b Node) int { return cmp.Compare(a.Extent().Pos.Offset, b.Extent().Pos.Offset) })
	first := map[string]lexer.Token{}
	var errs []Error
	for ; len(*tokens) > 0 && (*tokens)[0].Pos.Offset < n.Extent().EndPos.Offset; *tokens = (*tokens)[1:] {
		t := (*tokens)[0]
		for len(inner) > 0 && inner[0].Extent().EndPos.Offset <= t.Pos.Offset {
			inner = inner[1:]
		}
		if t.Type != nameToken || len(inner) > 0 && within(t, inner[0]) || t.Pos.Offset < n.Extent().Pos.Offset {
			continue
		}
		before, ok := first[choice(t.Value)]
		first[choice(t.Value)] = t
		if ok {
			errs = append(errs, *twice(before, t))
		}
	}
	return errs
}

// twice is the error for two keywords of which one is too many.
func twice(before, t lexer.Token) *Error {
	e := problem(extent(t), codeRepeated, "%s after %s, want one of them", quote(t.Value), quote(before.Value))
	if t.Value == before.Value {
		e.Message = quote(t.Value) + " given twice, want it once"
	}
	at := extent(before)
	e.Other = &Place{at.Pos, at.EndPos, "first given here"}
	return e
}

// within says if t is a token of the child c and not its keyword.
func within(t lexer.Token, c Node) bool {
	from := c.Extent().Pos.Offset
	switch c.(type) {
	case *Loses, *Waiting, *Fenced:
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

// missing returns the error for the options that n lacks, nil for none.
func missing(n Node) *Error {
	var lacks []string
	want := func(ok bool, option string) {
		if !ok {
			lacks = append(lacks, option)
		}
	}
	word, example := "", ""
	switch n := n.(type) {
	case *Fails:
		word, example = "fails", "fails every 90d repair 4h"
		want(n.Every != nil || n.At != nil, `"every" or "at"`)
	case *Partition:
		word, example = "partition", "partition a from rest every 1y repair 2h"
		want(n.Every != nil || n.At != nil, `"every" or "at"`)
	case *Shock:
		word, example = "shock", "shock every 2y hits a, b each 10% repair 4h"
		want(n.Every != nil || n.At != nil, `"every" or "at"`)
		want(n.Hits != nil, `"hits"`)
		want(n.Each != nil, `"each"`)
	case *Deploys:
		word, example = "deploys", "deploys 5/w bad 2% detect 4m rollback 6m"
		want(n.Bad != nil, `"bad"`)
		want(n.Detect != nil, `"detect"`)
		want(n.Rollback != nil, `"rollback"`)
	case *Detector:
		word, example = "detector", "detector hb { heartbeat 1s timeout 5s over wan }"
		want(n.Heartbeat != nil, `"heartbeat"`)
		want(n.Timeout != nil, `"timeout"`)
		want(n.Over != nil, `"over"`)
	case *Store:
		word, example = "store", "store s { disk x 3 read 1 write 2 }"
		want(n.Fragments || n.Read != nil, `"read"`)
		want(n.Fragments || n.Write != nil, `"write"`)
	case *Cache:
		word, example = "cache", "cache c { redis x 1 hit 90% before db }"
		want(n.Hit != nil, `"hit"`)
		want(n.Before != nil, `"before"`)
	}
	if lacks == nil {
		return nil
	}
	at := extent(lexer.Token{Value: word, Pos: n.Extent().Pos})
	e := problem(at, codeMissing, "%s without %s", quote(word), strings.Join(lacks, " and "))
	e.Help = "for example: " + example
	return e
}
