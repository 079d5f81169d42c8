package syntax

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// generated returns a model of about n lines.
func generated(n int) string {
	var b strings.Builder
	b.WriteString("model \"generated\"\nparam pods = 4\n")
	for i := 0; i < n/8; i++ {
		fmt.Fprintf(&b, "component pod%d {\n  fails restart every 20d repair 30s resync 2m\n", i)
		fmt.Fprintf(&b, "  fails silent every 120d detect 15m repair lognormal(median 5m, sigma 0.5)\n}\n")
		fmt.Fprintf(&b, "service s%d {\n  runs 2 of pod%d x pods in zone  # its own\n  needs s%d, db else queue covers 80%%\n}\n", i, i, i/2)
	}
	return b.String()
}

func BenchmarkParse(b *testing.B) {
	for _, lines := range []int{100, 10_000, 100_000} {
		src := []byte(generated(lines))
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				if _, errs := Parse("bench.nines", src); errs != nil {
					b.Fatal(errs[0])
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*lines), "ns/line")
		})
	}
}

func BenchmarkPrint(b *testing.B) {
	f, _ := Parse("bench.nines", []byte(generated(100_000)))
	for b.Loop() {
		if err := Print(io.Discard, f); err != nil {
			b.Fatal(err)
		}
	}
}
