package tlc

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Values as TLC prints them, apart from the Go types int64, string and bool.
type (
	// Set is a set, in the order in which TLC prints its elements.
	Set []any

	// Tuple is a tuple, and so a sequence and a function on 1..n.
	Tuple []any

	// Record is a record, and so a function on strings.
	Record []Field

	// Function is any other function.
	Function []Pair

	// ModelValue is a model value; TLC also prints null where a variable has
	// no value yet.
	ModelValue string

	// Opaque is a value that TLC prints as an expression (Nat, a large set of
	// functions): its text.
	Opaque string
)

// Field is one field of a Record.
type Field struct {
	Name  string
	Value any
}

// Pair is the argument and the value of a function at one point.
type Pair struct{ Argument, Value any }

const (
	valueDepthMax    = 500
	intervalElements = 1 << 16
)

// ParseValue reads a value as TLC prints it: an int64, string or bool, or one
// of the types of this file (but never Opaque). An interval a..b becomes a Set
// if the intervals of the value have no more than 65,536 elements together.
func ParseValue(text string) (any, error) {
	p := valueParser{text: text}
	v, err := p.value(0)
	if err != nil {
		return nil, err
	}
	p.space()
	if p.at != len(text) {
		return nil, p.expected("the end of the value")
	}
	return v, nil
}

type valueParser struct {
	text     string
	at       int
	elements uint64 // of the intervals so far
}

func (p *valueParser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

// take consumes the token if it comes next.
func (p *valueParser) take(token string) bool {
	p.space()
	if strings.HasPrefix(p.text[p.at:], token) {
		p.at += len(token)
		return true
	}
	return false
}

func (p *valueParser) expected(what string) error {
	found := "the end"
	if p.at < len(p.text) {
		rest := p.text[p.at:]
		if len(rest) > 20 {
			rest = rest[:20]
		}
		found = strconv.Quote(rest)
	}
	return fmt.Errorf("value, byte %d: expected %s, found %s", p.at+1, what, found)
}

func (p *valueParser) value(depth int) (any, error) {
	if depth > valueDepthMax {
		return nil, fmt.Errorf("value nested deeper than %d", valueDepthMax)
	}
	p.space()
	switch {
	case p.at == len(p.text):
		return nil, p.expected("a value")
	case p.text[p.at] == '"':
		return p.str()
	case p.take("<<"):
		items, err := p.items(">>", depth)
		return Tuple(items), err
	case p.take("{"):
		items, err := p.items("}", depth)
		return Set(items), err
	case p.take("["):
		return p.record(depth)
	case p.take("("):
		return p.function(depth)
	case p.text[p.at] == '-' || isDigit(p.text[p.at]):
		return p.number()
	}
	name := p.name()
	switch name {
	case "":
		return nil, p.expected("a value")
	case "TRUE":
		return true, nil
	case "FALSE":
		return false, nil
	case "Nat", "Int", "Real", "STRING", "SUBSET", "UNION", "Seq", "BOOLEAN":
		return nil, fmt.Errorf("%s is a set that TLC does not enumerate", name)
	}
	return ModelValue(name), nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isNameByte(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
}

func (p *valueParser) name() string {
	start := p.at
	for p.at < len(p.text) && isNameByte(p.text[p.at]) {
		p.at++
	}
	return p.text[start:p.at]
}

func (p *valueParser) integer() (int64, error) {
	start := p.at
	if p.at < len(p.text) && p.text[p.at] == '-' {
		p.at++
	}
	for p.at < len(p.text) && isDigit(p.text[p.at]) {
		p.at++
	}
	n, err := strconv.ParseInt(p.text[start:p.at], 10, 64)
	if err != nil {
		p.at = start
		return 0, p.expected("an integer of 64 bits")
	}
	return n, nil
}

// number reads an integer or an interval.
func (p *valueParser) number() (any, error) {
	low, err := p.integer()
	if err != nil {
		return nil, err
	}
	if !p.take("..") {
		return low, nil
	}
	p.space()
	high, err := p.integer()
	if err != nil {
		return nil, err
	}
	if high < low {
		return Set{}, nil
	}
	size := uint64(high) - uint64(low) // one less than its elements
	if size >= intervalElements-p.elements {
		return nil, fmt.Errorf("intervals of more than %d elements, at %d..%d", intervalElements, low, high)
	}
	p.elements += size + 1
	out := make(Set, 0, high-low+1)
	for n := low; ; n++ {
		if out = append(out, n); n == high {
			return out, nil
		}
	}
}

// str reads a string with the escapes that TLC writes.
func (p *valueParser) str() (any, error) {
	start := p.at
	var b strings.Builder
	for i := p.at + 1; i < len(p.text); i++ {
		switch c := p.text[i]; c {
		case '"':
			p.at = i + 1
			if !utf8.ValidString(b.String()) {
				p.at = start
				return nil, p.expected("a string in UTF-8")
			}
			return b.String(), nil
		case '\n':
			p.at = i
			return nil, p.expected("the end of the string on its line")
		case '\\':
			i++
			if i == len(p.text) {
				break
			}
			escapes := map[byte]byte{'n': '\n', 't': '\t', 'r': '\r', 'f': '\f', '\\': '\\', '"': '"'}
			e, ok := escapes[p.text[i]]
			if !ok {
				p.at = i - 1
				return nil, p.expected(`one of \n \t \r \f \\ \"`)
			}
			b.WriteByte(e)
		default:
			b.WriteByte(c)
		}
	}
	p.at = len(p.text)
	return nil, p.expected("the end of the string")
}

func (p *valueParser) items(end string, depth int) ([]any, error) {
	items := []any{}
	if p.take(end) {
		return items, nil
	}
	for {
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		items = append(items, v)
		if p.take(end) {
			return items, nil
		}
		if !p.take(",") {
			return nil, p.expected("a comma or " + end)
		}
	}
}

func (p *valueParser) record(depth int) (any, error) {
	r := Record{}
	for {
		p.space()
		name := p.name()
		if name == "" {
			return nil, p.expected("a field's name")
		}
		if !p.take("|->") {
			return nil, p.expected("|->")
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		r = append(r, Field{name, v})
		if p.take("]") {
			return r, nil
		}
		if !p.take(",") {
			return nil, p.expected("a comma or ]")
		}
	}
}

func (p *valueParser) function(depth int) (any, error) {
	f := Function{}
	for {
		a, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if !p.take(":>") {
			return nil, p.expected(":>")
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		f = append(f, Pair{a, v})
		if p.take(")") {
			return f, nil
		}
		if !p.take("@@") {
			return nil, p.expected("@@ or )")
		}
	}
}
