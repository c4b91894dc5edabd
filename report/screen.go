package report

import (
	"os"

	"golang.org/x/term"

	"github.com/lockstep-go/lockstep/verify"
)

// Screen is what a text is written for. The zero value is a file: no colours,
// and lines as long as they are.
type Screen struct {
	Width    int // in columns; 0 is no bound
	Color    bool
	Terminal bool // what is written can be drawn over
}

// ScreenOf asks the file. Only a terminal has colours, and not even that one
// when NO_COLOR is set to anything (https://no-color.org) or TERM is dumb.
func ScreenOf(f *os.File) Screen {
	fd := int(f.Fd())
	if !term.IsTerminal(fd) {
		return Screen{}
	}
	s := Screen{Terminal: os.Getenv("TERM") != "dumb"}
	s.Color = s.Terminal && os.Getenv("NO_COLOR") == ""
	if width, _, err := term.GetSize(fd); err == nil {
		s.Width = width
	}
	return s
}

const (
	bold   = "1"
	faint  = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
)

// paint colours a text.
func (s Screen) paint(style, text string) string {
	if !s.Color || text == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

// verdict is the word in its colour, padded.
func (s Screen) verdict(v verify.Verdict, width int) string {
	v = verdict(v)
	text := pad(string(v), width)
	switch v {
	case verify.OK:
		return s.paint(green, text)
	case verify.Violated:
		return s.paint(red+";"+bold, text)
	default:
		return s.paint(yellow+";"+bold, text)
	}
}

// room is how many columns are left beside an indentation; 0 is no bound.
func (s Screen) room(indent int) int {
	if s.Width == 0 {
		return 0
	}
	return max(s.Width-indent, 20)
}
