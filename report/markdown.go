package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/lockstep-go/lockstep/verify"
)

// Bounds of a summary: what shows it (a CI's page) has bounds of its own.
const (
	markdownEvidence = 40  // lines of a stage
	markdownLine     = 400 // characters of a line
	markdownFailures = 50  // stages told in full
)

// Markdown writes the result as a page for a CI's summary: the verdict, the
// table, and under it all that is not ok.
func Markdown(w io.Writer, r *verify.Result) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "## Lockstep: %s\n\n%s.\n\n", verdict(r.Verdict), markdown(summary(r)))
	fmt.Fprintf(out, "Run again with %s. Version: %s.\n\n", code(r.Command), markdown(r.Version))
	fmt.Fprintf(out, "| system | group | stage | verdict | time | summary |\n|---|---|---|---|---:|---|\n")
	for _, st := range grouped(r.Stages) {
		v := string(verdict(st.Verdict))
		if st.Verdict != verify.OK {
			v = "**" + v + "**"
		}
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s | %s |\n", markdown(st.System), markdown(st.Group), markdown(st.Name), v, seconds(st.Seconds), markdown(clip(st.Summary, markdownLine)))
	}
	told := 0
	for _, st := range r.Stages {
		if st.Verdict == verify.OK {
			continue
		}
		if told++; told > markdownFailures {
			continue
		}
		fmt.Fprintf(out, "\n### %s: %s %s %s\n\n%s\n", verdict(st.Verdict), markdown(st.System), markdown(st.Group), markdown(st.Name), markdown(clip(reason(st), 4*markdownLine)))
		if st.Reproduce != "" {
			fmt.Fprintf(out, "\nReproduce: %s\n", code(st.Reproduce))
		}
		if len(st.Evidence) > 0 {
			fmt.Fprintf(out, "\n%s\n", fenced(st.Evidence))
		}
		for _, f := range st.Files {
			fmt.Fprintf(out, "\n- %s", code(f))
		}
		if len(st.Files) > 0 {
			fmt.Fprintln(out)
		}
	}
	if told > markdownFailures {
		fmt.Fprintf(out, "\n%s more that are not ok are in the report.\n", number(float64(told-markdownFailures)))
	}
	return out.Flush()
}

// markdown escapes a text so that it stands for itself, in a table too.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range printable(s) {
		switch r {
		case '<':
			b.WriteString("&lt;")
			continue
		case '>':
			b.WriteString("&gt;")
			continue
		case '&':
			b.WriteString("&amp;")
			continue
		case '\\', '`', '*', '_', '[', ']', '|', '~', '#', '$':
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// code makes a code span that holds whatever the text holds.
func code(s string) string {
	s = printable(s)
	if s == "" {
		return "(none)"
	}
	fence := strings.Repeat("`", longest(s, '`')+1)
	if len(fence) > 1 || s[0] == ' ' || s[len(s)-1] == ' ' {
		s = " " + s + " "
	}
	return fence + s + fence
}

// fenced makes a code block of the lines, and says what it cut.
func fenced(lines []string) string {
	var b strings.Builder
	ticks := 2
	for i, line := range lines {
		if i == markdownEvidence {
			fmt.Fprintf(&b, "… %s more\n", plural(len(lines)-i, "line"))
			break
		}
		line = clip(printable(line), markdownLine)
		ticks = max(ticks, longest(line, '`'))
		b.WriteString(line + "\n")
	}
	fence := strings.Repeat("`", ticks+1)
	return fence + "text\n" + b.String() + fence
}

// longest is the length of the longest run of a character.
func longest(s string, c rune) int {
	most, run := 0, 0
	for _, r := range s {
		if r != c {
			run = 0
			continue
		}
		run++
		most = max(most, run)
	}
	return most
}
