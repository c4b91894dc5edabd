package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/verify"
)

// Replayed is what a replay did: what `lockstep replay` writes as JSON.
type Replayed struct {
	Schedule string           `json:"schedule"`
	Protocol string           `json:"protocol"`
	Seed     uint64           `json:"seed"`
	Verdict  verify.Verdict   `json:"verdict"`
	Check    string           `json:"check,omitempty"`
	Reason   string           `json:"reason,omitempty"`
	Hash     string           `json:"hash"`
	Choices  []ReplayedChoice `json:"choices"`
	Trace    []trace.Event    `json:"trace,omitempty"`
}

// ReplayedChoice is a choice, and what the node that took a step made of it.
type ReplayedChoice struct {
	At      string   `json:"at"`
	Choice  string   `json:"choice"`
	Node    string   `json:"node,omitempty"`
	Input   string   `json:"input,omitempty"`
	Actions []string `json:"actions,omitempty"`
	Sent    []string `json:"sent,omitempty"`
	Replies []string `json:"replies,omitempty"`
}

// NewReplayedChoice takes over a step of a world at its time.
func NewReplayedChoice(now time.Duration, st world.Step) ReplayedChoice {
	c := ReplayedChoice{At: now.String(), Choice: st.Choice.String(), Node: string(st.Node)}
	if st.Input != nil {
		c.Input = st.Input.String()
	}
	for _, x := range st.Output.Actions {
		c.Actions = append(c.Actions, fmt.Sprintf("%s %s%v", x.Slice, x.Name, x.Args))
	}
	for _, m := range st.Sent {
		c.Sent = append(c.Sent, fmt.Sprintf("#%d %s", m.Number, m.Message))
	}
	for _, r := range st.Replies {
		text := fmt.Sprintf("%s %+v", r.ID, r.Result)
		if r.Lost {
			text += " (lost)"
		}
		c.Replies = append(c.Replies, text)
	}
	return c
}

// Choice writes one choice, as it happens.
func Choice(w io.Writer, c ReplayedChoice) {
	fmt.Fprintf(w, "%10s  %s\n", c.At, printable(c.Choice))
	for _, lines := range []struct {
		label string
		list  []string
	}{{"takes", c.Actions}, {"sends", c.Sent}, {"replies", c.Replies}} {
		for _, line := range lines.list {
			fmt.Fprintf(w, "%10s    %s %s\n", "", lines.label, printable(line))
		}
	}
}

// Replay writes what comes after the choices: the trace, if there is one, and
// the verdict.
func Replay(w io.Writer, s Screen, r Replayed) error {
	out := bufio.NewWriter(w)
	for _, e := range r.Trace {
		fmt.Fprintln(out, printable(fmt.Sprintf("%-6s %4d  %s %s", e.Node, e.Seq, strings.TrimSpace(e.Slice+" "+call(e)), strings.Join(changes(e), ", "))))
	}
	fmt.Fprintf(out, "%s  %s: %s, hash %.16s; seed %d\n", s.verdict(r.Verdict, 0), printable(r.Protocol), plural(len(r.Choices), "choice"), r.Hash, r.Seed)
	if r.Reason != "" {
		fmt.Fprintln(out, "  "+printable(strings.TrimPrefix(r.Check+": "+r.Reason, ": ")))
	}
	return out.Flush()
}
