package montecarlo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"nines/model"
)

func shards(t *testing.T, sys *model.System, o Options, n int) [][]byte {
	t.Helper()
	var states [][]byte
	for i := range n {
		o.Workers = 1 + i%2
		state, err := Shard(context.Background(), sys, o, i, n)
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, state)
	}
	return states
}

// hopeful has a target that never fails beside one that does, and windows.
func hopeful() (*model.System, Options) {
	b := newBuilder()
	b.target("never", b.one(byLaw(fixed(100*hour), fixed(hour))))
	b.sys.Nodes[0].Part = b.part(model.None)
	sys := b.target("often", b.one(byLaw(fixed(100*hour), fixed(hour))))
	return sys, Options{Runs: 300, Windows: []float64{day}}
}

// TestShards: the states of shards, in any order, make the report of all runs.
func TestShards(t *testing.T) {
	never, some := hopeful()
	for name, c := range map[string]struct {
		sys *model.System
		o   Options
	}{
		"cycles":    {microservices(), Options{Runs: 700, Seed: 3}},
		"windows":   {zones(), Options{Runs: 333, Windows: []float64{30 * day, model.Year}, Horizon: 10 * day}},
		"coupled":   {standbys(), Options{Runs: 20, Windows: []float64{30 * day}}},
		"few":       {pair(day, hour, 1), Options{Runs: 3}},
		"some give": {never, some},
	} {
		want := simulate(t, c.sys, c.o)
		for _, n := range []int{1, 2, 3, 10} {
			states := shards(t, c.sys, c.o, n)
			slices.Reverse(states)
			got, err := Merge(c.sys, c.o, states)
			if err != nil {
				t.Fatalf("%s, %d shards: %v", name, n, err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s, %d shards: got\n%+v\nwant\n%+v", name, n, got, want)
			}
		}
	}
}

// TestMergeRefuses what is not all shards of one simulation.
func TestMergeRefuses(t *testing.T) {
	o := Options{Runs: 300}
	states, other := shards(t, pool(), o, 3), shards(t, pool(), Options{Runs: 400}, 3)
	short := bytes.Clone(states[0][:len(states[0])-8])
	for name, c := range map[string][][]byte{
		"none":       {},
		"missing":    states[:2],
		"twice":      {states[0], states[1], states[1]},
		"more":       {states[0], states[1], states[2], states[2]},
		"other runs": {states[0], states[1], other[2]},
		"too short":  {short, states[1], states[2]},
		"too long":   {append(bytes.Clone(states[0]), 0, 0, 0, 0, 0, 0, 0, 0), states[1], states[2]},
	} {
		if _, err := Merge(pool(), o, c); !errors.Is(err, ErrState) {
			t.Errorf("%s: got %v, want %v", name, err, ErrState)
		}
	}
	if _, err := Merge(zones(), o, states); !errors.Is(err, ErrState) {
		t.Errorf("another model: got %v", err)
	}
	for _, o := range []Options{{}, {Runs: 10, Until: 0.1}, {Runs: 10, Time: time.Second}} {
		if _, err := Shard(context.Background(), pool(), o, 0, 2); err == nil {
			t.Errorf("%+v: want an error", o)
		}
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Shard(gone, pool(), o, 0, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: got %v", err)
	}
}

// TestDamagedState changes single words of states: reading them ends, whatever
// comes of it.
func TestDamagedState(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	o := Options{Runs: 150, Windows: []float64{day}}
	state := shards(t, pair(day, hour, 1), o, 1)[0]
	refused := 0
	for range 500 {
		damaged := bytes.Clone(state)
		damaged[r.IntN(len(state)/8)*8+r.IntN(8)] ^= byte(1 + r.IntN(255))
		s, _, err := prepare(pair(day, hour, 1), o)
		if err != nil {
			t.Fatal(err)
		}
		if s.restore(damaged) != nil {
			refused++
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
}

// TestResume stops simulations again and again and goes on from what they saved.
func TestResume(t *testing.T) {
	for name, c := range map[string]struct {
		sys *model.System
		o   Options
	}{
		"runs":  {microservices(), Options{Runs: 5000, Seed: 3}},
		"until": {zones(), Options{Until: 0.3, Windows: []float64{30 * day}, Horizon: 10 * day}},
	} {
		want := simulate(t, c.sys, c.o)
		stops := 0
		for {
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond<<stops)
			var saved []byte
			c.o.Save = func(state []byte) { saved = state }
			got, err := Simulate(ctx, c.sys, c.o)
			cancel()
			if err != nil {
				t.Fatal(err)
			}
			if c.o.Resume = saved; got.Partial {
				stops++
				continue
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s, after %d stops: got\n%+v\nwant\n%+v", name, stops, got, want)
			}
			break
		}
		if stops == 0 {
			t.Errorf("%s: was never stopped", name)
		}
	}
}

// TestPile adds up blocks in several ways.
func TestPile(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	chunks := make([]block, 100)
	for i := range chunks {
		var m moments
		for range 1 + r.IntN(3) {
			m.add(&vector{length: r.Float64(), downTime: r.Float64()})
		}
		chunks[i] = block{first: i, sums: []moments{m}}
	}
	part := func(from, to int) (p pile) {
		for i := from; i < to; i++ {
			p.push(block{first: i, sums: slices.Clone(chunks[i].sums)})
		}
		return p
	}
	want := part(0, 100)
	if len(want) != 3 { // 64 + 32 + 4
		t.Errorf("got %d blocks of a hundred, want 3", len(want))
	}
	for range 50 {
		i := r.IntN(101)
		j := i + r.IntN(101-i)
		var got pile
		for _, b := range slices.Concat(part(0, i), part(i, j), part(j, 100)) {
			got.push(b)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("cut at %d and %d: got another sum", i, j)
		}
	}
}
