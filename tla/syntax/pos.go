package syntax

import "fmt"

// Pos is a place in a source file. Line and Col count from 1; Col counts
// characters, a tab reaching to the next multiple of eight. The zero Pos is no
// place.
type Pos struct {
	Line, Col int32
}

// IsValid reports whether p is a place.
func (p Pos) IsValid() bool { return p.Line > 0 }

// Before reports whether p comes before q in the file.
func (p Pos) Before(q Pos) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Col < q.Col
}

// String returns p as "line:col".
func (p Pos) String() string { return fmt.Sprintf("%d:%d", p.Line, p.Col) }

// Span is the extent of a node. End is the position of its last character,
// inclusive.
type Span struct {
	Start, End Pos
}

// Where returns s itself; by embedding a Span, a node tells where it is.
func (s Span) Where() Span { return s }

// IsValid reports whether s is an extent of some file.
func (s Span) IsValid() bool { return s.Start.IsValid() }

// String returns s in the words of TLC: "line 3, col 5 to line 3, col 9".
func (s Span) String() string {
	return fmt.Sprintf("line %d, col %d to line %d, col %d",
		s.Start.Line, s.Start.Col, s.End.Line, s.End.Col)
}
