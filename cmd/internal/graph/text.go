package graph

import (
	"fmt"
	"io"
	"strings"

	"nines/cmd/internal/chart"
)

// bondStyles are those of DOT, by Bond.
var bondStyles = [...]string{"solid", "solid", "dashed", "dotted"}

// DOT writes the graph in the language of Graphviz.
func (g *Graph) DOT(w io.Writer) error {
	var b strings.Builder
	b.WriteString("digraph {\n")
	fmt.Fprintf(&b, "  graph [label=%s, labelloc=t, fontname=Helvetica", quoted(g.Head))
	if g.sideway {
		b.WriteString(", rankdir=LR")
	}
	b.WriteString("]\n  node [shape=box, style=\"rounded,filled\", fontname=Helvetica, fillcolor=\"#f5f6f8\"]\n  edge [fontname=Helvetica]\n")
	g.inside(&b, -1, "  ")
	for _, e := range g.Edges {
		fmt.Fprintf(&b, "  %s -> %s", quoted(g.Nodes[e.From].ID), quoted(g.Nodes[e.To].ID))
		var marks []string
		if e.Bond != Needs {
			marks = append(marks, "style="+bondStyles[e.Bond])
		}
		if e.Label != "" {
			marks = append(marks, "label="+quoted(e.Label))
		}
		if marks != nil {
			fmt.Fprintf(&b, " [%s]", strings.Join(marks, ", "))
		}
		b.WriteByte('\n')
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// inside writes the nodes in a parent; those that have nodes in them are
// clusters.
func (g *Graph) inside(b *strings.Builder, parent int, indent string) {
	for i := range g.Nodes {
		n := &g.Nodes[i]
		if n.Parent != parent {
			continue
		}
		if g.parent(i) {
			fmt.Fprintf(b, "%ssubgraph %s {\n%s  label=%s\n", indent, quoted("cluster "+n.ID), indent, quoted(n.text("\n")))
			if n.State == Lost || n.Single && !g.failed {
				fmt.Fprintf(b, "%s  color=\"#c4380d\"\n", indent)
			}
			g.inside(b, i, indent+"  ")
			fmt.Fprintf(b, "%s}\n", indent)
			continue
		}
		fmt.Fprintf(b, "%s%s [label=%s%s]\n", indent, quoted(n.ID), quoted(n.text("\n")), g.look(n))
	}
}

// parent says whether nodes stand in node i.
func (g *Graph) parent(i int) bool {
	for k := range g.Nodes {
		if g.Nodes[k].Parent == i {
			return true
		}
	}
	return false
}

// look of a node in DOT, where it is not that of all.
func (g *Graph) look(n *Node) string {
	switch {
	case n.Kind == Joint && n.Name == "":
		return `, shape=point`
	case n.State == Lost:
		return `, fillcolor="#c4380d", fontcolor=white`
	case n.State == Worse || n.Single && !g.failed:
		return `, color="#c4380d", penwidth=2`
	}
	return ""
}

// text of a node, its lines put together.
func (n *Node) text(between string) string {
	return chart.Clean(n.Name) + strings.Join(append([]string{""}, n.Lines...), between)
}

// quoted is a string of DOT.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

// Mermaid writes the graph as a flowchart of Mermaid.
func (g *Graph) Mermaid(w io.Writer) error {
	var b strings.Builder
	direction := "TD"
	if g.sideway {
		direction = "LR"
	}
	fmt.Fprintf(&b, "---\ntitle: %s\n---\nflowchart %s\n", plainText(g.Head), direction)
	g.within(&b, -1, "  ")
	arrows := [...]string{"-->", "-->", "-.->", "-.->"}
	for _, e := range g.Edges {
		label := ""
		switch {
		case e.Label != "":
			label = `|"` + escapedText(e.Label) + `"|`
		case e.Bond == Uses:
			label = `|"uses"|`
		}
		fmt.Fprintf(&b, "  n%d %s%s n%d\n", e.From, arrows[e.Bond], label, e.To)
	}
	g.classes(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// within writes the nodes in a parent as Mermaid wants them.
func (g *Graph) within(b *strings.Builder, parent int, indent string) {
	for i := range g.Nodes {
		n := &g.Nodes[i]
		if n.Parent != parent {
			continue
		}
		label := escapedText(n.text("\n"))
		switch {
		case g.parent(i):
			fmt.Fprintf(b, "%ssubgraph n%d[\"%s\"]\n", indent, i, label)
			g.within(b, i, indent+"  ")
			fmt.Fprintf(b, "%send\n", indent)
		case n.Kind == Joint && n.Name == "":
			fmt.Fprintf(b, "%sn%d(( ))\n", indent, i)
		case n.Kind == System:
			fmt.Fprintf(b, "%sn%d([\"%s\"])\n", indent, i, label)
		default:
			fmt.Fprintf(b, "%sn%d[\"%s\"]\n", indent, i, label)
		}
	}
}

// classes marks what is down, and what takes the subject down by itself.
func (g *Graph) classes(b *strings.Builder) {
	for i := range g.Nodes {
		n := &g.Nodes[i]
		switch {
		case n.State == Lost:
			fmt.Fprintf(b, "  style n%d fill:#c4380d,color:#fff\n", i)
		case n.State == Worse || n.Single && !g.failed:
			fmt.Fprintf(b, "  style n%d stroke:#c4380d,stroke-width:2px\n", i)
		}
	}
}

// escapedText is a label of Mermaid within quotes.
func escapedText(s string) string {
	return strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;", "#", "&num;", "\n", "<br/>").Replace(s)
}

// plainText is a title: of a line of YAML.
func plainText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(chart.Clean(s)) + `"`
}
