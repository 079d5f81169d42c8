package dsl

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDeclarations(t *testing.T) {
	src := `model "M" # a comment
param  n=2
domain zone [3] { fails every 3y # never seen
  repair 2h }
service shop "Shop" { needs all of db x n }
component db { availability 99.9% }
common cause 10% among db
scenario "one \"pod\"" { n = 1 }
require shop.availability>=99%
`
	var got []string
	for _, d := range Declarations("f.nines", []byte(src)) {
		got = append(got, fmt.Sprintf("%d %s|%s|%s", d.Pos.Line, d.Kind, d.Name, strings.ReplaceAll(d.Text, "\n", "/")))
	}
	want := []string{
		`1 model||model "M"`,
		`2 param|n|param n = 2`,
		`3 domain|zone|domain zone[3] { fails every 3y repair 2h }`,
		`5 service|shop|service shop "Shop" { needs all of db x n }`,
		`6 component|db|component db { availability 99.9% }`,
		`7 common||common cause 10% among db`,
		`8 scenario|"one \"pod\""|scenario "one \"pod\"" { n = 1 }`,
		`9 require||require shop.availability >= 99%`,
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Error(diff)
	}
}
