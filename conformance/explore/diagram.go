package explore

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
)

// diagram draws a schedule as a space-time diagram in text: a lane for each
// node, time downwards, a row for each choice. A message is drawn where it
// arrives, since that is when it counts:
//
//	     c       p1      p2
//	1    *       |       |      invoke c1/1 {"write":{"x":"1"}}
//	2    |------>*       |      deliver #1 Prepare 1.1
//	3    |       X       |      crash p1 lose=1
type diagram struct {
	ids  []protocol.NodeID
	wide int
	b    strings.Builder
	rows int
	down map[protocol.NodeID]bool
}

const labelMax = 100

func (d *diagram) begin(w *world.World) {
	d.ids = w.Protocol().Nodes()
	d.wide = 8
	d.down = map[protocol.NodeID]bool{}
	for _, id := range d.ids {
		d.wide = max(d.wide, len(id)+3)
	}
	lanes := ""
	for _, id := range d.ids {
		lanes += fmt.Sprintf("%-*s", d.wide, id)
	}
	d.b.WriteString(strings.TrimRight("       "+lanes, " ") + "\n")
}

// row draws a choice. st is nil if it went wrong.
func (d *diagram) row(before *world.World, c world.Choice, st *world.Step) {
	d.rows++
	lanes := make([]byte, d.wide*len(d.ids))
	for i := range lanes {
		lanes[i] = ' '
	}
	for i, id := range d.ids {
		lanes[i*d.wide] = '|'
		if d.down[id] {
			lanes[i*d.wide] = '.'
		}
	}
	at := func(id protocol.NodeID) int {
		for i := range d.ids {
			if d.ids[i] == id {
				return i * d.wide
			}
		}
		return 0
	}
	label := c.String()
	switch c.Kind {
	case world.Deliver, world.Drop, world.Duplicate:
		from, to := at(c.From), at(c.To)
		head, tail := from, to
		if to < from {
			head, tail = to, from
		}
		for i := head + 1; i < tail; i++ {
			if lanes[i] == ' ' {
				lanes[i] = '-'
			}
		}
		tip := byte('>')
		place := to - 1
		if to < from {
			tip, place = '<', to+1
		}
		lanes[place] = tip
		switch c.Kind {
		case world.Deliver:
			lanes[to] = '*'
		case world.Drop:
			lanes[place] = 'x'
		case world.Duplicate:
			lanes[place] = '='
		}
		for _, e := range before.InFlight() {
			if e.Number == c.Message {
				label = fmt.Sprintf("%s #%d %s", c.Kind, c.Message, e.Message.Payload)
			}
		}
	case world.Crash:
		lanes[at(c.Node)] = 'X'
		d.down[c.Node] = true
	case world.Restart:
		lanes[at(c.Node)] = '^'
		d.down[c.Node] = false
	case world.Timeout, world.Sync, world.Invoke:
		lanes[at(c.Node)] = '*'
	}
	if st != nil {
		for _, r := range st.Replies {
			label += fmt.Sprintf("  → %s", r.ID)
			if r.Lost {
				label += " (lost)"
			}
		}
	} else {
		label += "  ← goes wrong"
	}
	if utf8.RuneCountInString(label) > labelMax {
		label = string([]rune(label)[:labelMax-1]) + "…"
	}
	fmt.Fprintf(&d.b, "%4d   %s%s\n", d.rows, lanes, label)
}

// String returns what was drawn.
func (d *diagram) String() string { return d.b.String() }
