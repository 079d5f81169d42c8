package markov

import (
	"cmp"
	"fmt"
)

// A Space is a chain together with what its states mean.
type Space[S comparable] struct {
	*Chain
	States []S // the meaning of state i; States[0] is the initial one
}

// Where returns the set of states for which in holds.
func (sp *Space[S]) Where(in func(S) bool) Set {
	set := make(Set, len(sp.States))
	for i, s := range sp.States {
		set[i] = in(s)
	}
	return set
}

// Explore finds all states that can be reached from the initial one, breadth first, and the transitions between them.
//
// next calls emit once for every transition out of s. Several transitions to the same state add up; one of rate 0 or to s itself is
// ignored. next must give the same answer whenever it is asked, but may stop short once the context of opts has ended.
//
// A state is any comparable value; small ones (a uint64, a short array of bytes) keep a big chain small. States that differ only by
// a symmetry (which of several like parts is down) are lumped by giving all of them one name: let next emit a canonical
// representative, for instance the sorted one, or count parts instead of listing them. Twenty machines are 2^20 states one by one
// and 21 states as a count. This is exact if the symmetric states lead to symmetric states at the same total rates.
//
// The error wraps ErrSize, ErrRate or the error of the context.
func Explore[S comparable](initial S, next func(s S, emit func(to S, rate float64)), opts Options) (*Space[S], error) {
	x := explorer[S]{builder: newBuilder(opts.withDefaults()), index: map[S]int32{}}
	x.find(initial)
	emit := x.emit
	for i := 0; i < len(x.states) && x.err == nil; i++ {
		next(x.states[i], emit)
		x.endRow()
	}
	if err := cmp.Or(x.err, x.opts.Context.Err()); err != nil {
		return nil, err
	}
	return &Space[S]{Chain: &x.chain, States: x.states}, nil
}

type explorer[S comparable] struct {
	*builder
	states []S
	index  map[S]int32
	emits  int
	err    error
}

// find returns the number of a state, a new one where it is met for the first time.
func (x *explorer[S]) find(s S) int32 {
	i, known := x.index[s]
	if !known {
		i = int32(len(x.states))
		x.index[s] = i
		x.states = append(x.states, s)
	}
	return i
}

// emit looks at the context by transitions, not by rows: those of a wide state
// can take longer than whole chains.
func (x *explorer[S]) emit(to S, rate float64) {
	if x.emits%pollEmits == 0 && x.err == nil {
		x.err = x.opts.Context.Err()
	}
	x.emits++
	if x.err != nil || rate == 0 {
		return
	}
	if err := x.add(x.find(to), rate); err != nil {
		x.err = fmt.Errorf("%w, from state %v to %v", err, x.states[x.chain.Len()], to)
	} else if len(x.states) > x.opts.MaxStates {
		x.err = fmt.Errorf("%w: more than %d states", ErrSize, x.opts.MaxStates)
	}
}

func (x *explorer[S]) endRow() {
	if x.err == nil {
		x.err = x.end()
	}
}
