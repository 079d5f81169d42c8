package dsl

import "strings"

// Nearest is the name that was probably meant: the one with the least edit
// distance, if that is small for its length; the first of several, "" if there
// is none.
func Nearest(name string, among []string) string {
	best, bound := "", (len(name)+1)/3
	for _, candidate := range among {
		if d := distance(strings.ToLower(name), strings.ToLower(candidate), bound); d <= bound {
			best, bound = candidate, d-1
		}
	}
	return best
}

// distance is the number of insertions, deletions, replacements and swaps of
// neighbours that turn a into b (Damerau, restricted), or something above bound
// as soon as that is sure.
func distance(a, b string, bound int) int {
	if len(a)-len(b) > bound || len(b)-len(a) > bound {
		return bound + 1
	}
	var before []int
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		least := row[0]
		for j := range len(b) {
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+unequal(a[i], b[j]))
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
			least = min(least, row[j+1])
		}
		if least > bound {
			return bound + 1
		}
		before, last = last, row
	}
	return last[len(b)]
}

func unequal(a, b byte) int {
	if a == b {
		return 0
	}
	return 1
}
