package dsl

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nines/model"
)

// loadsOf writes the capacity of the nodes that have a load, and the load.
func loadsOf(sys *model.System) []string {
	var list []string
	for i := range sys.Nodes {
		n := &sys.Nodes[i]
		if n.Loads == nil {
			continue
		}
		text := structure(sys, i)
		if n.Name != "" {
			text = n.Name
		}
		for _, l := range n.Loads {
			text += fmt.Sprintf(" %g", l.Demand)
			for _, f := range l.Fronts {
				text += fmt.Sprintf(" behind %s %g", sys.Nodes[f.Cache].Name, f.Hit.P)
			}
		}
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s of %g", text, n.Capacity)))
	}
	slices.Sort(list)
	return list
}

func TestDemands(t *testing.T) {
	sys := load(t, `
component pod   { fails every 30d repair 1h capacity 100 rps }
component disk  { fails every 30d repair 1h capacity k * 1 rps }
component db    { fails every 30d repair 1h capacity 50 rps }
component queue { fails every 30d repair 1h capacity 10 rps }
component redis { fails every 30d repair 1h }
param k = 1000
standby data { disk x 2 }
cache front { redis x 2 hit 80% before auth }
pool web { pod x 3 }
service shop {
  demand 300 rps
  runs pod x 4
  needs web, data demand 20 rps
  needs db else queue
  needs mix(25% db, 75% auth)
  uses web demand 5 rps
}
service auth { capacity 200 rps  fails every 30d repair 1h }
service api { demand 40 rps  needs auth via front  needs db }
service gate { needs api }`, Options{})
	equal(t, "loads", loadsOf(sys), []string{
		"auth 40 behind front 0.8 225 of 200",
		"data 20 of 1000",
		"pool1(db) 415 of 0",
		"pool1(queue) 300 of 0",
		"pool1(shop.pod[1] shop.pod[2] shop.pod[3] shop.pod[4]) 300 of 0",
		"web 305 of 0",
	})
}
