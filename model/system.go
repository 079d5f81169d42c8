package model

import (
	"slices"

	"nines/model/dist"
)

// Year is the length of a year in seconds: 365 days.
const Year = 365 * 24 * 3600.0

// A System is a model that has been checked: every name resolved, every group
// unrolled, every quantity a number. Parts and Nodes refer to each other by
// index, so a System can be copied and compared.
type System struct {
	Title        string
	Mission      float64 // horizon of reliability and interval measures, s
	Params       []Param // in the order of the file
	Parts        []Part
	Nodes        []Node
	Deploys      []Deploys
	Crews        []Crew
	Shocks       []Shock
	Networks     []Network
	Detectors    []Detector
	Stores       []Store
	Targets      []Target // what is reported, in the order of the file
	Requirements []Requirement

	// Acting are the parts of a system as data sees it as they are to crews and
	// takeovers, see Holding; nil elsewhere.
	Acting []Part
}

// A Param is a named quantity of the file in base units (seconds, per second).
type Param struct {
	Name  string
	Value float64
}

// PartKind says what a Part stands for.
type PartKind uint8

const (
	Component   PartKind = iota
	Domain               // what goes down together
	Itself               // a service's own failures, apart from its instances
	CommonCause          // what takes down parts that are known by probabilities together: a common cause
	Wire                 // a link of a network
	Partition            // what cuts all links between a node of a network and the rest
)

// None marks an index field that refers to nothing.
const None = -1

// A Part is one physical thing that fails: a component, a member of an array
// or of a group, a failure domain, or the failures of a service as a whole.
type Part struct {
	Name      string // unique: "lb", "web[2]", "checkout.pod[1]", "zone[3]"
	Title     string
	Kind      PartKind
	Template  string // the declared name that this is one of: "web", "pod", "zone"
	Group     string // the named group, system or service that made it; "" if it is declared by itself
	Owner     int    // node of the service it belongs to, or None
	Place     int    // the domain it is in, an index of Parts, or None
	Causes    []int  // other parts: while one of them is down, so is this
	Modes     []Mode // none for a static or perfect part
	Static    *Prob  // P of being up, for a part known by a probability without dynamics
	Automaton Automaton
	Risks     []int   // in a system as data sees it: the parts, itself or inside, whose copies a failure may lose by chance, each by itself
	Capacity  float64 // requests per second that it can answer; 0: not bounded
	Pos       Pos
}

// Deploys is the stream of bad deploys of a service: they arrive as a Poisson
// process, each hits its own share of the requests, independently of the
// others, until it is detected and rolled back (M/G/infinity).
type Deploys struct {
	Service  int     // node
	Rate     float64 // bad deploys per second: rate of deploys times share that is bad
	Detect   dist.Law
	Rollback dist.Law
	Hits     Prob // share of the requests that one live bad deploy turns into none
	Pos      Pos
}

// MeanLive is the long-run mean number of bad deploys that are live.
func (d *Deploys) MeanLive() float64 {
	return d.Rate * (d.Detect.Mean() + d.Rollback.Mean())
}

// A Crew is a number of repairers that the listed parts share, first come
// first served.
type Crew struct {
	Name  string
	Size  int
	Parts []int
	Pos   Pos
}

// NodeKind is the rule by which a Node answers.
type NodeKind uint8

const (
	Leaf      NodeKind = iota // a part
	Series                    // all children
	AtLeast                   // K of the children
	Else                      // children[0], else children[1] for the share Covers
	Mix                       // one child, drawn by Shares
	Not                       // ok and none swapped
	Pool                      // members behind a balancer
	Quorum                    // members of which K must count
	Vote                      // the majority masks wrong members
	BFT                       // byzantine agreement
	Standby                   // one active member, the others wait
	Service                   // series of its children, with soft dependencies and deploys
	Cached                    // children[0], a cache, for the share Hit while it is ok; else children[1]
	Connected                 // all children answer and Over joins them
	Called                    // children[0], unless every try is lost on the way
	Missing                   // declared and not built: its statement has a mistake
)

// A Node is one place of the structure. Children of the groups (Pool, Quorum,
// Vote, BFT, Standby) are always leaves.
type Node struct {
	Kind     NodeKind
	Name     string // of a group, service or system; "" for a part of an expression
	Title    string
	Children []int
	Part     int      // Leaf
	K        int      // AtLeast, Pool, Quorum, Vote; members that must answer
	Covers   Prob     // Else
	Shares   []Prob   // Mix, one a child
	Retry    int      // Pool: further members that are tried
	Elect    dist.Law // Quorum with a leader: how long an election takes; nil without
	Over     *Over    // Quorum, Connected
	Waiting  *Waiting // Standby
	Uses     []int    // Service: soft dependencies
	Deploys  int      // Service: index into System.Deploys, or None
	UpAt     float64  // Service: it counts as up while it serves at least this share; 0: while it serves any
	Hit      Prob     // Cached
	Call     *Call    // Called
	Loads    []Load   // of groups and services: the requests that reach them; nil: they carry any number
	Capacity float64  // with Loads: requests per second; 0: a pool, that of its members
	Pos      Pos
}

// Waiting says how a standby group waits and takes over.
type Waiting struct {
	Rate     float64  // speed of the clocks of members that wait: 1 hot, 0 cold
	Detect   dist.Law // from the visible failure of the active to its notice
	Switch   dist.Law // a promotion
	Succeeds Prob
	Else     dist.Law // the manual promotion after one that failed; nil if Succeeds is certain
	By       string   // the Detector that notices, "" for none
	Fenced   bool     // an active that is replaced stops at once, also one that is up
}

// A Target is a system, service or store that results are reported for.
type Target struct {
	Name  string
	Title string
	Kind  string // "system", "service" or "store"
	Node  int
	Pos   Pos
}

// Hard is the system without what services use but do not need. In it they are
// up, and answer, as in s; only when they are full differs.
func (s *System) Hard() *System {
	hard := *s
	hard.Nodes = slices.Clone(s.Nodes)
	for i := range hard.Nodes {
		hard.Nodes[i].Uses = nil
	}
	return &hard
}

// UpAt is the share of requests from which target t counts as up, 0 for any.
func (s *System) UpAt(t Target) float64 {
	if n := &s.Nodes[t.Node]; n.Kind == Service && n.Name == t.Name {
		return n.UpAt
	}
	return 0
}

// A Requirement is one `require` of the file. Either Measure is set, or
// Survives is.
type Requirement struct {
	Text       string // as written, in canonical form
	Target     int    // index of Targets
	Measure    Measure
	At         float64 // argument of the measure in seconds; 0 if it has none
	AtLeast    bool    // >= Bound, otherwise <= Bound
	Bound      Prob    // P is the bound in the unit of the measure; Q its complement where it is a probability
	Window     float64 // downtime: the bound is in seconds within a window of this length, s; a year unless the file says
	Confidence Prob    // share of windows, "with 95%"; zero if the mean is meant
	Survives   *Survival
	Pos        Pos
}

// Survival asks that the target is up whatever Count of the Parts are down.
type Survival struct {
	Count int
	Parts []int
}
