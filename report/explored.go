package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/verify"
)

// Explored is what the explorations of a system's worlds came to: what
// `lockstep explore` prints, and what it writes as JSON.
type Explored struct {
	System  string          `json:"system"`
	Verdict verify.Verdict  `json:"verdict"` // the worst
	Worlds  []ExploredWorld `json:"worlds"`
}

// ExploredWorld is one world.
type ExploredWorld struct {
	World   string         `json:"world"`
	Shows   string         `json:"shows"`
	Verdict verify.Verdict `json:"verdict"`
	Reason  string         `json:"reason,omitempty"`

	// Check is what found a violation: invariant, step, linearizability or
	// contract. Schedule leads to it, and File holds the schedule.
	Check    string   `json:"check,omitempty"`
	Schedule []string `json:"schedule,omitempty"`
	File     string   `json:"file,omitempty"`
	Again    string   `json:"reproduce,omitempty"` // the command that shows it again
	diagram  string

	Steps bool `json:"steps"` // transitions were held against the specification
	explore.Stats
	Seconds float64            `json:"seconds"`
	Heap    uint64             `json:"heap_bytes"`
	Bounds  []explore.BoundUse `json:"bounds"`
}

// Add takes over an exploration. file is where its schedule is, if it has one,
// and again the command that replays that.
func (x *Explored) Add(e *verify.Explored, file, again string) {
	w := ExploredWorld{
		World: e.World.Name, Shows: e.World.Shows, Verdict: verify.Verdict(e.Verdict), Reason: e.Reason,
		Steps: e.Steps, Stats: e.Stats, Seconds: e.Seconds.Seconds(), Heap: e.Heap, Bounds: e.Bounds,
	}
	if v := e.Violation; v != nil {
		w.Check, w.Schedule, w.File, w.Again, w.diagram = v.Check, v.Lines(), file, again, v.Diagram
	}
	if len(x.Worlds) == 0 || w.Verdict == verify.Violated || w.Verdict == verify.Unknown && x.Verdict == verify.OK {
		x.Verdict = w.Verdict
	}
	x.Worlds = append(x.Worlds, w)
}

// ExploredText writes explorations for people.
func ExploredText(w io.Writer, s Screen, x Explored) error {
	out := bufio.NewWriter(w)
	for _, e := range x.Worlds {
		fmt.Fprintf(out, "%s  %s/%s: %s\n", s.verdict(e.Verdict, 0), printable(x.System), printable(e.World), printable(e.Shows))
		say := func(text string) {
			for _, line := range wrap(printable(text), s.room(2)) {
				fmt.Fprintf(out, "  %s\n", line)
			}
		}
		if e.Reason != "" {
			say(e.Reason)
		}
		for _, line := range strings.Split(strings.TrimRight(e.diagram, "\n"), "\n") {
			if line != "" {
				fmt.Fprintf(out, "  %s\n", printable(line))
			}
		}
		if e.Again != "" {
			say("again: " + e.Again)
		}
		say(e.counts())
		say(e.bounds())
	}
	return out.Flush()
}

func (e *ExploredWorld) counts() string {
	text := fmt.Sprintf("%s, %s", plural(e.States, "state"), plural(e.Transitions, "transition"))
	if e.Pruned > 0 {
		text += fmt.Sprintf(" (and %s that change only the order of others)", number(float64(e.Pruned)))
	}
	if e.Renamings > 1 {
		text += fmt.Sprintf(", each state one of %d", e.Renamings)
	}
	text += fmt.Sprintf(", depth %d, %s in which nothing more can happen", e.Depth, plural(e.Terminal, "state"))
	if e.Steps && e.Verdict == verify.OK {
		text += "; each transition a step of the specification"
	}
	if e.Histories > 0 {
		text += fmt.Sprintf("; %s of clients, %s complete", histories(e.Histories), number(float64(e.HistoriesComplete)))
	}
	return text + "; " + seconds(e.Seconds)
}

func histories(n int) string {
	if n == 1 {
		return "1 history"
	}
	return number(float64(n)) + " histories"
}

// bounds tells which bounds were met, and which never were.
func (e *ExploredWorld) bounds() string {
	var met, free []string
	for _, b := range e.Bounds {
		limit := number(float64(b.Limit))
		if b.Limit < 0 {
			limit = "any number"
		}
		if b.States > 0 {
			met = append(met, fmt.Sprintf("%s %s (in %s)", b.Name, limit, plural(b.States, "state")))
		} else {
			free = append(free, fmt.Sprintf("%s %s", b.Name, limit))
		}
	}
	text := "bounds that kept something from happening: "
	if len(met) == 0 {
		text += "none"
	}
	text += strings.Join(met, ", ")
	if len(free) > 0 {
		text += "; that did not: " + strings.Join(free, ", ")
	}
	return text
}
