package module

import (
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// Spec is a root module with all that it extends and instantiates, resolved.
type Spec struct {
	Root    *Module
	Modules []*Module // all of them, each after those it depends on; nested ones included

	// Uses has an entry for every *syntax.Apply of every module, save those
	// in theorems that could not be resolved.
	Uses map[*syntax.Apply]*Use

	// Defs has an entry for every name that is introduced: parameters, bound
	// variables, definitions, declarations, named instances.
	Defs map[*syntax.Ident]Object

	// Warnings are what SANY warns of and accepts: the same name declared or
	// imported twice with the same kind of meaning. The first one counts.
	Warnings syntax.Errors

	levels  map[syntax.Expr]Level
	builtin *scope
	opts    Options
	dir     string
}

// Module is one module of a Spec.
type Module struct {
	Name    string
	File    string
	Syntax  *syntax.Module
	Parent  *Module // that it is nested in; nil if it is not
	Builtin bool    // it comes with this package, not from a file
	Extends []*Module

	// What the module declares, and what it has by EXTENDS, the latter first.
	// Nested modules do not have their parent's.
	Constants []*Constant
	Variables []*Variable
	Assumes   []*Fact

	Definitions []*Definition // its own, at the top of the module, in order
	Instances   []*Instance   // its own, at the top of the module, plain and named, in order
	Theorems    []*Fact       // its own

	names *scope
}

// Lookup returns what name stands for at the end of the module, LOCAL names
// included; nil if nothing. The Instances of the Use are those of plain INSTANCE
// units, which take no arguments.
func (m *Module) Lookup(name string) *Use {
	if e := m.names.lookup(syntax.CanonicalName(name)); e != nil {
		return &Use{Object: e.object, Instances: e.via}
	}
	return nil
}

// Options say where modules are found.
type Options struct {
	// Lib are folders searched after the folder of the root module.
	Lib []string

	// Read returns the text of module name and where it is from, if it has
	// it. It is asked before any folder is searched. It may be nil.
	Read func(name string) (file string, src []byte, ok bool)
}

// Level returns the level of an expression of one of s's modules, with the
// constants and variables of its module as they are declared and the parameters
// around it of constant level.
func (s *Spec) Level(e syntax.Expr) Level { return s.levels[e] }
