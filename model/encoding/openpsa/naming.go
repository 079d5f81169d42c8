package openpsa

import "strconv"

// maxName bounds names, so that those made of several stay small.
const maxName = 1000

// naming gives names that are not given yet.
type naming map[string]int

// unique is name, with a number if it is taken.
func (n naming) unique(name string) string {
	given, taken := n[name]
	if !taken {
		n[name] = 1
		return name
	}
	for i := given + 1; ; i++ {
		numbered := name + "-" + strconv.Itoa(i)
		if _, taken := n[numbered]; !taken {
			n[name], n[numbered] = i, 1
			return numbered
		}
	}
}
