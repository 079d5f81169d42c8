package analytic

import (
	"slices"

	"nines/model"
)

// A cluster is a number of targets that are evaluated together: the same of
// their parts interact in time. Two databases that share nothing but zones are
// modules by themselves for their own targets, and one module for a target that
// depends on both; so these three are evaluated apart, as the chain of both
// databases together can have as many states as the product of the two.
type cluster struct {
	targets []int
	set     []int // by part: the index of the set that it is in, or model.None
	size    []int // of each set
}

// clusters divides targets. Each cluster lists indexes of targets in ascending
// order.
func clusters(sys *model.System, targets []model.Target) [][]int {
	if len(model.Couplings(sys, targets)) == 0 {
		return [][]int{indexes(len(targets))}
	}
	var found []*cluster
	for i, t := range targets {
		sets := interacting(sys, t)
		at := slices.IndexFunc(found, func(c *cluster) bool { return c.fits(sets) })
		if at < 0 {
			at = len(found)
			found = append(found, &cluster{set: slices.Repeat([]int{model.None}, len(sys.Parts))})
		}
		found[at].add(i, sets)
	}
	lists := make([][]int, len(found))
	for k, c := range found {
		lists[k] = c.targets
	}
	return lists
}

func indexes(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// interacting divides the parts that make a difference to a target into sets
// that interact in time.
func interacting(sys *model.System, t model.Target) [][]int {
	var sets [][]int
	in := make([]bool, len(sys.Parts))
	only := []model.Target{t}
	for _, c := range model.Couplings(sys, only) {
		sets = append(sets, c.Parts)
		for _, p := range c.Parts {
			in[p] = true
		}
	}
	for _, p := range sys.Relevant(only) {
		if !in[p] {
			sets = append(sets, []int{p})
		}
	}
	return sets
}

// fits says whether each set is one of the cluster, or meets none of its sets.
func (c *cluster) fits(sets [][]int) bool {
	return !slices.ContainsFunc(sets, func(parts []int) bool {
		set := c.set[parts[0]]
		if set != model.None && c.size[set] != len(parts) {
			return true
		}
		return slices.ContainsFunc(parts, func(p int) bool { return c.set[p] != set })
	})
}

// add puts a target that fits into the cluster.
func (c *cluster) add(target int, sets [][]int) {
	c.targets = append(c.targets, target)
	for _, parts := range sets {
		for _, p := range parts {
			if c.set[p] == model.None {
				c.set[p] = len(c.size)
			}
		}
		c.size = append(c.size, len(parts))
	}
}
