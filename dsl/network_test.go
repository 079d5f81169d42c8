package dsl

import (
	"fmt"
	"testing"

	"nines/model"
)

func TestNetwork(t *testing.T) {
	sys := load(t, `
domain zone[3] { fails every 2y repair 2h }
component etcd in zone { fails every 20d repair 30s }
component client in zone[1] { never fails }
component router { fails every 90d repair 1h }
network wan {
  partition zone[1] from rest every 1y repair 5m
  nodes zone, router
  link zone[1] - zone[2] fails every 90d repair 4h
  link client - router availability 99%
  link zone[3] - router never fails
}
quorum leader { etcd x 3 over wan }
system path = client reaches zone[3] over wan
system part = connected(zone[3], router, leader.etcd[2]) over wan
system whole = all of wan connected
system lead = leader`, Options{})
	net := sys.Networks[0]
	var got []string
	for _, l := range net.Links {
		link := sys.Parts[sys.Nodes[l.Leaf].Part]
		text := fmt.Sprintf("%s: %d to %d", link.Name, l.From, l.To)
		for _, cause := range link.Causes {
			text += fmt.Sprintf(" cut by %s every %g", sys.Parts[cause].Name, sys.Parts[cause].Modes[0].Every.Mean())
		}
		got = append(got, text)
	}
	equal(t, "links", got, []string{
		"zone[1] - zone[2]: 0 to 1 cut by zone[1] every 3.1536e+07", "client - router: 0 to 3 cut by zone[1] every 3.1536e+07", "zone[3] - router: 2 to 3",
	})
	got = nil
	for _, target := range sys.Targets {
		n := &sys.Nodes[target.Node]
		if n.Kind == model.Series {
			n = &sys.Nodes[n.Children[0]]
		}
		got = append(got, fmt.Sprint(target.Name, " ", structure(sys, target.Node), n.Over.At))
	}
	equal(t, "nodes", got, []string{
		"path connected(client zone[3])[0 2]", "part connected(zone[3] router leader.etcd[2])[2 3 1]",
		"whole connected(zone[1] zone[2] zone[3] router)[0 1 2 3]",
		"lead series(quorum2(leader.etcd[1] leader.etcd[2] leader.etcd[3]))[0 1 2]",
	})
}
