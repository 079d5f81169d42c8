package cmd_test

import (
	"encoding/json"
	"math"
	"testing"
)

// A ranked event as it is told in JSON.
type rankedEvent struct {
	Event                                string
	Birnbaum, Criticality, Raw, Rrw, DIF float64
	FussellVesely                        float64 `json:"fussell_vesely"`
	Probability                          float64
}

// TestReferenceImportance holds explain, from the file to the JSON, against
// published values, to the digits given. A RRW of 0 stands for one that would be
// infinite, which is absent.
func TestReferenceImportance(t *testing.T) {
	storm := []rankedEvent{
		{Event: "x1", Birnbaum: .531011, Raw: 2, Rrw: 0},
		{Event: "x2", Birnbaum: .368041, Raw: 1.693094, Rrw: 3.25833},
		{Event: "x3", Birnbaum: .224763, Raw: 1.693094, Rrw: 1.18127},
		{Event: "x4", Birnbaum: .0596235, Raw: 1.112283, Rrw: 1.126485},
		{Event: "x5", Birnbaum: .0543206, Raw: 1.112283, Rrw: 1.101698},
		{Event: "x6", Birnbaum: .0810368, Raw: 1.112283, Rrw: 1.239056},
	}
	outer, middle := .1062, .0162
	bridge := func(of func(i string) string) []rankedEvent {
		list := []rankedEvent{{Event: "middle", Birnbaum: middle}}
		for _, i := range []string{"1", "2", "3", "4"} {
			list = append(list, rankedEvent{Event: of(i), Birnbaum: outer})
		}
		for i := range list {
			down := 1 - .97848
			list[i].Raw = (down + .9*list[i].Birnbaum) / down
			list[i].Rrw = down / (down - .1*list[i].Birnbaum)
		}
		return list
	}
	for _, test := range []struct {
		file string
		down float64
		want []rankedEvent
	}{
		{"storm.nines", .2655055433, storm},
		{"storm.xml", .2655055433, storm},
		{"bridge.nines", 1 - .97848, bridge(func(i string) string { return "outer[" + i + "]" })},
		{"bridge.xml", 1 - .97848, bridge(func(i string) string { return "outer-" + i })},
	} {
		t.Run(test.file, func(t *testing.T) { compareReference(t, "../testdata/reference/"+test.file, test.down, test.want) })
	}
}

func compareReference(t *testing.T, file string, down float64, want []rankedEvent) {
	t.Helper()
	code, out, diagnostics := run("explain", file, "--format", "json")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, diagnostics)
	}
	var got struct {
		Results []struct {
			CutSets struct{ Probability float64 } `json:"cut_sets"`
		}
		Importance []rankedEvent
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	const tolerance = 2e-6
	near := func(x, y float64) bool { return math.Abs(x-y) <= tolerance*math.Abs(y) }
	if p := got.Results[0].CutSets.Probability; !near(p, down) {
		t.Errorf("got the probability %v, want %v", p, down)
	}
	if len(got.Importance) != len(want) {
		t.Errorf("got %d events, want %d", len(got.Importance), len(want))
	}
	for _, w := range want {
		for _, g := range got.Importance {
			if g.Event != w.Event {
				continue
			}
			if !near(g.Birnbaum, w.Birnbaum) || !near(g.Raw, w.Raw) || !near(g.Rrw, w.Rrw) {
				t.Errorf("got %+v, want %+v", g, w)
			}
			if q := g.Probability; !near(g.DIF, q*g.Raw) || !near(g.Criticality, q*g.Birnbaum/down) || !near(g.FussellVesely, g.Criticality) {
				t.Errorf("it does not agree with itself: %+v", g)
			}
		}
	}
}

// TestReferenceMTTDL holds mean times to data loss against birth-death chains in
// rational arithmetic: of n copies that fail at the rate 1/a and are rebuilt at
// 1/b, all at once or in turn, more than so many are gone.
func TestReferenceMTTDL(t *testing.T) {
	code, out, diagnostics := run("eval", "../testdata/reference/mttdl.nines", "--format", "json")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, diagnostics)
	}
	var got struct {
		Results []struct {
			Name     string
			Measures map[string]struct{ Value float64 }
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	hours := map[string]float64{"pair": 20834833333 + 1./3, "three": 578752316648148, "turns": 289379631462963, "eight": 744315476.190476}
	for _, r := range got.Results {
		want, known := hours[r.Name]
		if !known {
			continue
		}
		delete(hours, r.Name)
		if x := r.Measures["mttdl"].Value / 3600; math.Abs(x-want) > 1e-14*want {
			t.Errorf("%s: got %v h, want %v", r.Name, x, want)
		}
		// Long after the first rebuild and long before the first loss.
		const year = 8760
		if loss := r.Measures["data_loss"].Value; math.Abs(loss-year/want) > 0.01*year/want {
			t.Errorf("%s: data is lost within a year with %v, want about %v", r.Name, loss, year/want)
		}
	}
	if len(hours) > 0 {
		t.Errorf("no result of %v", hours)
	}
}
