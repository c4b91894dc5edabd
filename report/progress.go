package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lockstep-go/lockstep/verify"
)

// Progress shows what is under way: on a terminal a line for each running
// stage, drawn over again and again, and above them a line for each that has
// ended. Off a terminal only the latter are written.
//
//	p := report.NewProgress(os.Stderr, report.ScreenOf(os.Stderr))
//	defer p.Close()
//	options.Progress = p.Update
//
// A stage has ended when its Verdict is set. All methods may be called by
// several goroutines at a time.
type Progress struct {
	w      io.Writer
	screen Screen

	mu      sync.Mutex
	running []running
	drawn   int // lines on the screen that can be drawn over
	closed  bool
	stop    chan struct{}
	stopped sync.WaitGroup
}

type running struct {
	name  string
	since time.Time
	last  verify.Progress
}

// redrawEvery is how often the lines are drawn again on a terminal.
const redrawEvery = 200 * time.Millisecond

// runningMax bounds the lines that are drawn over; there is no going back
// above the top of a screen.
const runningMax = 10

// NewProgress begins to show progress on w.
func NewProgress(w io.Writer, s Screen) *Progress {
	p := &Progress{w: w, screen: s, stop: make(chan struct{})}
	if s.Terminal {
		p.stopped.Go(func() {
			tick := time.NewTicker(redrawEvery)
			defer tick.Stop()
			for {
				select {
				case <-tick.C:
					p.mu.Lock()
					p.redraw(nil)
					p.mu.Unlock()
				case <-p.stop:
					return
				}
			}
		})
	}
	return p
}

// Update takes a report of a stage.
func (p *Progress) Update(g verify.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	name := stageName(g.Stage)
	at := -1
	for i := range p.running {
		if p.running[i].name == name {
			at = i
		}
	}
	if g.Stage.Verdict != "" {
		took := 0.0
		if at >= 0 {
			took = time.Since(p.running[at].since).Seconds()
			p.running = append(p.running[:at:at], p.running[at+1:]...)
		}
		p.redraw(&ended{g, took})
		return
	}
	if at < 0 {
		p.running = append(p.running, running{name: name, since: time.Now()})
		at = len(p.running) - 1
	}
	p.running[at].last = g
}

// Drop takes a stage away that has ended, and says nothing of it.
func (p *Progress) Drop(st verify.Stage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	name := stageName(st)
	p.running = slices.DeleteFunc(p.running, func(r running) bool { return r.name == name })
}

// Above calls write, which may write to the same terminal, while no line is
// there that is drawn over.
func (p *Progress) Above(write func() error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	under := p.running
	p.running = nil
	p.redraw(nil)
	p.running = under
	return write()
}

// Close takes the lines that were drawn over away.
func (p *Progress) Close() {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return
	}
	p.running = nil
	p.redraw(nil)
	p.closed = true
	p.mu.Unlock()
	close(p.stop)
	p.stopped.Wait()
}

type ended struct {
	verify.Progress
	took float64
}

func stageName(st verify.Stage) string {
	return printable(strings.Trim(strings.Join([]string{st.System, st.Group, st.Name}, " "), " "))
}

// redraw writes one string, so that what others write to the terminal does not
// get between.
func (p *Progress) redraw(e *ended) {
	if p.closed {
		return
	}
	var b strings.Builder
	if p.drawn > 0 {
		fmt.Fprintf(&b, "\x1b[%dA\r\x1b[J", p.drawn) // up, and clear what is below
		p.drawn = 0
	}
	line := func(text string) { b.WriteString(text + "\n") }
	if e != nil {
		text := e.Stage.Summary
		if e.Stage.Verdict != verify.OK {
			text = reason(e.Stage)
		}
		name := stageName(e.Stage)
		room := len([]rune(name)) + 22
		text = printable(text)
		if p.screen.Width > 0 {
			text = clip(text, max(p.screen.Width-room, 10))
		}
		line(fmt.Sprintf("%s %s %6s  %s", p.screen.verdict(e.Stage.Verdict, verdictWide), name, seconds(e.took), text))
	}
	if p.screen.Terminal {
		for i, r := range p.running {
			if i == runningMax {
				line(fmt.Sprintf("  and %d more", len(p.running)-i))
				p.drawn++
				break
			}
			line(p.runningLine(r))
			p.drawn++
		}
	}
	if b.Len() > 0 {
		_, _ = io.WriteString(p.w, b.String()) // progress is not worth failing for
	}
}

func (p *Progress) runningLine(r running) string {
	text := r.last.Text
	if text == "" && r.last.Total > 0 {
		text = fmt.Sprintf("%s of %s", number(float64(r.last.Done)), number(float64(r.last.Total)))
	}
	line := fmt.Sprintf("  %s  %s", r.name, seconds(time.Since(r.since).Seconds()))
	if r.last.Total > 0 {
		line += fmt.Sprintf("  %3d%%", 100*r.last.Done/r.last.Total)
	}
	if text != "" {
		line += "  " + printable(text)
	}
	if p.screen.Width > 0 {
		line = clip(line, p.screen.Width-1) // a line that breaks cannot be drawn over
	}
	return p.screen.paint(faint, line)
}
