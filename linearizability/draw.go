package linearizability

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/anishathalye/porcupine"
)

// drawMax is the number of operations, and that of faults, drawn by default.
const drawMax = 400

// drawStepsMax bounds the search for the orders that a page shows.
const drawStepsMax = 1 << 20

// Draw writes Porcupine's picture of a checked history as one HTML page that
// opens from a file, offline. Of a violated history it shows the violation's
// operations, or its core if they are more than opsMax; of any other, the
// partitions that fit. The faults are on lines below the clients. opsMax of 0
// is 400. cut says, and so does the page, what is not shown; it is empty when
// everything is.
func Draw(ctx context.Context, w io.Writer, m Model, h *History, r Result, opsMax int) (cut string, err error) {
	if opsMax <= 0 {
		opsMax = drawMax
	}
	d := selection(m, h, r, opsMax)
	if len(d.ops) == 0 {
		return "", fmt.Errorf("nothing to draw: of %d operations none saw or changed anything, or too many began at one instant", len(h.Operations))
	}
	// Each partition was checked apart, but a page has one info: search what is
	// drawn again, with Porcupine splitting it as prepare did.
	pm := porcupineModel(m)
	pops := porcupineOps(d.ops)
	split := func([]porcupine.Operation) [][]porcupine.Operation {
		var parts [][]porcupine.Operation
		rest := pops
		for _, n := range d.sizes {
			parts = append(parts, rest[:n])
			rest = rest[n:]
		}
		return parts
	}
	var steps atomic.Int64
	searched := pm
	searched.Partition = split
	searched.Step = func(state, op, result any) (bool, any) {
		if steps.Add(1) > drawStepsMax || ctx.Err() != nil {
			return false, state
		}
		return pm.Step(state, op, result)
	}
	_, info := porcupine.CheckOperationsVerbose(searched, pops, 0)
	if steps.Load() > drawStepsMax || ctx.Err() != nil {
		d.note("the search for the orders shown was cut short")
	}
	info.AddAnnotations(d.annotations())

	// What the page shows in its tooltip it takes for HTML; in its boxes, for text.
	pm.DescribeOperation = m.DescribeOp
	pm.DescribeState = func(state any) string { return html.EscapeString(m.DescribeState(state)) }
	pm.DescribeOperationMetadata = func(i any) string {
		if k, ok := i.(int); ok && k < len(d.ops) {
			return html.EscapeString(describe(d.ops[k]))
		}
		return ""
	}
	return strings.Join(d.notes, "; "), porcupine.Visualize(pm, info, w)
}

// DrawFile is Draw into a file, which it replaces whole or not at all.
func DrawFile(ctx context.Context, path string, m Model, h *History, r Result, opsMax int) (cut string, err error) {
	var b bytes.Buffer
	if cut, err = Draw(ctx, &b, m, h, r, opsMax); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return "", err
	}
	defer os.Remove(f.Name()) // fails once it is renamed, as it should
	_, err = f.Write(b.Bytes())
	if e := f.Chmod(0o644); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return "", err
	}
	return cut, os.Rename(f.Name(), path)
}

// drawing is what a page shows.
type drawing struct {
	ops    []Operation
	sizes  []int // of the partitions that ops are, one after the other
	faults []Annotation
	notes  []string
}

func (d *drawing) note(format string, args ...any) {
	d.notes = append(d.notes, fmt.Sprintf(format, args...))
}

func (d *drawing) add(ops []Operation) {
	if len(ops) > 0 {
		d.ops = append(d.ops, ops...)
		d.sizes = append(d.sizes, len(ops))
	}
}

func selection(m Model, h *History, r Result, opsMax int) *drawing {
	d := &drawing{}
	if v := r.Violation; v != nil {
		switch {
		case len(v.Operations) <= opsMax:
			d.add(v.Operations)
		case len(v.Core) <= opsMax:
			d.add(v.Core)
			d.note("drawn is the core of the violation, %d of the %d operations up to it", len(v.Core), len(v.Operations))
		default:
			d.add(earliest(v.Core, opsMax))
			d.note("drawn are the first %d of the %d operations of the violation's core; what shows the violation is not drawn", len(d.ops), len(v.Core))
		}
	} else {
		partitions, _ := prepare(m, h.Operations)
		whole := 0
		for _, p := range partitions {
			if len(d.ops)+len(p) <= opsMax {
				d.add(p)
				whole++
			}
		}
		if whole < len(partitions) {
			if whole == 0 {
				d.add(earliest(partitions[0], opsMax))
			}
			d.note("%d of %d partitions are drawn whole", whole, len(partitions))
		}
	}
	if n := len(h.Operations) - len(d.ops); n > 0 {
		d.note("%d of %d operations are not drawn", n, len(h.Operations))
	}
	d.faults = h.Faults
	if len(d.ops) > 0 {
		last := lastTime(d.ops)
		d.faults = slices.DeleteFunc(slices.Clone(h.Faults), func(f Annotation) bool { return f.Time > last })
	}
	d.faults = d.faults[max(0, len(d.faults)-opsMax):]
	if n := len(h.Faults) - len(d.faults); n > 0 {
		d.note("%d of %d faults are not drawn", n, len(h.Faults))
	}
	return d
}

// earliest returns a prefix of the history that has at most n operations: a
// part that is linearizable if the whole is.
func earliest(ops []Operation, n int) []Operation {
	if len(ops) <= n {
		return ops
	}
	// All that is invoked strictly before the first operation that is left out.
	p := prefixUntil(ops, ops[n].Invoked-1)
	return p[:min(len(p), n)]
}

func (d *drawing) annotations() []porcupine.Annotation {
	var as []porcupine.Annotation
	for _, f := range d.faults {
		tag := f.Node
		if tag == "" {
			tag = "fault"
		}
		as = append(as, porcupine.Annotation{Tag: tag, Start: f.Time, End: f.Time, Description: f.Text,
			Details: fmt.Sprintf("%s at time %d", f.Text, f.Time), BackgroundColor: "#f6c9c9"})
	}
	if len(d.notes) > 0 {
		start := d.ops[0].Invoked
		for _, o := range d.ops {
			start = min(start, o.Invoked)
		}
		as = append(as, porcupine.Annotation{Tag: "not shown", Start: start, End: start,
			Description: strings.Join(d.notes, "; "), Details: strings.Join(d.notes, "\n"), BackgroundColor: "#ffe9a8"})
	}
	return as
}

func describe(o Operation) string {
	s := fmt.Sprintf("client %s, operation %d", o.Client, o.ID)
	if o.Line > 0 {
		s += fmt.Sprintf(", line %d", o.Line)
	}
	if o.Reason != "" {
		s += ": " + o.Reason
	}
	return s
}
