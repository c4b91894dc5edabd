package config

import (
	"fmt"
	"strconv"
)

const (
	maxErrors = 20
	maxDepth  = 1000 // of nested sets
)

// Parse parses a configuration file. Errors come back as [Errors], with what
// could be read.
func Parse(file string, src []byte) (*Config, error) {
	l := &lexer{file: file, src: string(src), pos: Pos{1, 1}}
	l.run()
	p := &parser{tokens: l.tokens, config: &Config{File: file, CheckDeadlock: true}, errs: l.errs}
	for p.peek().kind != eof && len(p.errs) < maxErrors {
		p.statement()
	}
	c := p.config
	if c.Specification.Given() && (c.Init.Given() || c.Next.Given()) {
		p.errorf(c.Specification.Pos, "found both SPECIFICATION and INIT or NEXT, expected one of the two")
	}
	if len(p.errs) > 0 {
		return c, p.errs
	}
	return c, nil
}

type parser struct {
	tokens []token
	pos    int
	config *Config
	errs   Errors
}

func (p *parser) errorf(at Pos, format string, args ...any) {
	p.errs = append(p.errs, &Error{p.config.File, at, fmt.Sprintf(format, args...)})
}

func (p *parser) peek() token { return p.tokens[p.pos] }

func (p *parser) at(s string) bool { return p.peek().kind == symbol && p.peek().text == s }

func (p *parser) accept(s string) bool {
	if p.at(s) {
		p.pos++
		return true
	}
	return false
}

// fail records that the current token is not what is expected, and skips to the
// next keyword.
func (p *parser) fail(expected string) bool {
	p.errorf(p.peek().pos, "found %s, expected %s", p.peek().describe(), expected)
	for p.peek().kind != eof && !p.atKeyword() {
		p.pos++
	}
	return false
}

var keywords = map[string]bool{
	"SPECIFICATION": true, "INIT": true, "NEXT": true, "VIEW": true, "SYMMETRY": true,
	"ALIAS": true, "POSTCONDITION": true, "CHECK_DEADLOCK": true,
	"CONSTANT": true, "CONSTANTS": true, "INVARIANT": true, "INVARIANTS": true,
	"PROPERTY": true, "PROPERTIES": true, "CONSTRAINT": true, "CONSTRAINTS": true,
	"ACTION_CONSTRAINT": true, "ACTION_CONSTRAINTS": true,
	"TYPE": true, "TYPE_CONSTRAINT": true,
}

func (p *parser) atKeyword() bool { return p.peek().kind == word && keywords[p.peek().text] }

func (p *parser) statement() {
	t := p.peek()
	if !p.atKeyword() {
		p.fail("a keyword such as SPECIFICATION or INVARIANT")
		return
	}
	p.pos++
	c := p.config
	switch t.text {
	case "SPECIFICATION":
		p.single(t, &c.Specification)
	case "INIT":
		p.single(t, &c.Init)
	case "NEXT":
		p.single(t, &c.Next)
	case "VIEW":
		p.single(t, &c.View)
	case "SYMMETRY":
		p.single(t, &c.Symmetry)
	case "ALIAS":
		p.single(t, &c.Alias)
	case "POSTCONDITION":
		p.single(t, &c.PostCondition)
	case "INVARIANT", "INVARIANTS":
		p.names(&c.Invariants)
	case "PROPERTY", "PROPERTIES":
		p.names(&c.Properties)
	case "CONSTRAINT", "CONSTRAINTS":
		p.names(&c.Constraints)
	case "ACTION_CONSTRAINT", "ACTION_CONSTRAINTS":
		p.names(&c.ActionConstraints)
	case "CONSTANT", "CONSTANTS":
		for p.peek().kind != eof && !p.atKeyword() {
			if !p.constant() {
				return
			}
		}
	case "CHECK_DEADLOCK":
		v := p.peek()
		if v.kind != word || v.text != "TRUE" && v.text != "FALSE" {
			p.fail("TRUE or FALSE")
			return
		}
		p.pos++
		c.CheckDeadlock = v.text == "TRUE"
	default:
		p.errorf(t.pos, "%s is not supported", t.text)
		p.names(new([]Name))
	}
}

// single parses the one name of a keyword that may occur once.
func (p *parser) single(keyword token, into *Name) {
	t := p.peek()
	if t.kind != word || keywords[t.text] {
		p.fail("the name of a definition after " + keyword.text)
		return
	}
	p.pos++
	if into.Given() {
		p.errorf(keyword.pos, "found %s a second time, expected it once: it is at %s", keyword.text, into.Pos)
		return
	}
	*into = Name{t.text, t.pos}
}

// names parses a list of names, up to the next keyword.
func (p *parser) names(into *[]Name) {
	for p.peek().kind != eof && !p.atKeyword() {
		t := p.peek()
		if t.kind != word {
			p.fail("the name of a definition or a keyword")
			return
		}
		p.pos++
		*into = append(*into, Name{t.text, t.pos})
	}
}

// constant parses one assignment or replacement.
func (p *parser) constant() bool {
	t := p.peek()
	if t.kind != word && t.kind != operator {
		return p.fail("the name of a constant or a keyword")
	}
	p.pos++
	k := Constant{Pos: t.pos, Name: t.text}
	if p.accept("(") {
		for {
			v, ok := p.value(0)
			if !ok {
				return false
			}
			k.Args = append(k.Args, v)
			if !p.accept(",") {
				break
			}
		}
		if !p.accept(")") {
			return p.fail(`"," or ")"`)
		}
	}
	replace := false
	switch {
	case p.accept("="):
	case p.at("<-") && k.Args == nil:
		p.pos++
		replace = true
	default:
		return p.fail(`"=" or "<-"`)
	}
	if p.accept("[") {
		m := p.peek()
		if m.kind != word {
			return p.fail("the name of a module")
		}
		p.pos++
		k.Module = m.text
		if !p.accept("]") {
			return p.fail(`"]"`)
		}
	}
	if replace {
		r := p.peek()
		if r.kind != word {
			return p.fail("the name of a definition")
		}
		p.pos++
		k.Replacement = r.text
	} else {
		v, ok := p.value(0)
		if !ok {
			return false
		}
		k.Value = v
	}
	p.config.Constants = append(p.config.Constants, k)
	return true
}

// value parses a value.
func (p *parser) value(depth int) (Value, bool) {
	t := p.peek()
	v := Value{Pos: t.pos}
	negative := p.at("-")
	if negative {
		p.pos++
		t = p.peek()
	}
	switch {
	case t.kind == number:
		p.pos++
		n, err := strconv.ParseInt(t.text, 10, 64)
		if err != nil {
			p.errorf(t.pos, "found the number %s, expected one of at most 64 bits", clip(t.text))
		}
		v.Kind, v.Int = Number, n
		if negative {
			v.Int = -n
		}
		return v, true
	case negative:
		return v, p.fail("a number after -")
	case t.kind == text:
		p.pos++
		v.Kind, v.Text = Text, t.text
		return v, true
	case t.kind == word && (t.text == "TRUE" || t.text == "FALSE"):
		p.pos++
		v.Kind, v.Bool = Boolean, t.text == "TRUE"
		return v, true
	case t.kind == word && !keywords[t.text]:
		p.pos++
		v.Kind, v.Text = ModelValue, t.text
		return v, true
	case p.at("{"):
		if depth > maxDepth {
			return v, p.fail(fmt.Sprintf("sets nested at most %d deep", maxDepth))
		}
		p.pos++
		v.Kind = Set
		if p.accept("}") {
			return v, true
		}
		for {
			e, ok := p.value(depth + 1)
			if !ok {
				return v, false
			}
			v.Elems = append(v.Elems, e)
			if !p.accept(",") {
				break
			}
		}
		if !p.accept("}") {
			return v, p.fail(`"," or "}"`)
		}
		return v, true
	}
	return v, p.fail("a value: a number, a string, TRUE, FALSE, a model value or a set")
}
