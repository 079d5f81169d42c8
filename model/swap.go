package model

// A Role is what a part is to the group that it is a member of.
type Role uint8

const (
	Active    Role = 1 << iota // leads, or is active; of a standby without an active member: was the last
	Candidate                  // is being promoted
)

// Role of part i, a local index.
func (c *Coupled) Role(s Joint, i int) Role {
	g := c.Ties[i].Group
	if g == None {
		return 0
	}
	var r Role
	w, m := c.words(s, g), uint16(c.Ties[i].Member)
	if c.hasActive(w, g) && w[memberWord] == m {
		r |= Active
	}
	if c.hasCandidate(w, g) && w[candidateWord] == m {
		r |= Candidate
	}
	return r
}

// Swap lets parts i and j of the same group, or of none, change places: state,
// turn with the crew, role. Members of a quorum are alike to it, so are the two
// of a standby; of more the order counts.
func (c *Coupled) Swap(s Joint, i, j int) {
	n := len(c.Parts)
	s[i], s[j] = s[j], s[i]
	s[n+i], s[n+j] = s[n+j], s[n+i]
	if c.risky {
		x, y := c.gone(s, i), c.gone(s, j)
		*x, *y = *y, *x
	}
	g := c.Ties[i].Group
	if g == None {
		return
	}
	w, a, b := c.words(s, g), uint16(c.Ties[i].Member), uint16(c.Ties[j].Member)
	if c.hasActive(w, g) {
		w[memberWord] = swapped(w[memberWord], a, b)
	}
	if c.hasCandidate(w, g) {
		w[candidateWord] = swapped(w[candidateWord], a, b)
	}
}

// hasActive says whether the member word of group g means a member.
func (c *Coupled) hasActive(w Joint, g int) bool {
	return c.node(g).Kind == Standby || w[phaseWord] == led
}

func (c *Coupled) hasCandidate(w Joint, g int) bool {
	return c.node(g).Kind == Standby && (w[phaseWord] == switching || w[phaseWord] == manual || w[phaseWord] == doubled)
}

// swapped is m when a and b change places.
func swapped(m, a, b uint16) uint16 {
	switch m {
	case a:
		return b
	case b:
		return a
	}
	return m
}
