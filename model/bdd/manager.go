package bdd

import (
	"context"
	"errors"
	"fmt"
)

// Ref is a Boolean function of one manager's variables: the index of a node, and in the lowest bit whether it is negated.
// The zero value is the constant False.
type Ref uint32

// The constants, the same in every manager.
const (
	False Ref = 0
	True  Ref = 1
)

// Not returns the negation of f.
func (f Ref) Not() Ref { return f ^ 1 }

func (f Ref) node() uint32   { return uint32(f >> 1) }
func (f Ref) sign() Ref      { return f & 1 }
func (f Ref) constant() bool { return f <= True }

// ErrNodes says that the diagrams outgrew Options.MaxNodes.
var ErrNodes = errors.New("decision diagram too large")

const (
	defaultMaxNodes = 50_000_000
	mostNodes       = 1<<31 - 1
	pollSteps       = 1 << 16 // recursion steps between looks at the context
	firstSift       = 1 << 16 // nodes at which automatic reordering starts, an eighth of the limit at most
)

// Options bound the work of a manager. The zero value allows 50 million nodes (up to 3 GB), keeps the order of the variables and never
// gives up otherwise.
type Options struct {
	MaxNodes int             // most nodes alive at once; 0 means 50 million
	Context  context.Context // stops long operations; nil means never
	Reorder  bool            // look for better orders as the diagrams grow
}

// Manager holds the variables, the nodes and the results remembered between operations.
//
// Failure is sticky: once a limit is reached or the context ends, Err tells why and every operation returns False at once.
type Manager struct {
	nodes  []node  // nodes[0] is the constant False
	tables []table // unique table of each variable
	level  []int32 // variable -> level, 0 at the top
	varAt  []int32 // level -> variable
	groups []group // by variable
	cache  cache
	marks  []uint64 // scratch bit set over nodes, all zero between operations

	protected map[uint32]int // nodes kept by Protect
	recent    []Ref          // results since the last Collect
	held      []Ref          // intermediate results of an operation under way
	epoch     uint           // counts the times that nodes may have come to stand for other functions

	free uint32 // first unused node of the free list, 0 if none
	live int    // nodes in use
	kept int    // live after the last reclaim

	maxNodes int
	limit    int // live nodes at which the operation under way stops: trigger or maxNodes
	trigger  int // live nodes at which to tidy up
	siftAt   int // live nodes, after reclaiming, at which to reorder
	reorder  bool

	ctx  context.Context
	fuel int  // steps to the next look at the context
	stop bool // operations unwind: after a failure, or to tidy up and begin again
	err  error
}

// New returns a manager without variables.
func New(opts Options) *Manager {
	m := &Manager{ctx: opts.Context, maxNodes: opts.MaxNodes, reorder: opts.Reorder, fuel: pollSteps}
	if m.ctx == nil {
		m.ctx = context.Background()
	}
	if m.maxNodes <= 0 {
		m.maxNodes = defaultMaxNodes
	}
	m.maxNodes = min(m.maxNodes, mostNodes)
	m.limit, m.trigger = m.maxNodes, m.maxNodes/2
	m.siftAt = min(firstSift, m.maxNodes/8)
	if m.reorder {
		m.trigger = 2 * m.siftAt
	}
	m.protected = make(map[uint32]int)
	m.nodes = make([]node, 1, 1<<10)
	m.nodes[0].v = noVar
	m.cache.resize(1 << 10)
	return m
}

// Use says what stops operations from now on.
func (m *Manager) Use(ctx context.Context) { m.ctx = ctx }

// Err returns why operations stopped: nil, an error that wraps ErrNodes, or the error of the context.
func (m *Manager) Err() error { return m.err }

func (m *Manager) fail(err error) {
	if m.err == nil {
		m.err = err
	}
	m.stop, m.fuel = true, 0
}

func (m *Manager) failNodes() {
	m.fail(fmt.Errorf("%w: more than %d nodes", ErrNodes, m.maxNodes))
}

// step counts one step of work and reports whether to go on.
func (m *Manager) step() bool {
	m.fuel--
	return m.fuel >= 0 || m.poll()
}

func (m *Manager) poll() bool {
	m.fuel = 0
	if m.stop {
		return false
	}
	if err := m.ctx.Err(); err != nil {
		m.fail(err)
		return false
	}
	m.fuel = pollSteps
	return true
}
