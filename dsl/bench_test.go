package dsl

import (
	"fmt"
	"strings"
	"testing"
)

// generated is a model of about so many lines: zones, stores, pods, and layers
// of services that need those below them.
func generated(lines int) []byte {
	var b strings.Builder
	b.WriteString("domain zone[3] { fails every 2y repair 2h }\ncomponent pod { fails restart every 20d repair 30s  fails silent every 1y detect 5m repair 1m }\n")
	b.WriteString("component store-0[3] in zone { fails every 90d repair 45m }\nservice s0 { needs 2 of store-0 }\n")
	for i := 1; i <= lines/8; i++ {
		fmt.Fprintf(&b, "component store-%d[3] in zone { fails every %dd repair 45m } # data\n", i, 30+i%100)
		fmt.Fprintf(&b, "param wait-%d = %dm\n", i, 1+i%30)
		fmt.Fprintf(&b, "service s%d \"Service %d\" {\n  runs 2 of pod x 3 in zone retry 1\n", i, i)
		fmt.Fprintf(&b, "  fails every 60d repair wait-%d\n", i)
		fmt.Fprintf(&b, "  needs 2 of store-%d, s%d, s%d\n  uses s%d\n}\n", i, i-1, i/2, i/3)
	}
	return []byte(b.String())
}

// The cost of a line should not grow with the length of the file.
func BenchmarkLoad(b *testing.B) {
	for _, lines := range []int{10_000, 100_000} {
		src := generated(lines)
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				if sys, diagnostics := Load("big.nines", src, Options{}); sys == nil {
					b.Fatal(diagnostics[0])
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(lines), "ns/line")
		})
	}
}
