package graph

import (
	"fmt"
	"strings"

	"nines/model"
)

// nowhere is the ID of the box around parts that stand in no domain.
const nowhere = "in no domain"

// Domains shows what stands in which failure domain. Alike parts of one owner
// in the same domain are one node.
func Domains(s *Subject) (*Graph, error) {
	b, err := newBuilder(s)
	if err != nil {
		return nil, err
	}
	b.g.Caption, b.g.nested = s.Caption, true
	for i := range s.System.Parts {
		if s.System.Parts[i].Kind == model.Domain {
			b.domain(i)
		}
	}
	for i := range s.System.Parts {
		if s.System.Parts[i].Kind == model.Component {
			b.resident(i)
		}
	}
	for i := range s.System.Networks {
		b.between(i)
	}
	return b.g, nil
}

// between adds a network, which stands in no domain.
func (b *builder) between(network int) {
	home := b.outside()
	net := &b.System.Networks[network]
	i, _ := b.node("network "+net.Name, Part)
	g := &b.g.Nodes[i]
	g.Name, g.Lines, g.Parent = net.Name, []string{b.wires(net)}, home
	if b.lost(net) > 0 {
		g.State = Worse
	}
	b.carry(i, network)
}

// domain adds a domain, after those around it.
func (b *builder) domain(part int) int {
	p := &b.System.Parts[part]
	i, fresh := b.node(p.Name, Domain)
	if !fresh {
		return i
	}
	b.describe(i, part)
	if p.Place != model.None {
		around := b.domain(p.Place)
		b.g.Nodes[i].Parent = around
	}
	return i
}

// describe fills a node from the one part that it stands for.
func (b *builder) describe(i, part int) {
	g := &b.g.Nodes[i]
	if down, known := b.Own(part); known {
		g.Lines = append(g.Lines, availability(down))
	}
	up := b.effects[part] == model.Up
	g.State = state(up, up)
	b.blame(i, func(c *model.Cost) bool {
		return c.Name == b.System.Parts[part].Name && c.Cause != "itself" && c.Cause != "deploys"
	})
}

// home is the node of the domain that a part stands in.
func (b *builder) home(part int) int {
	if place := b.System.Parts[part].Place; place != model.None {
		return b.domain(place)
	}
	return b.outside()
}

// outside is the box of what stands in no domain.
func (b *builder) outside() int {
	i, fresh := b.node(nowhere, Domain)
	if fresh {
		b.g.Nodes[i].Name = nowhere
	}
	return i
}

// resident adds a part to its domain, or counts it to those alike.
func (b *builder) resident(part int) {
	p := &b.System.Parts[part]
	home := b.home(part)
	owner, _, _ := strings.Cut(array(p), ".")
	if p.Group == "" {
		owner = array(p)
	}
	id := fmt.Sprintf("%s in %s", array(p), b.g.Nodes[home].ID)
	i, fresh := b.node(id, Part)
	g := &b.g.Nodes[i]
	if fresh {
		g.Name, g.Parent = owner, home
		if p.Group == "" {
			g.Name = p.Name
		}
	}
	g.alike = append(g.alike, part)
	b.count(i)
}

// count describes the alike parts of a node.
func (b *builder) count(i int) {
	g := &b.g.Nodes[i]
	first := &b.System.Parts[g.alike[0]]
	g.Lines, g.Share, g.Single = nil, 0, false
	if n := len(g.alike); first.Group != "" {
		g.Lines = append(g.Lines, fmt.Sprintf("%s × %d", first.Template, n))
	} else if n > 1 {
		g.Name = fmt.Sprintf("%s × %d", array(first), n)
	}
	if down, known := b.Own(g.alike[0]); known && first.Group == "" {
		g.Lines = append(g.Lines, availability(down))
	}
	up := 0
	for _, part := range g.alike {
		if b.effects[part] == model.Up {
			up++
		}
	}
	g.State = state(up > 0, up == len(g.alike))
	b.blame(i, func(c *model.Cost) bool {
		for _, part := range g.alike {
			if c.Name == b.System.Parts[part].Name && c.Cause == "component" {
				return true
			}
		}
		return false
	})
}
