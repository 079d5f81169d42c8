package montecarlo

import "nines/model"

// memoKey stands for a node and the state of its cone, by a hash of 128 bits.
type memoKey struct {
	node         int32
	first, other uint64
}

// maxMemo bounds the memory of the memo. When it is full it starts anew, which
// changes nothing but the time.
const maxMemo = 1 << 16

// resolve asks the reference for the shares of a node.
func (ev *evaluator) resolve(n int32) value {
	key := ev.key(n)
	shares, known := ev.memo[key]
	if !known {
		var err error
		reference := ev.g.st.Evaluate(model.Snapshot{Conditions: ev.own, Live: ev.live, Groups: ev.groups})
		if shares, err = reference.Shares(int(n)); err != nil {
			ev.err = err
		}
		if len(ev.memo) >= maxMemo {
			clear(ev.memo)
		}
		ev.memo[key] = shares
	}
	return valueOf(shares)
}

// key hashes what is not ok of the cone: parts, groups with a state of their
// own, deploys that are live: two sums of scattered numbers, so the order does not matter. That two
// of a million states meet has the chance 1e-26.
func (ev *evaluator) key(n int32) memoKey {
	c := ev.cone(n)
	k := memoKey{node: n}
	add := func(thing, state int) {
		x := mix(uint64(thing)<<32 | uint64(state))
		k.first += x
		k.other += mix(^x)
	}
	for _, part := range c.parts {
		if now := ev.effective[part]; now != model.Up {
			add(part, int(now))
		}
	}
	for _, d := range c.deploys {
		if live := ev.live[d]; live > 0 {
			add(len(ev.own)+d, live)
		}
	}
	for _, group := range c.timed {
		if o := ev.groups[group]; o != model.OK {
			add(len(ev.own)+len(ev.live)+group, 1+int(o))
		}
	}
	return k
}

// cone is worked out when a node is first resolved.
func (ev *evaluator) cone(n int32) *cone {
	c := ev.cones[n]
	if c == nil {
		c = ev.g.cone(int(n))
		ev.cones[n] = c
	}
	return c
}
