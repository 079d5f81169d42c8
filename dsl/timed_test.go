package dsl

import (
	"testing"

	"nines/model"
	"nines/model/dist"
)

const timedModel = `
domain zone[3] { fails every 2y repair 2h }
component pg {
  fails stop   every 120d repair 25m
  fails silent every 2y detect hb repair 15m
}
component disk in zone { fails every 3y repair 1d loses data  fails restart every 30d repair 1m loses 10% data }
component redis { fails restart every 20d repair 30s capacity 1000 rps }
component etcd { fails restart every 20d repair 30s resync 1m }
standby db    { pg x 2 in zone  hot  detect 10s  switch 20s  succeeds 98% else 30m fenced }
standby lukewarm { pg x 3 warm 30% }
standby parked { pg x 2 cold detect hb }
quorum leader { etcd x 5 in zone elect 5s over wan }
store orders  { disk x 3 in zone  read 1  write 2 }
store archive { fragments 4 of disk x 6 in zone }
cache sessions { redis x 2 in zone  hit 90%  before orders }
crew ops x 1 { repairs db, zone, disk }
common cause 10% among disk
shock every 1y hits zone, redis each 20% repair 1h
network wan {
  nodes zone
  link zone[1] - zone[2] fails every 90d repair 4h
  link zone[2] - zone[3] availability 99.9% repair 1h
  partition zone[1] from rest every 1y repair 5m
  delay lognormal(median 20ms, sigma 0.5)  loss 0.1%
  timing asynchronous
}
detector hb { heartbeat 1s timeout 5s over wan }
service shop {
  demand 500 rps
  needs orders via sessions demand 300 rps
  needs db, lukewarm, parked, archive.read
  needs leader, sessions.redis[1] reaches orders.disk[1] over wan
  needs all of wan connected, connected(zone[1], zone[2]) over wan
  calls db retry 2 over wan
}
require orders.durability >= 9 nines
require orders.read.availability >= 99.9%
require archive.mttdl >= 1000y`

func TestTimed(t *testing.T) {
	sys, diagnostics := Load("timed.nines", []byte(timedModel), Options{})
	for _, d := range diagnostics {
		if d.Severity == model.Error {
			t.Errorf("%v: %s %s", d.Pos, d.Code, d.Summary)
		}
	}
	if sys == nil {
		t.FailNow()
	}
	var targets []string
	for _, target := range sys.Targets {
		targets = append(targets, target.Kind+" "+target.Name)
	}
	equal(t, "targets", targets, []string{
		"store orders", "store orders.read", "store orders.write", "store archive", "store archive.read", "store archive.write", "service shop",
	})
	if got := structure(sys, sys.Targets[0].Node); got != "series(quorum1(orders.disk[1] orders.disk[2] orders.disk[3]) quorum2(orders.disk[1] orders.disk[2] orders.disk[3]))" {
		t.Errorf("store %s", got)
	}
	crew := sys.Crews[0]
	if crew.Size != 1 || len(crew.Parts) != 2+3+9 {
		t.Errorf("crew %+v", crew)
	}
}

// node finds the named node of a system.
func node(t *testing.T, sys *model.System, name string) *model.Node {
	t.Helper()
	for i := range sys.Nodes {
		if sys.Nodes[i].Name == name {
			return &sys.Nodes[i]
		}
	}
	t.Fatalf("no node %q", name)
	return nil
}

func TestStandby(t *testing.T) {
	sys := load(t, timedModel, Options{})
	exponential := func(mean float64) dist.Law { return dist.Exponential{MeanTime: mean} }
	want := map[string]model.Waiting{
		"db":       {Rate: 1, Detect: exponential(10), Switch: exponential(20), Succeeds: model.Prob{P: 0.98, Q: 0.02}, Else: exponential(1800), Fenced: true},
		"lukewarm": {Rate: 0.3, Detect: dist.Fixed{}, Switch: dist.Fixed{}, Succeeds: model.Prob{P: 1}},
		"parked":   {Rate: 0, Detect: dist.Uniform{Low: 5, High: 6}, By: "hb", Switch: dist.Fixed{}, Succeeds: model.Prob{P: 1}},
	}
	for name, w := range want {
		n := node(t, sys, name)
		if n.Kind != model.Standby || *n.Waiting != w {
			t.Errorf("%s: %+v", name, n.Waiting)
		}
	}
	if n := node(t, sys, "leader"); n.Elect != exponential(5) || n.K != 3 {
		t.Errorf("leader %+v", n)
	}
	if m := sys.Parts[partOf(t, sys, "orders.disk[1]")].Modes; m[0].Loses.P != 1 || m[1].Loses != (model.Prob{P: 0.1, Q: 0.9}) {
		t.Errorf("loses %+v", m)
	}
}
