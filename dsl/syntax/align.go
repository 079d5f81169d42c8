package syntax

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"
)

const (
	widestHead = 40 // columns of a first cell that others are aligned with
	widestCell = 24 // the same for the cells after it
	widestText = 80 // the same for a line before its comment
)

// write writes lines, with their cells and comments in columns.
func write(w io.Writer, lines []line) error {
	rows := make([][]string, len(lines))
	for i, l := range lines {
		rows[i] = l.cells()
	}
	runs(lines, func(a, b line) bool { return a.kind != "" && a.kind == b.kind }, func(i, k int) {
		align(rows[i:k], 0)
	})
	runs(lines, func(a, b line) bool { return a.inner != "" && a.kind == b.kind && a.inner == b.inner }, func(i, k int) {
		for c := 1; align(rows[i:k], c); c++ {
		}
	})
	for i, cells := range rows {
		lines[i].text = strings.Join(cells, " ")
	}
	runs(lines, line.commented, func(i, k int) {
		alignComments(lines[i:k])
	})
	out := bufio.NewWriter(w)
	for _, l := range lines {
		l.write(out)
	}
	return out.Flush()
}

// runs calls f for every longest run of lines i..k-1 with the same indent and no
// blank line between them, in which neighbours are alike.
func runs(lines []line, alike func(a, b line) bool, f func(i, k int)) {
	for i := 0; i < len(lines); {
		k := i + 1
		for k < len(lines) && !lines[k].blank && lines[k].indent == lines[i].indent && alike(lines[k-1], lines[k]) {
			k++
		}
		f(i, k)
		i = k
	}
}

// cells splits the text where it can be aligned.
func (l line) cells() []string {
	switch {
	case l.kind == "":
		return []string{strings.ReplaceAll(l.text, "\t", " ")}
	case l.inner == "":
		head, rest, _ := strings.Cut(l.text, "\t")
		return []string{head, strings.ReplaceAll(rest, "\t", " ")}
	}
	return strings.Split(l.text, "\t")
}

// align makes the cells of a column equally wide, where another follows and up
// to the widest. It says if there were any.
func align(rows [][]string, column int) bool {
	wide, any, most := 0, false, widestCell
	if column == 0 {
		most = widestHead
	}
	for _, r := range rows {
		if n := columns(r, column); n >= 0 {
			any = true
			if n <= most {
				wide = max(wide, n)
			}
		}
	}
	for _, r := range rows {
		if n := columns(r, column); n >= 0 && n < wide {
			r[column] += strings.Repeat(" ", wide-n)
		}
	}
	return any
}

// columns returns the width of a cell that another follows, else -1.
func columns(row []string, column int) int {
	if column >= len(row)-1 {
		return -1
	}
	return utf8.RuneCountInString(row[column])
}

// alignComments puts the comments after the lines under each other.
func alignComments(lines []line) {
	wide := 0
	for _, l := range lines {
		if n := utf8.RuneCountInString(l.text); n <= widestText {
			wide = max(wide, n)
		}
	}
	for i, l := range lines {
		if n := utf8.RuneCountInString(l.text); n < wide {
			lines[i].text += strings.Repeat(" ", wide-n)
		}
	}
}

// commented says if both lines have a comment after other text.
func (l line) commented(next line) bool {
	return l.text != "" && l.comment != "" && next.text != "" && next.comment != ""
}

// write writes the line.
func (l line) write(w *bufio.Writer) {
	if l.blank {
		w.WriteString("\n")
	}
	for range l.indent {
		w.WriteString(tab)
	}
	w.WriteString(l.text)
	if l.text != "" && l.comment != "" {
		w.WriteString("  ")
	}
	w.WriteString(l.comment)
	w.WriteString("\n")
}
