package syntax

import (
	"slices"
	"strings"
)

var (
	functions = []string{"min", "max", "ceil", "floor"}
	laws      = []string{"exponential", "fixed", "uniform", "triangular", "weibull", "lognormal", "gamma", "erlang", "hyperexponential", "empirical"}
	labels    = []string{"shape", "mean", "scale", "median", "sigma", "cv"}
	durations = []string{"ns", "us", "ms", "s", "m", "h", "d", "w", "mo", "y"}
	wordUnits = []string{"nines", "FIT", "rps"}
)

func isFunction(word string) bool { return slices.Contains(functions, word) }
func isLaw(word string) bool      { return slices.Contains(laws, word) }
func isLabel(word string) bool    { return slices.Contains(labels, word) }
func isDuration(word string) bool { return slices.Contains(durations, word) }
func isWordUnit(word string) bool { return slices.Contains(wordUnits, word) }

// isStatement says if word is the first word of a statement.
func isStatement(word string) bool {
	switch word {
	case "model", "mission", "param", "component", "domain", "service", "pool", "quorum", "vote", "bft", "standby",
		"crew", "common", "shock", "network", "detector", "store", "cache", "system", "require", "scenario":
		return true
	}
	return false
}

// isClauseStart says if word is the first word of a clause.
func isClauseStart(word string) bool {
	switch word {
	case "fails", "availability", "unavailability", "never", "capacity",
		"runs", "deploys", "needs", "uses", "calls", "up", "demand",
		"nodes", "link", "delay", "loss", "timing", "partition":
		return true
	}
	return false
}

// isOperator says if word can stand after an operand inside an expression.
func isOperator(word string) bool {
	switch word {
	case "else", "covers", "reaches", "connected", "of", "x", "in":
		return true
	}
	return false
}

// isClauseWord says if word can follow an expression: a clause starts with it or
// goes on with it.
func isClauseWord(word string) bool {
	switch word {
	case "every", "at", "detect", "repair", "resync", "loses", "data", "retry", "bad", "rollback", "hits", "via", "over",
		"elect", "hot", "warm", "cold", "switch", "succeeds", "fenced", "each", "among", "heartbeat", "timeout",
		"read", "write", "hit", "before", "from", "with", "except", "survives":
		return true
	}
	return isClauseStart(word)
}

// Abbreviate returns the unit of time for the word that people write for it, "d"
// for "Days", and "" if there is none.
func Abbreviate(word string) string {
	switch strings.TrimSuffix(strings.ToLower(word), "s") {
	case "sec", "second":
		return "s"
	case "min", "minute":
		return "m"
	case "hr", "hour":
		return "h"
	case "day":
		return "d"
	case "week":
		return "w"
	case "month":
		return "mo"
	case "yr", "year":
		return "y"
	}
	return ""
}

// suggest returns the word closest to got, "" if none is close.
func suggest(got string, words []string) string {
	best, nearest := "", 1+min(2, len(got)/2)
	for _, w := range words {
		if d := distance(got, w); d < nearest && d > 0 {
			best, nearest = w, d
		}
	}
	return best
}

// distance is the number of letters to insert, delete, replace or swap with a
// neighbour to make a into b; far apart it is only a lower bound.
func distance(a, b string) int {
	const far = 32
	if len(a) > far || len(b) > far {
		return far
	}
	var d [far + 1][far + 1]int
	for i := range len(a) + 1 {
		for j := range len(b) + 1 {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = d[i-1][j-1] + 1
			}
			d[i][j] = min(d[i][j], d[i-1][j]+1, d[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// either joins words for a sentence: "a, b or c".
func either(words []string) string {
	text := ""
	for i, w := range words {
		switch {
		case i == 0:
		case i == len(words)-1:
			text += " or "
		default:
			text += ", "
		}
		text += w
	}
	return text
}

// IsName says if text can name something wherever a name can stand: it has the
// form of a name and is no word of the language, which would want parentheses
// here and there.
func IsName(text string) bool {
	form := text != "" && nameLength(text) == len(text) && len(text) <= maxName
	word := isStatement(text) || isClauseWord(text) || isOperator(text) || isFunction(text) || isLaw(text) || isLabel(text) || isWordUnit(text)
	return form && !word && !slices.Contains([]string{"all", "any", "series", "parallel", "mix", "not", "repairs"}, text)
}
