package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lockstep-go/lockstep/verify"
)

//go:embed page.html.tmpl
var pageText string

//go:embed page.css
var pageStyle string

// Bounds of a page. All that is cut is in result.json and the files beside it.
const (
	pageStages   = 2000
	pageOpen     = 60  // stages that are not ok, told in full
	pageDrawn    = 20  // of them, those with diagrams
	pageEvidence = 400 // lines of a stage
	pageLine     = 2000
	pageFiles    = 60
)

type page struct {
	Style                              template.CSS
	Verdict                            verify.Verdict
	Systems, Summary, Started, Command string
	Version                            string
	Seed                               uint64
	Failures, Passed                   []pageStage
	FailuresCut, StagesCut             string
	Tables                             []pageTable
}

type pageTable struct {
	System string
	Stages []pageStage
}

type pageStage struct {
	ID, System, Group, Name string
	Verdict                 verify.Verdict
	Reason, Summary, Time   string
	Share                   int // of the longest stage's time, in percent
	Reproduce               string
	Figures                 []pageFigure
	Evidence                []string
	EvidenceCut             string
	Diagrams                []pageDiagram
	Files                   []pageFile
	FilesCut                string
	Open, Empty             bool
}

type pageFigure struct{ Name, Value, Unit string }

type pageDiagram struct {
	Title string
	SVG   template.HTML
	Cut   string
}

type pageFile struct{ Text, Href string }

// HTML writes the result as one page that needs nothing but itself: no script,
// no font, no picture from elsewhere. It opens from a file, follows the
// reader's choice of a light or a dark scheme, and works by keyboard. For
// stages that are not ok it draws the traces and schedules among their files,
// which it reads from dir; dir is empty when there is none.
func HTML(w io.Writer, r *verify.Result, dir string) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return fmt.Errorf("the page of the report: %w", err)
	}
	return t.Execute(w, newPage(r, dir))
}

func newPage(r *verify.Result, dir string) page {
	p := page{
		Style: template.CSS(pageStyle), Verdict: verdict(r.Verdict), Summary: summary(r) + ".",
		Started: r.Started.Format("2006-01-02 15:04:05 -07:00"), Command: printable(r.Command), Version: printable(r.Version), Seed: r.Seed,
	}
	longest := 0.0
	var systems []string
	for _, st := range r.Stages {
		longest = max(longest, st.Seconds)
		if name := printable(st.System); !slices.Contains(systems, name) {
			systems = append(systems, name)
		}
	}
	p.Systems = strings.Join(systems, ", ")
	if p.Systems == "" {
		p.Systems = "nothing was checked"
	}
	drawn, left := 0, 0
	for i, st := range grouped(r.Stages) {
		if i == pageStages {
			p.StagesCut = fmt.Sprintf("The table ends here; %s more are in result.json.", plural(len(r.Stages)-i, "stage"))
		}
		s := newPageStage(st, fmt.Sprintf("stage-%d", i+1), longest)
		if st.Verdict == verify.OK {
			if i < pageStages {
				p.Passed = append(p.Passed, s)
			}
		} else if len(p.Failures) < pageOpen {
			s.Open = true
			if drawn < pageDrawn {
				s.Diagrams = diagrams(dir, st.Files)
				drawn++
			}
			p.Failures = append(p.Failures, s)
		} else {
			left++
		}
		if i < pageStages {
			if n := len(p.Tables); n == 0 || p.Tables[n-1].System != s.System {
				p.Tables = append(p.Tables, pageTable{System: s.System})
			}
			last := &p.Tables[len(p.Tables)-1]
			last.Stages = append(last.Stages, s)
		}
	}
	if left > 0 {
		p.FailuresCut = fmt.Sprintf("%s more are not ok; they are in the table and in result.json.", plural(left, "stage"))
	}
	return p
}

func newPageStage(st verify.Stage, id string, longest float64) pageStage {
	s := pageStage{
		ID: id, System: printable(st.System), Group: printable(st.Group), Name: printable(st.Name),
		Verdict: verdict(st.Verdict), Summary: clip(printable(st.Summary), pageLine), Time: seconds(st.Seconds),
		Reproduce: printable(st.Reproduce),
	}
	if longest > 0 {
		s.Share = int(100 * st.Seconds / longest)
	}
	if st.Verdict != verify.OK {
		s.Reason = clip(printable(reason(st)), pageLine)
	}
	for _, f := range st.Figures {
		s.Figures = append(s.Figures, pageFigure{printable(f.Name), number(f.Value), printable(f.Unit)})
	}
	for i, line := range st.Evidence {
		if i == pageEvidence {
			s.EvidenceCut = fmt.Sprintf("%s more of evidence are in result.json.", plural(len(st.Evidence)-i, "line"))
			break
		}
		s.Evidence = append(s.Evidence, clip(printable(line), pageLine))
	}
	for i, f := range st.Files {
		if i == pageFiles {
			s.FilesCut = fmt.Sprintf("%s more are listed in result.json.", plural(len(st.Files)-i, "file"))
			break
		}
		s.Files = append(s.Files, pageFile{printable(f), href(f)})
	}
	s.Empty = len(s.Figures)+len(s.Evidence)+len(s.Files) == 0 && st.Verdict == verify.OK
	return s
}

// href links to a file beside the report. One that is elsewhere has none: the
// page may be read on another machine.
func href(file string) string {
	if !filepath.IsLocal(file) {
		return ""
	}
	parts := strings.Split(path.Clean(filepath.ToSlash(file)), "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return "./" + strings.Join(parts, "/")
}
