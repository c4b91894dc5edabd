package report

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Measures of a diagram, in pixels.
const (
	laneWide  = 84
	rowHigh   = 22
	headHigh  = 34
	margin    = 16
	labelMax  = 110 // characters
	charWide  = 7
	lanesMax  = 24 // more are put into the last one
	timesWide = 80
)

// diagramStyle is part of each svg element, so that it is whole by itself. The
// colours follow the reader's preference.
const diagramStyle = `<style>
.st{--st-ink:#1b1f24;--st-soft:#57606a;--st-line:#c4cad1;--st-msg:#0a5cc2;--st-bad:#b4231a;--st-fault:#955800;--st-back:#fff}
@media (prefers-color-scheme:dark){.st{--st-ink:#e3e8ee;--st-soft:#9aa5b1;--st-line:#3d4651;--st-msg:#79b8ff;--st-bad:#ff8b80;--st-fault:#f0b04a;--st-back:#12161b}}
.st{background:var(--st-back)}
.st text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:var(--st-ink)}
.st .lane{stroke:var(--st-line);stroke-width:1.5}
.st .name{font-weight:700;text-anchor:middle}
.st .at,.st .note{fill:var(--st-soft)}
.st .at{text-anchor:end}
.st .msg{stroke:var(--st-msg);stroke-width:1.4;fill:none}
.st .half{stroke-dasharray:3 3}
.st .tip{fill:var(--st-msg)}
.st .step circle{fill:var(--st-ink)}
.st .request circle{fill:var(--st-back);stroke:var(--st-msg);stroke-width:2}
.st .fault rect{fill:var(--st-fault)}.st .fault .label{fill:var(--st-fault);font-weight:700}
.st .failed circle{fill:var(--st-bad)}.st .failed .label{fill:var(--st-bad);font-weight:700}
.st .failed .band{fill:var(--st-bad);opacity:.13}
.st .cross{stroke:var(--st-bad);stroke-width:1.8}
</style>`

// draw makes the svg element of the last rows.
func (d *drawing) draw(most int, what string) Picture {
	if len(d.rows) == 0 {
		return Picture{Cut: fmt.Sprintf("There is no %s to draw.", what)}
	}
	first, cut := d.cut(most, what)
	rows := d.rows[first:]
	lanes := min(len(d.lanes), lanesMax)
	if len(d.lanes) > lanes {
		cut = strings.TrimSpace(cut + fmt.Sprintf(" The last lane stands for %s.", plural(len(d.lanes)-lanes+1, "node")))
	}
	left := margin
	for _, r := range rows {
		if r.at != "" {
			left = margin + timesWide
			break
		}
	}
	x := func(lane int) int { return left + laneWide/2 + min(lane, lanes-1)*laneWide }
	y := func(row int) int { return headHigh + (row-first)*rowHigh + rowHigh/2 }
	labels := left + lanes*laneWide + margin
	wide := 0
	for _, r := range rows {
		wide = max(wide, min(len([]rune(r.label))+len([]rune(r.note))+3, labelMax+3))
	}
	width, height := labels+wide*charWide+margin, headHigh+len(rows)*rowHigh+margin

	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="st" xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="space-time diagram of %s">`,
		width, height, width, height, html.EscapeString(plural(len(rows), what)))
	b.WriteString("\n" + diagramStyle + "\n")
	for i := range lanes {
		name := d.lanes[i]
		if i == lanes-1 && len(d.lanes) > lanes {
			name = "others"
		}
		fmt.Fprintf(&b, `<text class="name" x="%d" y="%d">%s</text><line class="lane" x1="%d" y1="%d" x2="%d" y2="%d"/>`+"\n",
			x(i), headHigh-14, svgText(name, laneWide/charWide), x(i), headHigh-6, x(i), height-margin/2)
	}
	for _, a := range d.arrows {
		d.arrow(&b, a, first, x, y)
	}
	for i, r := range rows {
		d.row(&b, r, y(first+i), x, labels, left, width)
	}
	b.WriteString("</svg>")
	return Picture{SVG: b.String(), Cut: cut}
}

func (d *drawing) row(b *strings.Builder, r row, y int, x func(int) int, labels, left, width int) {
	full := strings.TrimSpace(r.at + " " + r.label + "  " + r.note)
	fmt.Fprintf(b, `<g class="%s"><title>%s</title>`, r.kind, svgText(full, 2000))
	if r.kind == failedRow {
		fmt.Fprintf(b, `<rect class="band" x="0" y="%d" width="%d" height="%d"/>`, y-rowHigh/2, width, rowHigh)
	}
	switch {
	case r.lane < 0:
	case r.kind == faultRow:
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="11" height="11" transform="rotate(45 %d %d)"/>`, x(r.lane)-5, y-5, x(r.lane), y)
	default:
		fmt.Fprintf(b, `<circle cx="%d" cy="%d" r="4.5"/>`, x(r.lane), y)
	}
	if r.at != "" {
		fmt.Fprintf(b, `<text class="at" x="%d" y="%d">%s</text>`, left-4, y+4, svgText(r.at, timesWide/charWide))
	}
	label, note := clip(printable(r.label), labelMax), ""
	if rest := labelMax - len([]rune(label)) - 2; rest > 8 {
		note = clip(printable(r.note), rest)
	}
	fmt.Fprintf(b, `<text x="%d" y="%d"><tspan class="label">%s</tspan>`, labels, y+4, html.EscapeString(label))
	if note != "" {
		fmt.Fprintf(b, `<tspan class="note" dx="14">%s</tspan>`, html.EscapeString(note))
	}
	b.WriteString("</text></g>\n")
}

// arrow draws a message; of one that came from before the first row, or whose
// other end is not known, only a half.
func (d *drawing) arrow(b *strings.Builder, a arrow, first int, x, y func(int) int) {
	fromSeen, toSeen := a.from.row >= first, a.to.row >= first
	var x1, y1, x2, y2 int
	half := ""
	switch {
	case fromSeen && toSeen:
		x1, y1, x2, y2 = x(a.from.lane), y(a.from.row), x(a.to.lane), y(a.to.row)
	case toSeen: // comes from above
		half = " half"
		x2, y2 = x(a.to.lane), y(a.to.row)
		x1, y1 = x2-laneWide/3, y2-rowHigh*2/3
		if a.from.lane >= 0 && a.from.lane > a.to.lane {
			x1 = x2 + laneWide/3
		}
	case fromSeen && a.to.row < 0: // goes nowhere that is known
		half = " half"
		x1, y1 = x(a.from.lane), y(a.from.row)
		x2, y2 = x1+laneWide/3, y1+rowHigh/2
		if a.to.lane >= 0 && a.to.lane < a.from.lane {
			x2 = x1 - laneWide/3
		}
	default:
		return
	}
	fmt.Fprintf(b, `<g><title>message %s</title><line class="msg%s" x1="%d" y1="%d" x2="%d" y2="%d"/>`, svgText(a.label, 200), half, x1, y1, x2, y2)
	if a.lost {
		fmt.Fprintf(b, `<path class="cross" d="M%d %dl8 8m0 -8l-8 8"/>`, x2-4, y2-4)
	} else {
		b.WriteString(tip(x1, y1, x2, y2))
	}
	b.WriteString("</g>\n")
}

// tip is the head of an arrow, which ends at the rim of the dot.
func tip(x1, y1, x2, y2 int) string {
	dx, dy := float64(x2-x1), float64(y2-y1)
	long := dx*dx + dy*dy
	if long == 0 {
		return ""
	}
	n := 1 / math.Sqrt(long)
	ux, uy := dx*n, dy*n
	px, py := float64(x2)-5*ux, float64(y2)-5*uy
	return fmt.Sprintf(`<path class="tip" d="M%.1f %.1fL%.1f %.1fL%.1f %.1fz"/>`,
		px, py, px-8*ux-3.5*uy, py-8*uy+3.5*ux, px-8*ux+3.5*uy, py-8*uy-3.5*ux)
}

func svgText(s string, most int) string { return html.EscapeString(clip(printable(s), most)) }
