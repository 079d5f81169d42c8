package markov

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

// maxRounds bounds the refinement of a partition. Symmetries show in as many rounds as there are steps between like states and the
// states by which they differ; a long chain of states that are all different takes one for each.
const maxRounds = 1000

// Lump finds the coarsest partition, finer than the given one, whose blocks move like states: all states of a block have the same total
// rate into each other block (ordinary lumpability; Kemeny and Snell 1960, Buchholz 1994). class gives the block of each state in the
// given partition; states in different sets, or with different rewards, must be in different blocks. Rates count as the same only if
// they are equal as numbers, those that add up being added in order of size.
//
// It returns the chain of the blocks and the block of each state. A partition that is not found in a thousand rounds is given up; then
// the chain itself is returned, each state a block.
func (c *Chain) Lump(class []int, opts Options) (*Chain, []int32, error) {
	opts = opts.withDefaults()
	r := &refinement{chain: c, block: make([]int32, c.Len())}
	r.number(func(i int, key []byte) []byte { return binary.LittleEndian.AppendUint64(key, uint64(class[i])) })
	for range maxRounds {
		if err := opts.Context.Err(); err != nil {
			return nil, nil, err
		}
		before := r.blocks
		if r.number(r.signature); r.blocks == before {
			lumped, err := r.quotient(opts)
			return lumped, r.block, err
		}
	}
	return c, numbers(c.Len()), nil
}

type refinement struct {
	chain  *Chain
	block  []int32
	blocks int
	row    []edge // scratch: the rates out of a state, by block
}

// number gives a block to each different key, in the order of the states.
func (r *refinement) number(key func(i int, buffer []byte) []byte) {
	known := map[string]int32{}
	next := make([]int32, len(r.block))
	var buffer []byte
	for i := range next {
		buffer = key(i, buffer[:0])
		b, ok := known[string(buffer)]
		if !ok {
			b = int32(len(known))
			known[string(buffer)] = b
		}
		next[i] = b
	}
	r.block, r.blocks = next, len(known)
}

// signature writes the block of state i and its rates into the other blocks.
func (r *refinement) signature(i int, buffer []byte) []byte {
	buffer = binary.LittleEndian.AppendUint32(buffer, uint32(r.block[i]))
	for _, e := range r.rates(i) {
		buffer = binary.LittleEndian.AppendUint32(buffer, uint32(e.to))
		buffer = binary.LittleEndian.AppendUint64(buffer, math.Float64bits(e.rate))
	}
	return buffer
}

// rates adds up the rates of state i into each other block, the smallest first.
func (r *refinement) rates(i int) []edge {
	r.row = r.row[:0]
	to, rate := r.chain.Row(i)
	for e, j := range to {
		if b := r.block[j]; b != r.block[i] {
			r.row = append(r.row, edge{b, rate[e]})
		}
	}
	slices.SortFunc(r.row, func(a, b edge) int { return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.rate, b.rate)) })
	n := 0
	for _, e := range r.row {
		if n > 0 && r.row[n-1].to == e.to {
			r.row[n-1].rate += e.rate
		} else {
			r.row[n] = e
			n++
		}
	}
	return r.row[:n]
}

// quotient is the chain of the blocks. Blocks are numbered by their first state, so the first states come in the order of the blocks.
func (r *refinement) quotient(opts Options) (*Chain, error) {
	b := newBuilder(opts)
	for i, block := range r.block {
		if int(block) < b.chain.Len() {
			continue
		}
		b.row = append(b.row, r.rates(i)...)
		if err := b.end(); err != nil {
			return nil, err
		}
	}
	return &b.chain, nil
}
