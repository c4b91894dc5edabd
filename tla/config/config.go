package config

import (
	"fmt"
	"strings"
)

// Config is what a configuration file says.
type Config struct {
	File string

	// Either Specification, or Init and Next. A file that names neither is
	// for checking assumptions only. Empty Names are not given.
	Specification, Init, Next Name

	Constants []Constant // in the order of the file; of two for the same name the last one counts

	Invariants        []Name
	Properties        []Name
	Constraints       []Name
	ActionConstraints []Name

	Symmetry, View, Alias, PostCondition Name

	CheckDeadlock bool // true unless the file says otherwise
}

// Pos is a place in the file; lines and columns count from 1.
type Pos struct {
	Line, Col int
}

// String returns p as "line:col".
func (p Pos) String() string { return fmt.Sprintf("%d:%d", p.Line, p.Col) }

// Name is the name of a definition.
type Name struct {
	Name string
	Pos  Pos
}

// Given reports whether the file gives the name.
func (n Name) Given() bool { return n.Name != "" }

// Constant is one line of CONSTANTS: an assignment, Name = Value, or a
// replacement, Name <- Replacement.
type Constant struct {
	Pos  Pos
	Name string
	Args []Value // of F(1, 2) = 3

	// Module restricts it to the definitions of one module; empty for all.
	Module string

	Replacement string // the name after <-; empty for an assignment
	Value       Value  // of an assignment
}

// Kind is the kind of a Value.
type Kind uint8

// The kinds of value.
const (
	Number     Kind = iota + 1
	Boolean         // TRUE or FALSE
	Text            // "abc"
	ModelValue      // abc
	Set             // {1, 2}
)

// Value is a value as it is written in a configuration file.
type Value struct {
	Kind  Kind
	Pos   Pos
	Int   int64   // of a Number
	Bool  bool    // of a Boolean
	Text  string  // of a Text, and the name of a ModelValue
	Elems []Value // of a Set, in the order of the file; not sorted, repetitions kept
}

// String returns the value as it is written.
func (v Value) String() string {
	switch v.Kind {
	case Number:
		return fmt.Sprint(v.Int)
	case Boolean:
		return strings.ToUpper(fmt.Sprint(v.Bool))
	case Text:
		return quote(v.Text)
	case ModelValue:
		return v.Text
	case Set:
		parts := make([]string, len(v.Elems))
		for i, e := range v.Elems {
			parts[i] = e.String()
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "?"
}

func quote(s string) string {
	r := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`, "\n", `\n`, "\f", `\f`, "\r", `\r`)
	return `"` + r.Replace(s) + `"`
}

// Error is one error of a configuration file.
type Error struct {
	File string
	Pos  Pos
	Msg  string
}

// Error returns "file:line:col: msg".
func (e *Error) Error() string { return fmt.Sprintf("%s:%s: %s", e.File, e.Pos, e.Msg) }

// Errors are the errors of a file in order. It is never empty.
type Errors []*Error

// Error returns one line for each error.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// String returns the configuration as a file that parses to the same.
func (c *Config) String() string {
	var b strings.Builder
	one := func(keyword string, n Name) {
		if n.Given() {
			fmt.Fprintf(&b, "%s %s\n", keyword, n.Name)
		}
	}
	many := func(keyword string, list []Name) {
		if len(list) == 0 {
			return
		}
		b.WriteString(keyword + "\n")
		for _, n := range list {
			b.WriteString("    " + n.Name + "\n")
		}
	}
	one("SPECIFICATION", c.Specification)
	one("INIT", c.Init)
	one("NEXT", c.Next)
	if len(c.Constants) > 0 {
		b.WriteString("CONSTANTS\n")
	}
	for _, k := range c.Constants {
		b.WriteString("    " + k.Name)
		if len(k.Args) > 0 {
			args := Value{Kind: Set, Elems: k.Args}.String()
			b.WriteString("(" + args[1:len(args)-1] + ")")
		}
		b.WriteString(map[bool]string{true: " = ", false: " <- "}[k.Replacement == ""])
		if k.Module != "" {
			b.WriteString("[" + k.Module + "] ")
		}
		if k.Replacement != "" {
			b.WriteString(k.Replacement + "\n")
		} else {
			b.WriteString(k.Value.String() + "\n")
		}
	}
	many("CONSTRAINTS", c.Constraints)
	many("ACTION_CONSTRAINTS", c.ActionConstraints)
	many("INVARIANTS", c.Invariants)
	many("PROPERTIES", c.Properties)
	one("SYMMETRY", c.Symmetry)
	one("VIEW", c.View)
	one("ALIAS", c.Alias)
	one("POSTCONDITION", c.PostCondition)
	if !c.CheckDeadlock {
		b.WriteString("CHECK_DEADLOCK FALSE\n")
	}
	return b.String()
}
