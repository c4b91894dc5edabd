package syntax

import (
	"fmt"
	"sort"
)

// Parse parses a file of one module. The text before and after the module is
// ignored. If there are errors, they come back as [Errors], together with what
// could be parsed; the module is nil if not even its head could.
func Parse(file string, src []byte) (*Module, error) {
	p := newParser(file, src)
	m := p.parseFile()
	if len(p.errs) > 0 {
		return m, p.sorted()
	}
	return m, nil
}

// ParseExpr parses one expression, as typed by a user or found in a
// configuration. Nothing may follow it.
func ParseExpr(file string, src []byte) (Expr, error) {
	l := newLexer(file, src)
	for l.off < len(l.src) {
		l.token()
	}
	l.tokens = append(l.tokens, token{tokEOF, "", l.last, l.last, l.off})
	p := &parser{file: file, tokens: l.tokens, errs: l.errs}
	p.matchBrackets()
	var e Expr
	p.guard(func() {
		e = p.expr()
		if t := p.peek(); t.kind != tokEOF {
			p.fail("the end of the expression")
		}
		p.checkDepth(e, 0)
	})
	if len(p.errs) > 0 {
		return nil, p.sorted()
	}
	return e, nil
}

// parser is a recursive-descent parser over the tokens of a file. It is always
// at tokens[pos].
type parser struct {
	file   string
	tokens []token
	pos    int
	errs   Errors

	// columns are those of the bullets of the junction lists around the
	// current token. A token at or left of the innermost one ends its item.
	columns []int32

	// maps are the offsets in tokens of those "[" that have a "|->" directly
	// inside: they begin functions and records.
	maps map[int]bool

	comments []*Comment
	depth    int // of nested expressions
	modules  int // of nested modules
}

func newParser(file string, src []byte) *parser {
	l := newLexer(file, src)
	l.run()
	p := &parser{file: file, tokens: l.tokens, errs: l.errs}
	p.matchBrackets()
	return p.withComments(l.comments)
}

func (p *parser) withComments(cs []*Comment) *parser {
	p.comments = cs
	return p
}

// bailout unwinds the parser from an error to the unit it is in.
type bailout struct{}

// guard runs f and reports whether it ran to its end; if not, an error has been
// recorded.
func (p *parser) guard(f func()) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, mine := r.(bailout); !mine {
				panic(r)
			}
			p.columns, p.depth = p.columns[:0], 0
		}
	}()
	f()
	return true
}

func (p *parser) sorted() Errors {
	sort.SliceStable(p.errs, func(i, j int) bool { return p.errs[i].Start.Before(p.errs[j].Start) })
	if len(p.errs) > MaxErrors {
		p.errs = p.errs[:MaxErrors]
	}
	return p.errs
}

// errorf records an error and goes on.
func (p *parser) errorf(at Span, format string, args ...any) {
	p.errs = append(p.errs, &Error{p.file, at, fmt.Sprintf(format, args...)})
}

// abort records an error and unwinds.
func (p *parser) abort(at Span, format string, args ...any) {
	p.errorf(at, format, args...)
	panic(bailout{})
}

// fail aborts: the current token is not what is expected.
func (p *parser) fail(expected string) {
	t := p.peek()
	found := t.describe()
	if t.kind == tokEnd {
		if real := p.tokens[p.pos]; real.kind != tokEOF {
			found = fmt.Sprintf("%s, which ends the item of the junction list at column %d",
				real.describe(), p.columns[len(p.columns)-1])
		} else {
			found = real.describe()
		}
	}
	p.abort(t.span(), "found %s, expected %s", found, expected)
}

// peek returns the current token: one of kind tokEnd if it lies at or left of
// the bullet of the junction list around it.
func (p *parser) peek() token {
	t := p.tokens[p.pos]
	if n := len(p.columns); n > 0 && t.start.Col <= p.columns[n-1] {
		t.kind, t.text = tokEnd, ""
	}
	return t
}

// ahead returns the token n after the current one, whatever its column.
func (p *parser) ahead(n int) token {
	if p.pos+n < len(p.tokens) {
		return p.tokens[p.pos+n]
	}
	return p.tokens[len(p.tokens)-1]
}

func (p *parser) next() token {
	t := p.peek()
	if t.kind == tokEnd || t.kind == tokEOF {
		p.fail("more")
	}
	p.pos++
	return t
}

func (p *parser) at(kind tokenKind, text string) bool { return p.peek().is(kind, text) }

func (p *parser) punct(text string) bool { return p.at(tokPunct, text) }

func (p *parser) keyword(text string) bool { return p.at(tokKeyword, text) }

// accept moves over the punctuation text if it is there.
func (p *parser) accept(text string) bool {
	if p.punct(text) {
		p.pos++
		return true
	}
	return false
}

func (p *parser) expect(text string) token {
	if !p.punct(text) {
		p.fail(`"` + text + `"`)
	}
	return p.next()
}

func (p *parser) expectKeyword(text string) token {
	if !p.keyword(text) {
		p.fail(`"` + text + `"`)
	}
	return p.next()
}

func (p *parser) ident(what string) *Ident {
	if p.peek().kind != tokIdent {
		p.fail(what)
	}
	t := p.next()
	return &Ident{t.span(), t.text}
}

// from returns the extent from start to the last token read.
func (p *parser) from(start Pos) Span {
	end := start
	if p.pos > 0 {
		end = p.tokens[p.pos-1].end
	}
	if end.Before(start) {
		end = start
	}
	return Span{start, end}
}

// matchBrackets finds the "[" that begin functions and records, so that the
// parser never needs to try one reading and come back for the other.
func (p *parser) matchBrackets() {
	p.maps = map[int]bool{}
	closes := map[string]string{")": "(", "]": "[", "]_": "[", "}": "{", ">>": "<<", ">>_": "<<"}
	var open []int
	for i, t := range p.tokens {
		if t.kind != tokPunct || i > 0 && p.tokens[i-1].is(tokPunct, "!") && (t.text == "<<" || t.text == ">>") {
			continue
		}
		switch t.text {
		case "(", "[", "{", "<<":
			open = append(open, i)
		case ")", "]", "]_", "}", ">>", ">>_":
			if n := len(open); n > 0 && p.tokens[open[n-1]].text == closes[t.text] {
				open = open[:n-1]
			}
		case "|->":
			if n := len(open); n > 0 && p.tokens[open[n-1]].text == "[" {
				p.maps[open[n-1]] = true
			}
		case "==":
			// A definition at the edge of the module: whatever is still
			// open is an error of an earlier unit.
			if i > 0 && p.tokens[i-1].start.Col == 1 {
				open = open[:0]
			}
		}
	}
}

// checkDepth refuses a tree that nests too deep for recursion. Only a tree that
// long in tokens can.
func (p *parser) checkDepth(n Node, firstToken int) {
	if p.pos-firstToken > MaxDepth && exceeds(n, MaxDepth) {
		p.abort(n.Where(), "expression nests deeper than %d", MaxDepth)
	}
}
