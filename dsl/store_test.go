package dsl

import "testing"

// TestMissedReads warns where reading or writing makes do with fewer members
// than see the last write, or than hold the data.
func TestMissedReads(t *testing.T) {
	for store, want := range map[string]int{
		"disk x 3 read 2 write 2":                0,
		"disk x 3 read 1 write 2":                1,
		"fragments 2 of disk x 3 write 2":        0,
		"fragments 2 of disk x 3 write 1":        1,
		"fragments 2 of disk x 3 read 1":         1,
		"fragments 1 of disk x 3 write 1":        0,
		"fragments 3 of disk x 4 read 1":         1,
		"fragments 3 of disk x 4 write 4":        0,
		"fragments 2 of disk x 4 read 3":         0,
		"disk x 3 read 1 write 1":                1,
		"disk x 3 read 1 write 3":                0,
		"fragments 2 of disk x 3 read 1 write 1": 1,
	} {
		sys, list := Load("", []byte("component disk { fails every 1y repair 1d loses data }\nstore s { "+store+" }"), Options{})
		got := 0
		for _, d := range list {
			if d.Code == "W116" {
				got++
			}
		}
		if sys == nil || got != want {
			t.Errorf("%s: got %d warnings of reads, want %d: %v", store, got, want, list)
		}
	}
}
