package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/lockstep-go/lockstep/verify"
)

const (
	nameMax     = 40 // columns of a stage's name
	verdictWide = len("violated")
	timeWide    = 7
	filesTold   = 4
)

// Table writes the result as a table, one stage a line. A stage that is not ok
// has its reason under it, and the command that shows it again. The last line
// is the verdict on all, and the seed.
func Table(w io.Writer, s Screen, r *verify.Result) error {
	out := bufio.NewWriter(w)
	wide := len("stage") + 4
	for _, st := range r.Stages {
		wide = max(wide, 4+min(utf8.RuneCountInString(printable(st.Name)), nameMax))
	}
	fmt.Fprintln(out, s.paint(faint, fmt.Sprintf("%s  %s  %s  %s", pad("stage", wide), pad("verdict", verdictWide), pad("time", timeWide), "summary")))
	system, group := "", ""
	for i, st := range grouped(r.Stages) {
		if i == 0 || st.System != system {
			fmt.Fprintln(out, s.paint(bold, printable(st.System)))
		}
		if i == 0 || st.System != system || st.Group != group {
			fmt.Fprintln(out, "  "+printable(st.Group))
		}
		system, group = st.System, st.Group
		s.stage(out, st, wide)
	}
	fmt.Fprintln(out)
	fmt.Fprintf(out, "%s  %s\n", s.verdict(r.Verdict, 0), summary(r))
	return out.Flush()
}

// grouped brings together what is of one system and group, each in the order
// in which it first comes.
func grouped(stages []verify.Stage) []verify.Stage {
	var systems []string
	groups := map[string][]string{}
	rows := map[[2]string][]verify.Stage{}
	for _, st := range stages {
		if groups[st.System] == nil {
			systems = append(systems, st.System)
		}
		k := [2]string{st.System, st.Group}
		if rows[k] == nil {
			groups[st.System] = append(groups[st.System], st.Group)
		}
		rows[k] = append(rows[k], st)
	}
	out := make([]verify.Stage, 0, len(stages))
	for _, s := range systems {
		for _, g := range groups[s] {
			out = append(out, rows[[2]string{s, g}]...)
		}
	}
	return out
}

func (s Screen) stage(out *bufio.Writer, st verify.Stage, wide int) {
	indent := wide + 2 + verdictWide + 2 + timeWide + 2
	lines := wrap(printable(st.Summary), s.room(indent))
	var below []string
	if s.Width > 0 && s.Width < indent+40 { // too narrow for a column of its own
		lines, below = []string{""}, wrap(printable(st.Summary), s.room(6))
	}
	name := wrap(printable(st.Name), nameMax)
	row := fmt.Sprintf("%s  %s  %s  %s", pad("    "+name[0], wide), s.verdict(st.Verdict, verdictWide), pad(fmt.Sprintf("%*s", timeWide, seconds(st.Seconds)), timeWide), lines[0])
	fmt.Fprintln(out, strings.TrimRight(row, " "))
	for i := 1; i < max(len(lines), len(name)); i++ {
		left, right := "", ""
		if i < len(name) {
			left = name[i]
		}
		if i < len(lines) {
			right = lines[i]
		}
		fmt.Fprintln(out, strings.TrimRight(pad("    "+left, indent)+right, " "))
	}
	for _, line := range below {
		if line != "" {
			fmt.Fprintln(out, "      "+line)
		}
	}
	if st.Verdict == verify.OK {
		return
	}
	tell := func(label, text string) {
		if text == "" {
			return
		}
		lead := pad(label, 11)
		for i, line := range wrap(printable(text), s.room(6+11)) {
			if i > 0 {
				lead = pad("", 11)
			}
			fmt.Fprintf(out, "      %s%s\n", s.paint(faint, lead), line)
		}
	}
	tell("reason", reason(st))
	if st.Reproduce != "" {
		// A command is copied: it stays on one line.
		fmt.Fprintf(out, "      %s%s\n", s.paint(faint, pad("reproduce", 11)), printable(st.Reproduce))
	}
	if n := len(st.Files); n > filesTold {
		tell("files", fmt.Sprintf("%s and %s more", strings.Join(st.Files[:filesTold], " "), number(float64(n-filesTold))))
	} else if n > 0 {
		tell("files", strings.Join(st.Files, " "))
	}
}

// reason is why a stage is not ok; that it gives none is told too.
func reason(st verify.Stage) string {
	if st.Reason == "" {
		return "no reason was given"
	}
	return st.Reason
}

// summary is the result in a line, without the verdict.
func summary(r *verify.Result) string {
	counts := count(r)
	text := plural(len(r.Stages), "stage") + ": "
	for i, v := range verdicts {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%d %s", counts[v], v)
	}
	return fmt.Sprintf("%s; %s; seed %d", text, seconds(r.Seconds), r.Seed)
}

var verdicts = []verify.Verdict{verify.OK, verify.Violated, verify.Unknown}

// count counts the stages by verdict; a word that is no verdict is unknown.
func count(r *verify.Result) map[verify.Verdict]int {
	counts := map[verify.Verdict]int{}
	for _, st := range r.Stages {
		counts[verdict(st.Verdict)]++
	}
	return counts
}

// verdict reads a verdict as a pass only if it is one.
func verdict(v verify.Verdict) verify.Verdict {
	if v == verify.OK || v == verify.Violated {
		return v
	}
	return verify.Unknown
}
