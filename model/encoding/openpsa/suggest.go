package openpsa

import "fmt"

// didYouMean offers the name that is least different from name, if that is
// little for its length; "" if there is none. Long names and lists are not
// searched to the end.
func didYouMean(name string, among []string) string {
	const longest, most = 40, 50_000
	best, bound := "", len(name)/3
	for _, candidate := range among[:min(len(among), most)] {
		if len(name) > longest || len(candidate) > len(name)+bound || len(name) > len(candidate)+bound || candidate == name {
			continue
		}
		if d := edits(name, candidate); d <= bound {
			best, bound = candidate, d-1
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %s?", best)
}

// edits is the number of bytes to insert, delete or replace to turn a into b
// (Levenshtein).
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
