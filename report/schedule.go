package report

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// ScheduleDiagram draws a schedule, as package fault writes it, one choice a
// row. file is its name, for errors. A schedule does not say when a message
// was sent, only when it arrived: its arrow comes in from the side on which
// the sender stands, and the rows of drops end in a cross.
//
// It reads the text alone and does not need the protocol: what a line of an
// unknown kind says is shown without a place.
func ScheduleDiagram(file string, r io.Reader, o DiagramOptions) (Picture, error) {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 16<<20)
	const title = "# lockstep schedule 1"
	if !in.Scan() || in.Text() != title {
		if in.Err() != nil {
			return Picture{}, fmt.Errorf("%s:1: %w", file, in.Err())
		}
		return Picture{}, fmt.Errorf("%s:1: expected %q, found %.60q", file, title, in.Text())
	}
	var d drawing
	var raw []string
	for in.Scan() {
		if line := strings.TrimSpace(in.Text()); line != "" && line[0] != '#' && !isHeader(line) {
			raw = append(raw, line)
		}
	}
	if err := in.Err(); err != nil {
		return Picture{}, fmt.Errorf("%s:%d: %w", file, len(raw)+2, err)
	}
	d.scheduleLanes(raw)
	for _, line := range raw {
		d.choice(line)
	}
	if o.Failed > 0 && o.Failed <= len(d.rows) {
		d.rows[o.Failed-1].kind = failedRow
	}
	return d.draw(o.RowsMax, "choice"), nil
}

func isHeader(line string) bool {
	word, _, _ := strings.Cut(line, " ")
	switch word {
	case "protocol", "option", "seed", "plan":
		return true
	}
	return false
}

// scheduleLanes finds the nodes, in the order of their names, the way that
// traces have them too.
func (d *drawing) scheduleLanes(lines []string) {
	seen := map[string]bool{}
	for _, line := range lines {
		c := splitChoice(line)
		for _, n := range []string{c.node, c.from, c.to} {
			if n != "" {
				seen[n] = true
			}
		}
	}
	d.lanes = slices.Sorted(maps.Keys(seen))
}

// scheduled is a line of a schedule, in parts.
type scheduled struct {
	at, word, text string
	node, from, to string
	message        string
}

func splitChoice(line string) scheduled {
	c := scheduled{text: line}
	if line[0] >= '0' && line[0] <= '9' {
		c.at, c.text, _ = strings.Cut(line, " ")
	}
	fields := strings.Fields(c.text)
	if len(fields) == 0 {
		return c
	}
	c.word = fields[0]
	if len(fields) == 1 {
		return c
	}
	switch c.word {
	case "deliver", "drop", "duplicate", "cut", "heal":
		if from, to, ok := strings.Cut(fields[1], "->"); ok {
			c.from, c.to = from, to
		}
		if len(fields) > 2 {
			c.message = fields[2]
		}
	case "timeout", "sync", "restart", "crash":
		c.node = fields[1]
	case "invoke":
		if len(fields) > 2 {
			c.node = strings.TrimPrefix(fields[2], "@")
		}
	}
	return c
}

func (d *drawing) choice(line string) {
	c := splitChoice(line)
	r := row{lane: -1, at: c.at, label: c.text, kind: stepRow}
	at := len(d.rows)
	known := func(name string) int {
		if name == "" {
			return -1
		}
		return d.lane(name)
	}
	switch c.word {
	case "deliver":
		r.lane = known(c.to)
		if r.lane >= 0 {
			d.arrows = append(d.arrows, arrow{from: end{-1, known(c.from)}, to: end{at, r.lane}, label: c.message})
		}
	case "drop":
		if from := known(c.from); from >= 0 {
			d.arrows = append(d.arrows, arrow{from: end{at, from}, to: end{-1, known(c.to)}, label: c.message, lost: true})
		}
	case "timeout", "sync":
		r.lane = known(c.node)
	case "invoke":
		r.lane, r.kind = known(c.node), requestRow
	case "crash", "restart":
		r.lane, r.kind = known(c.node), faultRow
	case "cut", "heal":
		r.lane, r.kind = known(c.from), faultRow
	case "hangup":
		r.kind = faultRow
	}
	d.rows = append(d.rows, r)
}
