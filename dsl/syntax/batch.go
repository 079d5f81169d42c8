package syntax

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

const (
	maxDepth     = 200     // nested brackets
	maxStatement = 1 << 19 // tokens in one statement
	batchSize    = 1 << 8  // tokens from which a batch ends at the next statement
)

// batcher groups the tokens of a source into batches of whole statements, so
// that memory does not grow with the source. A statement that is nested too
// deeply or too long is given up and left out up to the next one.
type batcher struct {
	*scanner
	comment func(lexer.Token)
	tokens  []lexer.Token // scanned and not handed out
	ahead   [3]place      // the newest significant tokens; the first is looked at
	before  lexer.Token   // the significant token before them
	depth   int           // open brackets
	braces  int           // open braces among them
	start   int           // index in tokens where the statement starts
	broken  bool          // the statement is given up
}

// place is a token and its index in the tokens of a batcher.
type place struct {
	lexer.Token
	index int
}

// batch returns tokens that end where a statement starts, or where one is given
// up, or at the end of the source, and the token that follows: EOF for none.
func (b *batcher) batch() (batch *lexer.PeekingLexer, follow lexer.Token) {
	for {
		t, _ := b.Next()
		if t.EOF() {
			return b.hand(len(b.tokens), t), t
		}
		if t.Type == commentToken {
			b.comment(t)
		}
		if t.Type == commentToken || t.Type == spaceToken {
			b.space(t)
			continue
		}
		if !b.broken {
			b.tokens = append(b.tokens, t)
		}
		b.before = b.ahead[0].Token
		b.ahead = [3]place{b.ahead[1], b.ahead[2], {t, len(b.tokens) - 1}}
		if w := b.ahead[0]; b.look(w) {
			batch = b.hand(w.index, w.Token)
			if b.broken {
				b.tokens = b.tokens[:0]
			}
			return batch, w.Token
		}
	}
}

// space keeps the first of the tokens that separate others: it is where the last
// of them ends.
func (b *batcher) space(t lexer.Token) {
	if n := len(b.tokens); !b.broken && n > 0 && b.tokens[n-1].Type != spaceToken {
		t.Type = spaceToken
		b.tokens = append(b.tokens, t)
	}
}

// look considers the significant token w and says if the batch ends before it.
func (b *batcher) look(w place) bool {
	if b.starts(w.Token) {
		if b.broken {
			b.resume()
		}
		b.depth, b.braces, b.start = 0, 0, b.ahead[0].index
		return b.start >= batchSize
	}
	b.count(w.Value)
	switch {
	case b.broken:
		return false
	case b.depth > maxDepth:
		b.report(*problem(extent(w.Token), codeDepth, "brackets nested deeper than %d", maxDepth))
	case w.index-b.start > maxStatement:
		b.report(*problem(extent(w.Token), codeLength, "statement of more than %d tokens", maxStatement))
	default:
		return false
	}
	b.broken = true
	return true
}

// count keeps the number of open brackets.
func (b *batcher) count(token string) {
	switch token {
	case "{":
		b.braces++
		b.depth++
	case "(", "[":
		b.depth++
	case "}":
		b.braces = max(b.braces-1, 0)
		b.depth = b.braces
	case ")", "]":
		b.depth = max(b.depth-1, b.braces)
	}
}

// starts says if a statement starts at the significant token w. Inside brackets,
// where a closing one is missing, only the first word of a line that can be
// nothing else counts.
func (b *batcher) starts(w lexer.Token) bool {
	if !startsStatement(w, b.ahead[1].Token, b.ahead[2].Token) {
		return false
	}
	if b.depth == 0 && !b.broken {
		return b.ahead[1].Type != stringToken || !isStatement(b.before.Value)
	}
	return b.before.Pos.Line < w.Pos.Line && isDeclaration(w.Value)
}

// resume drops what was given up: the tokens now start with those ahead.
func (b *batcher) resume() {
	b.broken = false
	b.tokens = b.tokens[:0]
	for i := range b.ahead {
		b.ahead[i].index = i
		b.tokens = append(b.tokens, b.ahead[i].Token)
	}
}

// hand returns the first n tokens and an end at the token follow.
func (b *batcher) hand(n int, follow lexer.Token) *lexer.PeekingLexer {
	out := &slice{b.tokens[:n], lexer.EOFToken(follow.Pos)}
	batch, _ := lexer.Upgrade(out, spaceToken)
	b.tokens = append(b.tokens[:0], b.tokens[n:]...)
	b.start = 0
	for i := range b.ahead {
		b.ahead[i].index -= n
	}
	return batch
}

// slice is a lexer of tokens that are there already.
type slice struct {
	tokens []lexer.Token
	eof    lexer.Token
}

// Next returns the next token.
func (s *slice) Next() (lexer.Token, error) {
	if len(s.tokens) == 0 {
		return s.eof, nil
	}
	t := s.tokens[0]
	s.tokens = s.tokens[1:]
	return t, nil
}

// startsStatement says if word, followed by the significant tokens a and c,
// can only be the first word of a statement.
func startsStatement(word, a, c lexer.Token) bool {
	if word.Type != nameToken {
		return false
	}
	name := a.Type == nameToken
	switch word.Value {
	case "model":
		return a.Type == stringToken
	case "scenario":
		return a.Type == stringToken && c.Value == "{"
	case "mission":
		return a.Type == numberToken
	case "common":
		return a.Value == "cause"
	case "shock":
		return a.Value == "every" || a.Value == "at"
	case "require":
		return name && a.Value != "else" && strings.Contains(". ( >= <= survives", c.Value)
	case "param":
		return name && c.Value == "="
	case "system":
		return name && (c.Value == "=" || c.Type == stringToken)
	case "component", "domain":
		return name && (c.Value == "{" || c.Value == "[" || c.Value == "in" || c.Type == stringToken)
	case "service":
		return name && (c.Value == "{" || c.Type == stringToken)
	case "crew":
		return name && c.Value == "x"
	case "pool", "quorum", "vote", "bft", "standby", "network", "detector", "store", "cache":
		return name && c.Value == "{"
	}
	return false
}

// isDeclaration says if a statement with this first word declares a name, so
// that it can hardly be taken for a part of another statement.
func isDeclaration(word string) bool {
	switch word {
	case "model", "mission", "common", "shock", "require", "scenario":
		return false
	}
	return isStatement(word)
}
