package report

import (
	"errors"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lockstep-go/lockstep/conformance/trace"
)

const (
	diagramsMax  = 3
	diagramBytes = 32 << 20 // of the files that diagrams are drawn from
)

// diagrams draws the traces among the files, or if there is none the
// schedules. The traces that the nodes of one run wrote, file by file, are one
// diagram. What could not be drawn is said in its place.
func diagrams(dir string, files []string) []pageDiagram {
	if dir == "" {
		return nil
	}
	var out []pageDiagram
	groups := traceGroups(dir, files)
	for i, names := range groups {
		if i == diagramsMax {
			out = append(out, pageDiagram{Title: "More traces", Cut: plural(len(groups)-i, "trace") + " not drawn."})
			return out
		}
		out = append(out, drawTraces(dir, names))
	}
	if len(out) > 0 {
		return out
	}
	for _, f := range files {
		if strings.HasSuffix(f, ".schedule") && filepath.IsLocal(f) {
			if len(out) == diagramsMax {
				return append(out, pageDiagram{Title: "More schedules", Cut: "The others are among the files."})
			}
			out = append(out, drawSchedule(dir, f))
		}
	}
	return out
}

// traceGroups groups the traces: each of a whole run stands alone, and those
// of single nodes are taken together, folder by folder.
func traceGroups(dir string, files []string) [][]string {
	var groups [][]string
	folders := map[string]int{}
	for _, f := range files {
		if !strings.HasSuffix(f, ".trace.ndjson") || !filepath.IsLocal(f) {
			continue
		}
		folder := filepath.Dir(f)
		if i, ok := folders[folder]; ok && ofOneNode(filepath.Join(dir, f)) {
			groups[i] = append(groups[i], f)
			continue
		}
		if ofOneNode(filepath.Join(dir, f)) {
			folders[folder] = len(groups)
		}
		groups = append(groups, []string{f})
	}
	return groups
}

func ofOneNode(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	r, err := trace.NewReader(f, name)
	return err == nil && r.Header().Node != ""
}

func drawTraces(dir string, names []string) pageDiagram {
	d := pageDiagram{Title: "Space-time diagram of " + printable(strings.Join(names, ", "))}
	paths := make([]string, len(names))
	for i, name := range names {
		paths[i] = filepath.Join(dir, name)
	}
	if err := small(paths); err != nil {
		d.Cut = "Not drawn: " + printable(err.Error()) + "."
		return d
	}
	_, events, err := trace.ReadFiles(paths...)
	if err != nil {
		d.Cut = "Not drawn: " + printable(err.Error()) + "."
		return d
	}
	p := Diagram(events, DiagramOptions{})
	d.SVG, d.Cut = template.HTML(p.SVG), p.Cut
	return d
}

func drawSchedule(dir, name string) pageDiagram {
	d := pageDiagram{Title: "Diagram of the schedule " + printable(name)}
	file := filepath.Join(dir, name)
	err := small([]string{file})
	if err == nil {
		var f *os.File
		if f, err = os.Open(file); err == nil {
			defer f.Close()
			var p Picture
			if p, err = ScheduleDiagram(name, f, DiagramOptions{}); err == nil {
				d.SVG, d.Cut = template.HTML(p.SVG), p.Cut
				return d
			}
		}
	}
	d.Cut = "Not drawn: " + printable(err.Error()) + "."
	return d
}

// small refuses files that are too large for a page.
func small(paths []string) error {
	total := int64(0)
	for _, p := range slices.Compact(paths) {
		info, err := os.Stat(p)
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return errors.New(p + " is not a regular file")
		}
		total += info.Size()
	}
	if total > diagramBytes {
		return fmt.Errorf("the files have %s bytes, and at most %s are read", number(float64(total)), number(diagramBytes))
	}
	return nil
}
