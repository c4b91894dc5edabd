package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"

	"github.com/lockstep-go/lockstep/specs"
)

// Specs writes a table of specifications and their models.
func Specs(w io.Writer, s Screen, families []specs.Family) error {
	out := bufio.NewWriter(w)
	for i, f := range families {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "%s  %s (%s)\n", s.paint(bold, printable(f.Folder)), printable(f.Title), printable(f.Spec))
		wide := len("model")
		for _, m := range f.Models {
			wide = max(wide, len(m.Name))
		}
		fmt.Fprintln(out, s.paint(faint, fmt.Sprintf("  %s  %-8s  %-9s  %10s  %10s  %5s  %5s  %5s  %s", pad("model", wide), "size", "verdict", "generated", "distinct", "depth", "Go s", "TLC s", "what it shows")))
		for _, m := range f.Models {
			text, verdict := m.Shows, m.Verdict
			if verdict == "violated" {
				verdict = "must fail" // it is no bad news
			}
			if m.Broken != "" {
				text = "broken: " + m.Broken
			}
			if m.Verdict == "violated" && m.Property != "" {
				text = m.Property + ". " + text
			}
			indent := wide + 2 + 10 + 11 + 12 + 12 + 7 + 7 + 7 + 2
			for j, line := range wrap(printable(text), s.room(indent)) {
				if j > 0 {
					fmt.Fprintln(out, pad("", indent)+line)
					continue
				}
				fmt.Fprintf(out, "  %s  %-8s  %s  %10s  %10s  %5s  %5s  %5s  %s\n", pad(m.Name, wide), m.Size, pad(verdict, 9), figure(m.Generated), figure(m.Distinct), figure(int64(m.Depth)), took(m.Seconds.Go), took(m.Seconds.TLC), line)
			}
		}
	}
	return out.Flush()
}

// figure is a number, or a dash for one that is not recorded.
func figure(n int64) string {
	if n == 0 {
		return "-"
	}
	return number(float64(n))
}

// took is a time in seconds, or a dash for one that was not measured.
func took(seconds float64) string {
	if seconds == 0 {
		return "-"
	}
	return strconv.FormatFloat(seconds, 'f', -1, 64)
}
