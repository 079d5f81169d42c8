package dsl

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nines/model"
	"nines/model/dist"
)

// parts writes "name in place: modes" of each part.
func parts(sys *model.System) []string {
	var list []string
	for i := range sys.Parts {
		p := &sys.Parts[i]
		text := p.Name
		if p.Place != model.None {
			text += " in " + sys.Parts[p.Place].Name
		}
		var modes []string
		for _, m := range p.Modes {
			modes = append(modes, m.Kind.String())
		}
		list = append(list, text+": "+strings.Join(modes, " "))
	}
	return list
}

// structure writes a node and what is below it.
func structure(sys *model.System, node int) string {
	n := &sys.Nodes[node]
	kinds := [...]string{"leaf", "series", "atleast", "else", "mix", "not", "pool", "quorum", "vote", "bft", "standby", "service", "cached", "connected", "called", "missing"}
	if n.Kind == model.Leaf {
		return sys.Parts[n.Part].Name
	}
	text := kinds[n.Kind]
	if n.K > 0 {
		text += fmt.Sprint(n.K)
	}
	var children []string
	for _, child := range n.Children {
		children = append(children, structure(sys, child))
	}
	for _, child := range n.Uses {
		children = append(children, "uses "+structure(sys, child))
	}
	return text + "(" + strings.Join(children, " ") + ")"
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func TestParts(t *testing.T) {
	sys := load(t, `
domain region { fails every 9y repair 1h }
domain zone[3] in region { fails silent every 2y detect 1m repair 2h }
component web "Web" [5] in zone { fails every 30d repair 1h }
component pod in zone[2] { fails restart every 20d repair 30s resync 2m  fails silent every 1y detect 5m repair 1m }
component lb in region { availability 99% repair 10m }
component dns { unavailability 0.001 }
component solid { never fails }
service shop "Shop" {
  runs 2 of pod x 4 in zone retry 1
  fails every 60d repair 12m
  needs 1 of pod x 2, lb, all of web, dns, solid
}
system more = series(any of pod x 2, 1 of pod x 1)`, Options{})
	equal(t, "parts", parts(sys), []string{
		"region: stop",
		"zone[1] in region: silent", "zone[2] in region: silent", "zone[3] in region: silent",
		"web[1] in zone[1]: stop", "web[2] in zone[2]: stop", "web[3] in zone[3]: stop", "web[4] in zone[1]: stop", "web[5] in zone[2]: stop",
		"lb in region: stop", "dns: ", "solid: ",
		"shop.pod[1] in zone[1]: restart silent", "shop.pod[2] in zone[2]: restart silent",
		"shop.pod[3] in zone[3]: restart silent", "shop.pod[4] in zone[1]: restart silent",
		"shop.pod[5] in zone[2]: restart silent", "shop.pod[6] in zone[2]: restart silent",
		"more.pod[1] in zone[2]: restart silent", "more.pod[2] in zone[2]: restart silent", "more.pod[3] in zone[2]: restart silent",
		"shop: stop",
	})
	shop := sys.Targets[0].Node
	for name, want := range map[string]model.Part{
		"web[3]":      {Template: "web", Title: "Web", Kind: model.Component, Owner: model.None},
		"shop.pod[1]": {Template: "pod", Group: "shop", Kind: model.Component, Owner: shop},
		"more.pod[3]": {Template: "pod", Group: "more", Kind: model.Component, Owner: model.None},
		"shop":        {Template: "shop", Title: "Shop", Kind: model.Itself, Owner: shop},
		"zone[2]":     {Template: "zone", Kind: model.Domain, Owner: model.None},
	} {
		p := sys.Parts[partOf(t, sys, name)]
		if p.Template != want.Template || p.Title != want.Title || p.Group != want.Group || p.Kind != want.Kind || p.Owner != want.Owner {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func partOf(t *testing.T, sys *model.System, name string) int {
	t.Helper()
	i := slices.IndexFunc(sys.Parts, func(p model.Part) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("no part %q in %q", name, parts(sys))
	}
	return i
}

// the time to failure of a bought part is MTTR A / (1 - A).
func TestFigure(t *testing.T) {
	sys := load(t, "component a { availability 99.9% repair 10m } component b { unavailability 1e-15 repair uniform(0s, 2h) } system s = series(a, b)", Options{})
	for i, want := range []float64{599400, 3600 / 1e-15} {
		if got := sys.Parts[i].Modes[0].Every.Mean(); !near(got, want) {
			t.Errorf("%s: mean %v, want %v", sys.Parts[i].Name, got, want)
		}
	}
}

func near(x, y float64) bool { return x == y || (x-y)/y < 1e-14 && (y-x)/y < 1e-14 }

func TestStructure(t *testing.T) {
	sys := load(t, `
param k = 2
component a { fails every 30d repair 1h }
component b { fails every 30d repair 1h }
component c { fails every 30d repair 1h }
component disk[3] { fails every 30d repair 1h }
component pod { fails every 30d repair 1h }
system plain  = a
system rows   = series(a, disk, parallel(b, c))
system counts = k of (a, disk, (b else c covers 80%))
system groups = series(all of disk, any of disk, 2 of disk, all of pod x 2)
system shares = mix(70% a, 20% b, 1 - 90% disk[2])
system chain  = a else (b else c)
pool   p { 2 of disk retry 1 }
quorum q { pod x 5 }
vote   v { (a, b, c) }
bft    f { pod x 4 }
service s { needs p, q else a  uses v  fails every 30d repair 1h  runs pod x 2  up at 95% }
system all-of-it = series(s, f, plain, q.pod[2], groups.pod)`, Options{})
	want := []string{
		"plain: series(a)",
		"rows: series(a disk[1] disk[2] disk[3] atleast1(b c))",
		"counts: atleast2(a disk[1] disk[2] disk[3] else(b c))",
		"groups: series(series(disk[1] disk[2] disk[3]) atleast1(disk[1] disk[2] disk[3]) atleast2(disk[1] disk[2] disk[3]) series(groups.pod[1] groups.pod[2]))",
		"shares: mix(a b disk[2])",
		"chain: else(a else(b c))",
		"s: service(pool1(s.pod[1] s.pod[2]) s pool2(disk[1] disk[2] disk[3]) else(quorum3(q.pod[1] q.pod[2] q.pod[3] q.pod[4] q.pod[5]) a) uses vote2(a b c))",
		"all-of-it: series(" +
			"service(pool1(s.pod[1] s.pod[2]) s pool2(disk[1] disk[2] disk[3]) else(quorum3(q.pod[1] q.pod[2] q.pod[3] q.pod[4] q.pod[5]) a) uses vote2(a b c)) " +
			"bft(f.pod[1] f.pod[2] f.pod[3] f.pod[4]) series(a) q.pod[2] groups.pod[1] groups.pod[2])",
	}
	var got []string
	for _, target := range sys.Targets {
		got = append(got, target.Name+": "+structure(sys, target.Node))
	}
	equal(t, "structure", got, want)
	s := sys.Nodes[sys.Targets[6].Node]
	if s.UpAt != 0.95 || sys.UpAt(sys.Targets[6]) != 0.95 || s.Name != "s" {
		t.Errorf("service %+v", s)
	}
	mix := sys.Nodes[sys.Targets[4].Node]
	if want := []model.Prob{{P: 0.7, Q: 0.3}, {P: 0.2, Q: 0.8}, {P: 0.1, Q: 0.9}}; !slices.Equal(mix.Shares, want) {
		t.Errorf("shares %v", mix.Shares)
	}
}

func TestDeploys(t *testing.T) {
	sys := load(t, "service s { deploys 5/w bad 2% detect 4m rollback fixed(6m) hits 10% } service u { deploys 1/d bad 1% detect 0s rollback 1m }", Options{})
	if len(sys.Deploys) != 2 {
		t.Fatalf("deploys %+v", sys.Deploys)
	}
	d := sys.Deploys[0]
	if !near(d.Rate, 0.1/(7*86400)) || d.Detect != (dist.Exponential{MeanTime: 240}) || d.Rollback != (dist.Fixed{Time: 360}) || d.Hits != (model.Prob{P: 0.1, Q: 0.9}) {
		t.Errorf("deploys %+v", d)
	}
	if sys.Nodes[d.Service].Name != "s" || sys.Nodes[d.Service].Deploys != 0 || sys.Nodes[sys.Deploys[1].Service].Deploys != 1 {
		t.Errorf("services of the deploys %+v", sys.Nodes)
	}
	if sys.Deploys[1].Detect != (dist.Fixed{}) || sys.Deploys[1].Hits != (model.Prob{P: 1}) {
		t.Errorf("deploys %+v", sys.Deploys[1])
	}
}

func TestRequirements(t *testing.T) {
	sys := load(t, `
param budget = 4h/y
domain zone[3] { fails every 2y repair 2h }
component lb { fails every 30d repair 1h }
component disk[4] in zone { fails every 3y repair 1d }
system shop = series(lb, 2 of disk, any of lb x 2)
service other { needs lb }
require availability >= 99.95%
require   shop.availability>=3 nines
require shop.nines >= 3.5
require other.mttf >= 90d
require shop.downtime <= 4h/y
require shop.downtime <= 20m/mo
require shop.downtime <= 20m/mo with 95%   # in one month
require shop.downtime <= budget
require shop.outages <= 6/y
require shop.reliability(30d) >= 90%
require shop.reliability >= 10%
require shop survives any zone
require shop survives any 2 of disk
require shop survives any component except lb, disk[2]
require shop survives any domain
require shop survives zone[2]
require shop survives any 2 of disk except disk[1]`, Options{})
	const year = 365 * 86400.0
	want := []model.Requirement{
		{Text: "require availability >= 99.95%", Measure: "availability", AtLeast: true, Bound: model.Prob{P: 0.9995, Q: 0.0005}},
		{Text: "require shop.availability >= 3 nines", Measure: "availability", AtLeast: true, Bound: model.Prob{P: 0.999, Q: 0.001}},
		{Text: "require shop.nines >= 3.5", Measure: "nines", AtLeast: true, Bound: model.Prob{P: 3.5}},
		{Text: "require other.mttf >= 90d", Target: 1, Measure: "mttf", AtLeast: true, Bound: model.Prob{P: 90 * 86400}},
		{Text: "require shop.downtime <= 4h/y", Measure: "downtime", Bound: model.Prob{P: 14400}, Window: year},
		{Text: "require shop.downtime <= 20m/mo", Measure: "downtime", Bound: model.Prob{P: 1200}, Window: year / 12},
		{Text: "require shop.downtime <= 20m/mo with 95%", Measure: "downtime", Bound: model.Prob{P: 1200}, Window: year / 12, Confidence: model.Prob{P: 0.95, Q: 0.05}},
		{Text: "require shop.downtime <= budget", Measure: "downtime", Bound: model.Prob{P: 14400}, Window: year},
		{Text: "require shop.outages <= 6/y", Measure: "outages", Bound: model.Prob{P: 6}},
		{Text: "require shop.reliability(30d) >= 90%", Measure: "reliability", AtLeast: true, At: 30 * 86400, Bound: model.Prob{P: 0.9, Q: 0.1}},
		{Text: "require shop.reliability >= 10%", Measure: "reliability", AtLeast: true, Bound: model.Prob{P: 0.1, Q: 0.9}},
	}
	for i, w := range want {
		got := sys.Requirements[i]
		got.Pos = model.Pos{}
		if got != w {
			t.Errorf("requirement %d:\n got %+v\nwant %+v", i, got, w)
		}
	}
	survivals := []string{
		"1 of zone[1] zone[2] zone[3]",
		"2 of disk[1] disk[2] disk[3] disk[4]",
		"1 of disk[1] disk[3] disk[4] shop.lb[1] shop.lb[2]",
		"1 of zone[1] zone[2] zone[3]",
		"1 of zone[2]",
		"2 of disk[2] disk[3] disk[4]",
	}
	for i, w := range survivals {
		s := sys.Requirements[len(want)+i].Survives
		names := []string{fmt.Sprint(s.Count), "of"}
		for _, part := range s.Parts {
			names = append(names, sys.Parts[part].Name)
		}
		if got := strings.Join(names, " "); got != w {
			t.Errorf("survival %d: got %s, want %s", i, got, w)
		}
	}
}

func TestScenario(t *testing.T) {
	const text = `
param pods = 4
param wait = pods * 1m
component pod { fails every 30d repair wait }
system s = 2 of pod x pods
scenario "two" { pods = 2  wait = 5m }
scenario "half" { pods = 6 / 2 }`
	for _, c := range []struct {
		opts       Options
		pods, wait float64
	}{
		{Options{}, 4, 240},
		{Options{Scenario: "two"}, 2, 300},
		{Options{Scenario: "half"}, 3, 180},
		{Options{Set: map[string]string{"pods": "8"}}, 8, 480},
		{Options{Set: map[string]string{"pods": "8"}, Scenario: "two"}, 8, 300},
		{Options{Set: map[string]string{"wait": "2 * 3h", "pods": "floor(3.5)"}}, 3, 21600},
	} {
		sys := load(t, text, c.opts)
		if sys.Params[0].Value != c.pods || sys.Params[1].Value != c.wait || len(sys.Parts) != int(c.pods) {
			t.Errorf("%+v: %+v, %d parts", c.opts, sys.Params, len(sys.Parts))
		}
	}
	if got := Scenarios("test.nines", []byte(text)); !slices.Equal(got, []string{"two", "half"}) {
		t.Errorf("scenarios %q", got)
	}
}

func TestHead(t *testing.T) {
	sys := load(t, `model "A \"title\"" mission 30d component a { never fails } system s "S" = series(a)`, Options{})
	if sys.Title != `A "title"` || sys.Mission != 30*86400 || sys.Targets[0].Title != "S" {
		t.Errorf("%q %v %+v", sys.Title, sys.Mission, sys.Targets)
	}
	if sys = load(t, `component a { never fails } system s = series(a)`, Options{}); sys.Mission != model.Year {
		t.Errorf("mission %v", sys.Mission)
	}
}
