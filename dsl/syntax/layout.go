package syntax

// layoutOf returns the layout of a statement, a clause, a setting or a need.
func layoutOf(n Node) layout {
	switch n := n.(type) {
	case *Model:
		return layout{head: "model"}.with(option("", n.Title))
	case *Mission:
		return layout{head: "mission"}.with(option("", n.Horizon))
	case *Param:
		return layout{head: "param " + n.Name.Text + "\t="}.with(option("", n.Value))
	case *Component:
		return layout{head: partHead(n), name: n.Name, body: true, clauses: true, parts: each(n.Clauses)}
	case *Service:
		return layout{head: titled("service", n.Name, n.Title), name: n.Name, body: true, clauses: true, parts: each(n.Clauses)}
	case *Network:
		return layout{head: "network " + n.Name.Text, name: n.Name, body: true, clauses: true, parts: each(n.Clauses)}
	case *CommonCause:
		return layout{head: "common cause " + text(n.Share) + " among", commas: true, parts: each(n.Among)}
	case *Shock:
		return layout{head: "shock"}.with(option("every", n.Every), option("at", n.At), items("hits", n.Hits),
			option("each", n.Each), option("repair", n.Repair))
	case *System:
		return layout{head: titled("system", n.Name, n.Title) + "\t="}.with(option("", n.Value))
	case *Require:
		return requireLayout(n)
	case *Scenario:
		return layout{head: "scenario " + n.Title.Text, body: true, clauses: true, parts: each(n.Settings)}
	case *Setting:
		return layout{head: n.Name.Text + "\t="}.with(option("", n.Value))
	case Clause:
		return clauseLayout(n)
	case *Need:
		return layout{}.with(option("", n.X), option("via", n.Via), option("demand", n.Demand))
	case *Waiting:
		return layout{head: n.Mode}.with(option("", n.Rate))
	case *Loses:
		if n.Share == nil {
			return layout{head: "loses data"}
		}
		return layout{head: "loses " + text(n.Share) + " data"}
	case *Fenced:
		return layout{head: n.Word}
	}
	return groupLayout(n)
}

// groupLayout returns the layout of a statement with a fixed body.
func groupLayout(n Node) layout {
	group := func(word string, name *Name, members ...part) layout {
		return layout{head: word + " " + name.Text, name: name, body: true}.with(members...)
	}
	switch n := n.(type) {
	case *Pool:
		return group("pool", n.Name, option("", n.Members)).with(option("retry", n.Retry))
	case *Quorum:
		return group("quorum", n.Name, option("", n.Members)).with(option("elect", n.Elect), option("over", n.Over))
	case *Vote:
		return group("vote", n.Name, option("", n.Members))
	case *BFT:
		return group("bft", n.Name, option("", n.Members))
	case *Standby:
		return group("standby", n.Name, option("", n.Members)).with(option("", n.Waiting), option("detect", n.Detect),
			option("switch", n.Switch), option("succeeds", n.Succeeds), option("else", n.Else), option("", n.Fenced))
	case *Crew:
		l := group("crew", n.Name, items("repairs", n.Repairs))
		l.head += " x " + text(n.Size)
		return l
	case *Detector:
		return group("detector", n.Name).with(option("heartbeat", n.Heartbeat), option("timeout", n.Timeout), option("over", n.Over))
	case *Store:
		word := ""
		if n.Fragments {
			word = "fragments"
		}
		return group("store", n.Name, option(word, n.Members)).with(option("read", n.Read), option("write", n.Write))
	case *Cache:
		return group("cache", n.Name, option("", n.Members)).with(option("hit", n.Hit), option("before", n.Before))
	}
	return layout{}
}

// clauseLayout returns the layout of a clause.
func clauseLayout(c Clause) layout {
	switch c := c.(type) {
	case *Fails:
		head := "fails"
		if c.Mode != "" {
			head += " " + c.Mode
		}
		return layout{head: head, columns: true}.with(option("every", c.Every), option("at", c.At), option("detect", c.Detect),
			option("repair", c.Repair), option("resync", c.Resync), option("", c.Loses))
	case *Availability:
		return layout{head: c.Kind + " " + text(c.Value), columns: true}.with(option("repair", c.Repair))
	case *NeverFails:
		return layout{head: "never fails"}
	case *Capacity:
		return layout{head: "capacity"}.with(option("", c.Rate))
	case *Runs:
		return layout{head: "runs"}.with(option("", c.Members), option("retry", c.Retry))
	case *Deploys:
		return layout{head: "deploys " + text(c.Rate)}.with(option("bad", c.Bad), option("detect", c.Detect),
			option("rollback", c.Rollback), option("hits", c.Hits))
	case *Needs:
		return layout{head: "needs", commas: true, parts: each(c.Items)}
	case *Uses:
		return layout{head: "uses", commas: true, parts: each(c.Items)}
	case *Calls:
		return layout{head: "calls"}.with(option("", c.X), option("retry", c.Retry), option("over", c.Over), option("demand", c.Demand))
	case *UpAt:
		return layout{head: "up at"}.with(option("", c.Share))
	case *Demand:
		return layout{head: "demand"}.with(option("", c.Rate))
	}
	return networkLayout(c)
}

// networkLayout returns the layout of a clause of a network.
func networkLayout(c Clause) layout {
	switch c := c.(type) {
	case *Nodes:
		return layout{head: "nodes", commas: true, parts: each(c.Items)}
	case *Link:
		return layout{head: "link " + text(c.From) + " - " + text(c.To), columns: true, parts: each(c.Clauses)}
	case *Delay:
		return layout{head: "delay"}.with(option("", c.Law))
	case *Loss:
		return layout{head: "loss"}.with(option("", c.Share))
	case *Timing:
		return layout{head: "timing " + c.Model}.with(option("", c.Bound))
	case *Partition:
		return layout{head: "partition " + text(c.Node) + " from rest"}.with(option("every", c.Every), option("at", c.At),
			option("repair", c.Repair))
	}
	return layout{}
}

// requireLayout returns the layout of a requirement.
func requireLayout(n *Require) layout {
	head := "require "
	if n.Subject != nil {
		head += text(n.Subject)
	}
	if n.Survives != nil {
		if n.Subject != nil {
			head += " "
		}
		return layout{head: head + survival(n.Survives)}.with(items("except", n.Survives.Except))
	}
	if n.Subject != nil {
		head += "."
	}
	m := n.Measure
	head += m.Name.Text
	if m.At != nil {
		head += "(" + text(m.At) + ")"
	}
	return layout{head: head + " " + m.Op + " " + text(m.Bound)}.with(option("with", m.Confidence))
}

// survival is the text of s up to the exceptions.
func survival(s *Survives) string {
	words := "survives"
	if s.Any {
		words += " any"
	}
	if s.K != nil {
		words += " " + text(s.K) + " of"
	}
	if s.What != nil {
		return words + " " + text(s.What)
	}
	return words + " " + s.Kind
}

// titled is a keyword, a name and a title, if there is one.
func titled(word string, name *Name, title *String) string {
	if title == nil {
		return word + " " + name.Text
	}
	return word + " " + name.Text + " " + title.Text
}

// partHead is the head of a component or domain.
func partHead(c *Component) string {
	head := titled(c.Kind, c.Name, c.Title)
	if c.Title != nil && c.Size != nil {
		head += " "
	}
	if c.Size != nil {
		head += "[" + text(c.Size) + "]"
	}
	if c.Place != nil {
		head += " in " + text(c.Place)
	}
	return head
}
