package cmd_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nines/cmd"
)

// TestExamples runs the commands in the header of every example and compares
// what they print with what the header says; with UPDATE=1 it writes it there.
// Each example requires something.
func TestExamples(t *testing.T) {
	t.Chdir("..")
	files, err := filepath.Glob("examples/*.nines")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d examples, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			is, should := played(t, file)
			for tries := 0; is != should && tries < 3 && os.Getenv("UPDATE") != ""; tries++ {
				compare(t, file, is, should)
				is, should = played(t, file) // it may name lines, which have moved
			}
			compare(t, file, is, should)
			if _, json, _ := run("eval", file, "--format", "json"); meetsSchema([]byte(json)) != nil {
				t.Errorf("JSON: %v", meetsSchema([]byte(json)))
			}
		})
	}
}

// played is an example, and what it should be.
func played(t *testing.T, file string) (is, should string) {
	t.Helper()
	text := read(t, file)
	lines := strings.Split(text, "\n")
	from, to := header(lines)
	if command := "# $ nines eval " + file; from == to {
		if os.Getenv("UPDATE") == "" {
			t.Fatalf("the header has no line `%s`", command)
		}
		lines = slices.Insert(lines, to, "#", command)
		from, to = to+1, to+2
	}
	var session []string
	for _, line := range lines[from:to] {
		session = append(session, strings.TrimPrefix(strings.TrimPrefix(line, "#"), " "))
	}
	var commented []string
	for _, line := range play(t, session, false) {
		commented = append(commented, strings.TrimRight("# "+line, " "))
	}
	return text, splice(lines, from, to, commented)
}

// TestExamplesHold checks what the examples require, and that what they say
// would fail does.
func TestExamplesHold(t *testing.T) {
	files, err := filepath.Glob("../examples/*.nines")
	if err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := run(append([]string{"check"}, files...)...); code != 0 || strings.Contains(stdout, "nothing is required") {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
	would := regexp.MustCompile(`(?m)^# (require .*)  # fails: .+$`)
	tried := 0
	for _, file := range files {
		text := read(t, file)
		for _, match := range would.FindAllStringSubmatch(text, -1) {
			failing := filepath.Join(t.TempDir(), filepath.Base(file))
			if err := os.WriteFile(failing, []byte(strings.ReplaceAll(text, "\nrequire ", "\n# require ")+match[1]+"\n"), 0o666); err != nil {
				t.Fatal(err)
			}
			if code, stdout, stderr := run("check", failing); code != 1 {
				t.Errorf("%s: `%s` has the exit code %d\n%s%s", file, match[1], code, stdout, stderr)
			}
			tried++
		}
	}
	if tried < 5 {
		t.Errorf("%d requirements would fail", tried)
	}
}

// TestNoFallback keeps testdata/no-fallback.nines, the web shop after somebody
// has taken out what it does while the payment provider is down.
func TestNoFallback(t *testing.T) {
	t.Chdir("..")
	const file = "testdata/no-fallback.nines"
	lines := strings.Split(read(t, "examples/webshop.nines"), "\n")
	_, to := header(lines)
	text := strings.TrimLeft(strings.Join(lines[to:], "\n"), "\n")
	changed := strings.Replace(text, "  needs psp else orders-queue covers 80%  # take the order now, charge later\n", "  needs psp\n", 1)
	changed = regexp.MustCompile("(?m)^component orders-queue .*\n").ReplaceAllString(changed, "")
	if strings.Count(changed, "\n") != strings.Count(text, "\n")-1 {
		t.Fatal("the web shop has no such fallback any more")
	}
	old, _ := os.ReadFile(file)
	compare(t, file, string(old), changed)
}

// header finds the lines from the first command to the end of the comment that
// a file starts with.
func header(lines []string) (from, to int) {
	for to < len(lines) && strings.HasPrefix(lines[to], "#") {
		to++
	}
	for from < to && !strings.HasPrefix(lines[from], "# $ ") {
		from++
	}
	return from, to
}

// TestExamplesReadme holds examples/README.md against the examples: each has a
// section with its picture, in which everything in code type stands in the
// example or in its header, and there are no figures in other type.
func TestExamplesReadme(t *testing.T) {
	t.Chdir("../examples")
	files, err := filepath.Glob("*.nines")
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for _, section := range regexp.MustCompile(`(?m)^##+ `).Split(read(t, "README.md"), -1)[1:] {
		title, body, _ := strings.Cut(section, "\n")
		name, _, is := strings.Cut(strings.TrimPrefix(title, "["), "]")
		described[name] = is
		example := ""
		if is {
			example = strings.ReplaceAll(read(t, name), "\n# ", "\n")
			if !strings.Contains(body, "](pictures/"+strings.TrimSuffix(name, ".nines")+"-") {
				t.Errorf("%s: no picture", name)
			}
		}
		if figures := figuresIn(t, name, body, example); is && figures < 3 {
			t.Errorf("%s: %d figures", name, figures)
		}
	}
	for _, file := range files {
		if !described[file] {
			t.Errorf("no section for %s", file)
		}
	}
}

// figuresIn counts the figures of a section.
func figuresIn(t *testing.T, name, body, example string) (figures int) {
	t.Helper()
	digit := regexp.MustCompile(`[0-9]`)
	picture := regexp.MustCompile(`(?m)^!\[.*\]\(pictures/(.*)\)$`)
	for _, shown := range picture.FindAllStringSubmatch(body, -1) {
		if _, err := os.Stat(filepath.Join("pictures", shown[1])); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i, piece := range strings.Split(picture.ReplaceAllString(body, ""), "`") {
		switch {
		case i%2 == 0 && digit.MatchString(piece):
			t.Errorf("%s: a figure that is not in code type: %s", name, strings.TrimSpace(piece))
		case i%2 == 1 && example != "" && !strings.Contains(example, strings.ReplaceAll(piece, "\n", " ")):
			t.Errorf("%s: `%s` is not in the example", name, piece)
		case i%2 == 1 && digit.MatchString(piece):
			figures++
		}
	}
	return figures
}

// TestReadme does as TestExamples for the console blocks of README.md, which show
// diagnostics too.
func TestReadme(t *testing.T) {
	t.Chdir("..")
	const file = "README.md"
	text := read(t, file)
	lines := strings.Split(text, "\n")
	var out []string
	blocks := 0
	for i := 0; i < len(lines); i++ {
		out = append(out, lines[i])
		if lines[i] != "```console" {
			continue
		}
		end := i + 1
		for end < len(lines) && lines[end] != "```" {
			end++
		}
		out = append(out, play(t, lines[i+1:end], true)...)
		i, blocks = end-1, blocks+1
	}
	if blocks == 0 {
		t.Fatal("there are no console blocks")
	}
	compare(t, file, text, strings.Join(out, "\n"))
}

// play runs the commands of a session and gives it back with what they print
// now: standard output, and what went to standard error before it if that is
// wanted.
func play(t *testing.T, session []string, diagnostics bool) []string {
	t.Helper()
	var out []string
	code := 0
	for i, line := range session {
		command, is := strings.CutPrefix(line, "$ ")
		switch {
		case !is && i == 0:
			t.Errorf("%q is no command", line)
			continue
		case !is:
			continue
		}
		if i > 0 && session[i-1] == "" {
			out = append(out, "")
		}
		out = append(out, line)
		words := fields(command)
		switch {
		case words[0] == "nines":
			var stdout, stderr string
			code, stdout, stderr = run(words[1:]...)
			if diagnostics {
				stdout = stderr + stdout
			}
			if stdout = strings.TrimSuffix(stdout, "\n"); stdout != "" {
				out = append(out, strings.Split(stdout, "\n")...)
			}
		case command == "echo $?":
			out = append(out, strconv.Itoa(code))
		default:
			t.Errorf("only nines can be run here, not %q", command)
		}
	}
	return out
}

func run(args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = cmd.Run(args, strings.NewReader(""), &out, &err)
	return code, out.String(), err.String()
}

// fields splits a command line at spaces outside of quotes.
func fields(line string) []string {
	var words []string
	var word strings.Builder
	quote, open := rune(0), false
	for _, r := range line + " " {
		switch {
		case quote == 0 && (r == '\'' || r == '"'):
			quote, open = r, true
		case r == quote && quote != 0:
			quote = 0
		case r == ' ' && quote == 0:
			if word.Len() > 0 || open {
				words = append(words, word.String())
			}
			word.Reset()
			open = false
		default:
			word.WriteRune(r)
		}
	}
	return words
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func splice(lines []string, from, to int, with []string) string {
	head := strings.Join(append(lines[:from:from], with...), "\n")
	return head + "\n" + strings.Join(lines[to:], "\n")
}

// compare says where a file differs from what it should be, or rewrites it.
func compare(t *testing.T, file, is, should string) {
	t.Helper()
	if is == should {
		return
	}
	if os.Getenv("UPDATE") == "" {
		t.Errorf("%s: -is +should (UPDATE=1 go test ./cmd writes it)\n%s", file, cmp.Diff(is, should))
	} else if err := os.WriteFile(file, []byte(should), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestFields(t *testing.T) {
	got := fmt.Sprintf("%q", fields(`nines nines  "3.5 nines" 'a"b' ""`))
	if want := `["nines" "nines" "3.5 nines" "a\"b" ""]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestClusterExamples: the files for job arrays use flags that there are.
func TestClusterExamples(t *testing.T) {
	_, help, _ := run("simulate", "--help")
	_, merge, _ := run("merge", "--help")
	files, err := filepath.Glob("../examples/cluster/*")
	if err != nil || len(files) != 3 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		for line := range strings.Lines(read(t, file)) {
			_, command, found := strings.Cut(line, "nines")
			if !found || !strings.Contains(command, "simulate") && !strings.Contains(command, "merge") {
				continue
			}
			for _, word := range strings.Fields(strings.NewReplacer(",", " ", "]", " ", "'", " ").Replace(command)) {
				if strings.HasPrefix(word, "--") && !strings.Contains(help+merge, word+" ") {
					t.Errorf("%s: there is no %s", file, word)
				}
			}
		}
	}
}

// TestCI runs the commands of the files for GitHub and GitLab in a repository
// of git, as far as they are those of nines.
func TestCI(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	model := read(t, "../examples/webshop.nines")
	commands := regexp.MustCompile(`(?m)(?:run: |- )(nines .*)$`)
	var found []string
	for _, file := range []string{"../examples/ci/github.yml", "../examples/ci/gitlab.yml"} {
		for _, match := range commands.FindAllStringSubmatch(read(t, file), -1) {
			found = append(found, match[1])
		}
	}
	if len(found) != 4 {
		t.Fatalf("%d commands: %q", len(found), found)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("webshop.nines", []byte(model), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range []string{"init -q", "add .", "-c user.name=n -c user.email=e commit -q -m one", "update-ref refs/remotes/origin/main HEAD"} {
		if out, err := exec.Command("git", strings.Fields(args)...).CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
	}
	variables := strings.NewReplacer("$MODEL", "webshop.nines", "$GITHUB_BASE_REF", "main", "$CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD")
	for _, command := range found {
		if code, stdout, stderr := run(fields(variables.Replace(command))[1:]...); code != 0 {
			t.Errorf("%s: exit code %d\n%s%s", command, code, stdout, stderr)
		}
	}
	for _, file := range strings.Fields("nines.sarif nines.xml nines.json comment.md") {
		if read(t, file) == "" {
			t.Errorf("%s is empty", file)
		}
	}
}
