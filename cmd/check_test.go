package cmd

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// services is a model of n services in six layers: each runs three pods in as
// many zones that can hang unnoticed, is deployed, and needs up to three of the
// layer below. Each has a requirement.
func services(n int) string {
	const layers = 6
	var b strings.Builder
	rng := rand.New(rand.NewPCG(1, 2))
	fmt.Fprintln(&b, `domain zone[3] { fails every 3y repair 2h }
component db  { fails every 90d repair 1h }
component pod { fails restart every 20d repair 30s  fails silent every 1y detect 2m repair 1m }`)
	first := func(layer int) int { return (layer*n + layers - 1) / layers }
	for i := range n {
		needs := "db"
		if layer := i * layers / n; layer > 0 {
			for range 1 + rng.IntN(3) {
				needs += fmt.Sprint(", s", first(layer-1)+rng.IntN(first(layer)-first(layer-1)))
			}
		}
		fmt.Fprintf(&b, `service s%d {
  runs 2 of pod x 3 in zone retry 1
  deploys 5/w bad 2%% detect 4m rollback 6m hits 10%%
  needs %s
  fails every %dd repair 10m
}
require s%d.availability >= 90%%
`, i, needs, 30+i%60, i)
	}
	return b.String()
}

func BenchmarkCheck(b *testing.B) {
	text := services(2000)
	for b.Loop() {
		var out strings.Builder
		if code := Run([]string{"check", "-"}, strings.NewReader(text), &out, io.Discard); code != 0 || !strings.HasSuffix(out.String(), "2000 requirements hold\n") {
			b.Fatalf("exit code %d: %s", code, out.String())
		}
	}
}
