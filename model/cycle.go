package model

// cycle evaluates a node of a dependency cycle. Every coin that the cycle may
// meet is drawn first, so that what remains is ok, wrong or none everywhere;
// then the greatest fixed point is found.
func (e *Evaluation) cycle(component, node int) value {
	if coin, open := e.openCoin(component); open {
		return e.condition(node, coin)
	}
	for n, o := range e.settle(component) {
		e.values[n] = value{Shares: Always(o)}
	}
	return e.values[node]
}

// openCoin finds a coin that the cycle depends on and that is not drawn yet:
// one of its own, or one of what it needs from outside.
func (e *Evaluation) openCoin(component int) (int, bool) {
	for _, node := range e.st.Components[component] {
		n := &e.st.System.Nodes[node]
		_, drawn := e.fixed[node]
		if !drawn && e.hasCoin(node) {
			return node, true
		}
		for _, child := range n.Children {
			if e.st.Component[child] == component {
				continue
			}
			if v := e.value(child); len(v.coins) > 0 {
				return v.coins[0], true
			}
		}
	}
	return 0, false
}

func (e *Evaluation) hasCoin(node int) bool {
	n := &e.st.System.Nodes[node]
	switch n.Kind {
	case Else:
		return n.Covers.P > 0 && n.Covers.Q > 0
	case Cached:
		return n.Hit.P > 0 && n.Hit.Q > 0
	case Called:
		through := e.st.System.Through(n.Call)
		return through.P > 0 && through.Q > 0
	case Mix:
		return true
	case Service:
		kept := e.shares(node)
		return kept.OK > 0 && kept.OK < 1
	}
	return false
}

// settle starts with every service of the cycle ok and evaluates all of them
// together until nothing changes.
func (e *Evaluation) settle(component int) map[int]Outcome {
	nodes := e.st.Components[component]
	now := map[int]Outcome{}
	for _, node := range nodes {
		if e.st.System.Nodes[node].Kind == Service {
			now[node] = OK
		}
	}
	for range e.st.Rounds() {
		next, changed := map[int]Outcome{}, false
		for _, node := range nodes {
			if old, service := now[node]; service {
				next[node] = e.step(component, node, now)
				changed = changed || next[node] != old
			}
		}
		if !changed {
			return e.complete(component, now)
		}
		now = next
	}
	e.err = ErrUnsettled
	return e.complete(component, now)
}

// Rounds is how often a cycle is evaluated before it counts as unsettled.
func (st *Structure) Rounds() int {
	services := 0
	for i := range st.System.Nodes {
		if st.System.Nodes[i].Kind == Service {
			services++
		}
	}
	return 3*services + 1
}

// step evaluates one node of a cycle, given the outcomes of its services.
func (e *Evaluation) step(component, node int, services map[int]Outcome) Outcome {
	var of func(int) value
	of = func(child int) value {
		if e.st.Component[child] != component {
			return e.value(child)
		}
		if o, ok := services[child]; ok {
			return value{Shares: Always(o)}
		}
		return e.node(child, of)
	}
	o, _ := e.node(node, of).Outcome()
	return o
}

// complete adds the nodes between the services of a cycle.
func (e *Evaluation) complete(component int, services map[int]Outcome) map[int]Outcome {
	all := map[int]Outcome{}
	for _, node := range e.st.Components[component] {
		if o, ok := services[node]; ok {
			all[node] = o
		} else {
			all[node] = e.step(component, node, services)
		}
	}
	return all
}

// Full says whether a node is not degraded: everything it needs and uses is
// there, no fallback is in use and no bad deploy is live.
func (e *Evaluation) Full(node int) (bool, error) {
	return e.isFull(node), e.err
}

func (e *Evaluation) isFull(node int) bool {
	if full, ok := e.full[node]; ok {
		return full
	}
	if c := e.st.Component[node]; e.st.Cyclic(c) {
		e.settleFull(c)
	} else {
		e.full[node] = e.fullOf(node)
	}
	return e.full[node]
}

// settleFull takes the greatest fixed point of full over a cycle; the rule is
// monotone, so nodes can only leave it.
func (e *Evaluation) settleFull(component int) {
	nodes := e.st.Components[component]
	for _, node := range nodes {
		e.full[node] = true
	}
	for changed := true; changed; {
		changed = false
		for _, node := range nodes {
			if e.full[node] && !e.fullOf(node) {
				e.full[node], changed = false, true
			}
		}
	}
}

// fullOf applies the rule of one node.
func (e *Evaluation) fullOf(node int) bool {
	n := &e.st.System.Nodes[node]
	switch n.Kind {
	case Series, Mix, Cached, Called:
		return e.countFull(n.Children) == len(n.Children)
	case AtLeast:
		return e.countFull(n.Children) >= n.K
	case Else:
		return e.isFull(n.Children[0])
	case Not:
		return e.value(node).OK > 0
	case Service:
		return (n.Deploys == None || e.live[n.Deploys] == 0) && Counts(e.value(node).OK, n.UpAt) &&
			e.countFull(n.Children) == len(n.Children) && e.countFull(n.Uses) == len(n.Uses) && !e.overloaded(node)
	}
	return e.value(node).OK > 0 && !e.overloaded(node)
}

func (e *Evaluation) countFull(nodes []int) int {
	full := 0
	for _, node := range nodes {
		if e.isFull(node) {
			full++
		}
	}
	return full
}
