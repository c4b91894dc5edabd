package engine

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/value"
)

// DOT writes the graph in the language of Graphviz. A state is a box with its
// variables, the initial ones in bold; an arrow has the action with its arguments,
// each action in a colour of its own, and the actions that lead from one state to
// the same other are one arrow.
//
// Where a state is much to read, those after the first show only what differs from
// that, and so do the arrows of long arguments: the whole is in the tooltips that
// Graphviz makes of an SVG.
func DOT(w io.Writer, m *check.Model) GraphWriter {
	g := &dot{graphOut: graphOut{w: bufio.NewWriter(w), m: m, vars: m.Vars()}, l: value.NewLocal(m.Store), ids: map[string]int{}, colors: map[string]string{}}
	g.print("strict digraph %q {\n", m.Spec.Root.Name)
	g.print("  node [shape=box, style=rounded, fontname=monospace, fontsize=11, margin=\"0.12,0.08\"];\n")
	g.print("  edge [fontname=monospace, fontsize=10, arrowsize=0.7];\n")
	return g
}

// palette holds colours that can be told apart on white, also by the colour-blind
// (Paul Tol's "bright" and "muted").
var palette = []string{"#4477aa", "#228833", "#aa3377", "#997700", "#332288", "#117733", "#882255", "#666666"}

const (
	dotWide     = 56   // columns of a value in a box
	dotWhole    = 240  // runes of the first state beyond which the others show what differs
	dotMarksMax = 5000 // states among which a counterexample is looked for
)

type dot struct {
	graphOut
	l      *value.Local
	first  []value.Value  // the first state
	differ bool           // the others show what differs from it
	ids    map[string]int // of states by their text
	colors map[string]string

	from int // the state whose arrows are collected
	out  []arrow
}

// arrow goes from one state to another, by any of some actions.
type arrow struct {
	to              int
	titles, details []string
	color           string
}

// dotText is a text in a label: lines end at the left.
func dotText(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\l`).Replace(s)
}

// dotTip is a text in a tooltip.
func dotTip(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s)
}

func (g *dot) State(id int, state []value.Value, initial bool) {
	texts := g.texts(state)
	if len(g.ids) < dotMarksMax {
		g.ids[key(texts)] = id
	}
	var names, values []string
	whole := func() {
		names, values = append([]string(nil), g.vars...), texts
	}
	whole()
	full := rows(names, values, 1<<20)
	switch {
	case g.first == nil:
		g.first = append(g.first, state...)
		size := 0
		for _, t := range texts {
			size += len([]rune(t))
		}
		g.differ = size > dotWhole || len(texts) > 8
		if g.differ {
			g.print("  label=\"A state shows what differs from the first one.\"; fontname=monospace; fontsize=10;\n")
		}
	case g.differ && !initial:
		names, values = nil, nil
		for i, v := range state {
			g.change(g.vars[i], g.first[i], v, func(name string, v value.Value) {
				names, values = append(names, name), append(values, g.m.Store.PrintValue(v))
			})
		}
	}
	label := rows(names, values, dotWide)
	attributes := ""
	if label != full {
		attributes = fmt.Sprintf(", tooltip=\"%s\"", dotTip(full))
	}
	if initial {
		attributes += `, style="rounded,bold"`
	}
	g.print("  %d [label=\"%s\"%s];\n", id, dotText(label), attributes)
}

// change tells how a variable differs from what it was: by its points, where it is
// a function or a record of which some are the same.
func (g *dot) change(name string, was, is value.Value, tell func(string, value.Value)) {
	if was == is {
		return
	}
	function := func(v value.Value) bool { return v.Kind() == value.KindFunc || v.Kind() == value.KindRecord }
	if function(was) && function(is) && g.l.Domain(was) == g.l.Domain(is) {
		at, a, b := g.l.Elems(g.l.Domain(is)), g.l.Values(was), g.l.Values(is)
		same := 0
		for i := range a {
			if a[i] == b[i] {
				same++
			}
		}
		for i := range a {
			switch {
			case same == 0 || a[i] == b[i]:
			case is.Kind() == value.KindRecord:
				tell(name+"."+g.l.Text(at[i]), b[i])
			default:
				tell(name+"["+g.m.Store.PrintValue(at[i])+"]", b[i])
			}
		}
		if same > 0 {
			return
		}
	}
	tell(name, is)
}

// rows writes names and values in two columns, the second so wide.
func rows(names, values []string, wide int) string {
	left := 0
	for _, n := range names {
		left = max(left, len([]rune(n)))
	}
	var b strings.Builder
	for i, n := range names {
		lead := n + strings.Repeat(" ", left-len([]rune(n))) + " = "
		for _, line := range broken(oneLine(values[i]), wide) {
			b.WriteString(lead + line + "\n")
			lead = strings.Repeat(" ", left+3)
		}
	}
	if b.Len() == 0 {
		return "as the first\n"
	}
	return b.String()
}

// broken breaks a value into lines where it has a blank.
func broken(text string, wide int) (lines []string) {
	line, length := "", 0
	for word := range strings.SplitSeq(text, " ") {
		n := len([]rune(word))
		if line != "" && length+1+n > wide {
			lines, line, length = append(lines, line), "", 0
		}
		if line != "" {
			line, length = line+" ", length+1
		}
		line, length = line+word, length+n
	}
	return append(lines, line)
}

func (g *dot) Edge(from, to int, _ *check.Action, c check.Call) {
	if from != g.from {
		g.arrows()
		g.from = from
	}
	call := newCall(g.m, c)
	title, detail := call.Title(), call.Title()
	names, texts := call.With()
	for i := range names {
		detail += "\n  " + names[i] + " = " + texts[i]
	}
	i := slices.IndexFunc(g.out, func(a arrow) bool { return a.to == to })
	if i < 0 {
		i, g.out = len(g.out), append(g.out, arrow{to: to, color: g.color(call.Action)})
	}
	a := &g.out[i]
	if !slices.Contains(a.titles, title) {
		a.titles = append(a.titles, title)
	}
	if !slices.Contains(a.details, detail) {
		a.details = append(a.details, detail)
	}
}

// color is that of an action: the next of the palette when it first comes.
func (g *dot) color(action string) string {
	c := g.colors[action]
	if c == "" {
		c = palette[len(g.colors)%len(palette)]
		g.colors[action] = c
	}
	return c
}

// arrows writes those of one state.
func (g *dot) arrows() {
	for _, a := range g.out {
		label, detail := strings.Join(a.titles, "\n")+"\n", strings.Join(a.details, "\n")
		tip := ""
		if strings.Join(a.titles, "\n") != detail {
			tip = fmt.Sprintf(", edgetooltip=\"%s\", labeltooltip=\"%s\"", dotTip(detail), dotTip(detail))
		}
		g.print("  %d -> %d [label=\"%s\", color=\"%s\", fontcolor=\"%s\"%s];\n", g.from, a.to, dotText(label), a.color, a.color, tip)
	}
	g.out = g.out[:0]
}

func key(texts []string) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString(oneLine(t) + "\n")
	}
	return b.String()
}

// Mark draws the counterexample in red.
func (g *dot) Mark(r *Result) {
	g.arrows()
	const red = "#cc0000"
	last := -1
	for i, s := range r.Trace {
		var texts []string
		for _, v := range s.Vars {
			texts = append(texts, v.Text)
		}
		id, known := g.ids[key(texts)]
		if !known {
			last = -1
			continue
		}
		if i > 0 && last >= 0 {
			g.print("  %d -> %d [color=%q, fontcolor=%q, penwidth=2];\n", last, id, red, red)
		}
		g.print("  %d [color=%q, penwidth=2];\n", id, red)
		last = id
	}
	if last >= 0 && r.Verdict.String() == "violated" {
		g.print("  %d [style=\"rounded,filled\", fillcolor=\"#ffdddd\"];\n", last)
	}
}

func (g *dot) Close() error {
	g.arrows()
	g.print("}\n")
	return g.flush()
}
