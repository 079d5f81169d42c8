package openpsa_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"testing"

	"nines/model"
	"nines/model/analytic"
	"nines/model/encoding/openpsa"
)

// TestAralia compares with published sizes and probabilities of fault trees,
// six digits (Aralia benchmark, A. Rauzy, Y. Dutuit).
func TestAralia(t *testing.T) {
	tests := []struct {
		name          string
		events, gates int
		want          float64
	}{
		{"chinese", 25, 36, 1.17058e-03},
		{"baobab1", 61, 84, 1.01708e-04},
		{"baobab2", 32, 40, 7.13018e-04},
		{"das9201", 122, 82, 1.34237e-02},
		{"das9205", 51, 20, 1.38408e-08},
		{"das9601", 122, 288, 4.23440e-03},
		{"isp9603", 91, 95, 3.23326e-03},
		{"ftr10", 175, 94, 4.48677e-01},
		{"elf9601", 145, 242, 9.66291e-02},
		{"edfpa15r", 88, 110, 1.89750e-02},
		{"isp9607", 74, 65, 9.49510e-07},
		{"jbd9601", 533, 315, 7.55091e-01},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "shared", "data", "aralia", test.name+".xml"))
			if err != nil {
				t.Skip("the published trees are not at hand")
			}
			s, list := openpsa.Decode(openpsa.Options{}, openpsa.File{Name: test.name, Data: data})
			if len(list) > 0 {
				t.Fatal(list)
			}
			gates := 0
			for _, n := range s.Nodes {
				if n.Name != "" {
					gates++
				}
			}
			if len(s.Parts) != test.events || gates != test.gates || len(s.Targets) != 1 {
				t.Errorf("%d events, %d gates, %d targets, want %d, %d, 1", len(s.Parts), gates, len(s.Targets), test.events, test.gates)
			}
			results, _, err := analytic.Evaluate(context.Background(), s, analytic.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if v, _ := results[0].Find(model.Unavailability); math.Abs(v.Value-test.want) > 6e-6*test.want || v.Method != model.Exact {
				t.Errorf("P(top) = %v, %s, want %v", v.Value, v.Method, test.want)
			}
		})
	}
}
