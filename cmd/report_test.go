package cmd_test

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// page is the report of a model.
func page(t *testing.T, args ...string) string {
	t.Helper()
	code, text, stderr := run(append([]string{"report"}, args...)...)
	if code != 0 {
		t.Fatalf("report %s: exit code %d\n%s", args, code, stderr)
	}
	return text
}

// hostile has texts that would be markup, script or style where they stand if
// they were not escaped.
const hostile = `model "</title><script>alert(1)</script>\"'&amp;]]>"
param x = 2 # </code><img src=x onerror=alert(1)>
component db "</text></svg><style>*{display:none}</style>" { fails every 30d repair 1h }
component web "javascript:alert(1) {{.}} --> <!--" { fails every 90d repair 25m }
domain zone "` + "\u202e" + `]]></svg>" [2] { fails every 2y repair 2h }
component app in zone[1] { fails every 9d repair 5m }
system shop "<b onmouseover=alert(1)>" = series(db, any of web x x, app)
require shop.availability >= 99.9999%
scenario "</style><script>" { x = 3 }
`

// TestReportPage holds pages against what a browser wants of one, and what
// keeps it safe and self-contained.
func TestReportPage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "hostile.nines")
	if err := os.WriteFile(file, []byte(hostile), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{file}, {"../examples/network.nines"}, {"../examples/nonrepairable.nines"}, {"../examples/series-and-parallel.nines", "--simulate", "--runs", "100"}} {
		if err := sound(page(t, args...)); err != nil {
			t.Errorf("%s: %v", args[0], err)
		}
	}
}

// sound says what is wrong with a page.
func sound(text string) error {
	ids, wanted, open := map[string]bool{}, []string{}, 0
	d := xml.NewDecoder(strings.NewReader(text)) // the page is XML too, so that all of it can be checked
	for {
		token, err := d.Token()
		switch {
		case err == io.EOF && open == 0:
			for _, id := range wanted {
				if !ids[id] {
					return errors.New("no place for a link to " + id)
				}
			}
			return nil
		case err != nil:
			return err
		}
		switch e := token.(type) {
		case xml.EndElement:
			open--
		case xml.StartElement:
			open++
			if !elements[e.Name.Local] {
				return errors.New("an element " + e.Name.Local)
			}
			for _, a := range e.Attr {
				switch name, value := a.Name.Local, a.Value; {
				case strings.HasPrefix(name, "on") || name == "src" || name == "href" && !strings.HasPrefix(value, "#"):
					return errors.New("an attribute " + name + "=" + value)
				case name == "id" && ids[value]:
					return errors.New("two places for links to " + value)
				case name == "id":
					ids[value] = true
				case name == "href":
					wanted = append(wanted, value[1:])
				}
			}
		}
	}
}

// elements that a page may have.
var elements = func() map[string]bool {
	all := map[string]bool{}
	for _, name := range strings.Fields(`html head meta title style body header nav main section footer div span p h1 h2 h3 ul ol li a b br
		strong small code table caption thead tbody tr th td figure details summary svg path text`) {
		all[name] = true
	}
	return all
}()

// The check would be worth nothing if it let everything pass.
func TestSound(t *testing.T) {
	for _, text := range []string{"<p><b></p>", "<script></script>", `<a href="https://x"></a>`, `<p id="a"></p><p id="a"></p>`, `<a href="#a"></a>`, `<p onclick="x"></p>`, "<p>"} {
		if sound(text) == nil {
			t.Errorf("%s is fine", text)
		}
	}
}

// TestReportInBrowser shows a page as wide as the screens of a phone and of
// larger things, if there is a browser. Nothing of it may stick out.
func TestReportInBrowser(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil || testing.Short() {
		t.Skip("no chromium")
	}
	var b strings.Builder
	text := html.EscapeString(page(t, "../examples/webshop.nines"))
	for _, width := range []int{320, 390, 768, 1400} {
		fmt.Fprintf(&b, `<iframe width="%d" height="900" style="border: 0" srcdoc="%s"></iframe>`, width, text)
	}
	b.WriteString(`<script>onload = () => {
		document.title = [...document.querySelectorAll("iframe")].map(f => f.width + ": " + f.contentDocument.documentElement.scrollWidth).join(", ");
		document.body.remove() }</script>`)
	file := filepath.Join(t.TempDir(), "frames.html")
	if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	out, err := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--dump-dom", "file://"+file).Output()
	if err != nil {
		t.Skipf("chromium does not run: %v", err)
	}
	if want := "<title>320: 320, 390: 390, 768: 768, 1400: 1400</title>"; !strings.Contains(string(out), want) {
		t.Errorf("want %s, got %s", want, regexp.MustCompile("<title>[^<]*</title>").Find(out))
	}
}
