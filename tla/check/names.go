package check

import (
	"sort"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/stdlib"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// internNames enters names and strings in the order in which TLC's parser comes
// to them, which is TLC's order of strings and of the fields of records: first
// the names of each module as it is read, then the strings of each module, those
// of a module after those of the modules that it depends on.
func internNames(spec *module.Spec, store *value.Store) {
	builtin := map[*syntax.Module]bool{}
	for _, m := range spec.Modules {
		builtin[m.Syntax] = m.Builtin
	}
	for _, m := range readingOrder(spec) {
		list, known := stdlib.Spelling(m.Name.Name)
		if !builtin[m] || !known {
			list = names(m)
		}
		for _, s := range list {
			store.Str(s)
		}
	}
	for _, m := range spec.Modules {
		if m.Parent != nil {
			continue // its text is part of its parent's
		}
		syntax.Walk(m.Syntax, func(n syntax.Node) bool {
			if s, ok := n.(*syntax.String); ok {
				store.Str(s.Value)
			}
			return true
		})
	}
}

// names returns the names in the text of a module, in order.
func names(m *syntax.Module) []string {
	type seen struct {
		at   syntax.Pos
		name string
	}
	var all []seen
	add := func(at syntax.Pos, name string) { all = append(all, seen{at, name}) }
	ids := func(list ...*syntax.Ident) {
		for _, i := range list {
			if i != nil {
				add(i.Start, i.Name)
			}
		}
	}
	decls := func(list []*syntax.OpDecl) {
		for _, d := range list {
			ids(d.Name)
		}
	}
	syntax.Walk(m, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Module:
			ids(n.Name)
			ids(n.Extends...)
		case *syntax.Apply:
			add(n.NameSpan.Start, n.Name)
		case *syntax.Qualifier:
			add(n.Start, n.Name)
		case *syntax.Select:
			ids(n.Field)
		case *syntax.Record:
			for _, f := range n.Fields {
				ids(f.Name)
			}
		case *syntax.RecordSet:
			for _, f := range n.Fields {
				ids(f.Name)
			}
		case *syntax.Update:
			for _, p := range n.Path {
				ids(p.Field)
			}
		case *syntax.Bound:
			ids(n.Names...)
		case *syntax.Lambda:
			ids(n.Params...)
		case *syntax.Label:
			ids(n.Name)
		case *syntax.Constants:
			decls(n.Decls)
		case *syntax.Recursive:
			decls(n.Decls)
		case *syntax.Variables:
			ids(n.Names...)
		case *syntax.OpDef:
			ids(n.Name)
			decls(n.Params)
		case *syntax.FuncDef:
			ids(n.Name)
		case *syntax.InstanceDef:
			ids(n.Name)
			decls(n.Params)
		case *syntax.Instance:
			ids(n.Module)
			for _, s := range n.Substs {
				ids(s.Name)
			}
		case *syntax.Assume:
			ids(n.Name)
		case *syntax.Theorem:
			ids(n.Name)
		}
		return true
	})
	sort.SliceStable(all, func(i, j int) bool { return all[i].at.Before(all[j].at) })
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = s.name
	}
	return out
}

// readingOrder returns the modules that are files in the order in which SANY
// reads them: the root; as long as there is a module that one read so far
// extends, that; then one that one read so far instantiates, and so on. Of
// several the first is taken of the outermost module, and else of what that
// extends, instantiates and holds.
func readingOrder(spec *module.Spec) []*syntax.Module {
	files := map[string]*syntax.Module{}
	for _, m := range spec.Modules {
		if m.Parent == nil {
			files[m.Name] = m.Syntax
		}
	}
	var order []*syntax.Module
	read := map[*syntax.Module]bool{}
	uses := map[*syntax.Module]dependencies{}
	var find func(m *syntax.Module, extends bool, seen map[*syntax.Module]bool) *syntax.Module
	find = func(m *syntax.Module, extends bool, seen map[*syntax.Module]bool) *syntax.Module {
		if m == nil || seen[m] {
			return nil
		}
		seen[m] = true
		d, ok := uses[m]
		if !ok {
			d = dependenciesOf(m)
			uses[m] = d
		}
		own := d.instances
		if extends {
			own = d.extends
		}
		for _, name := range own {
			if f := files[name]; f != nil && !read[f] {
				return f
			}
		}
		for _, list := range [][]string{d.extends, d.instances} {
			for _, name := range list {
				if f := files[name]; f != nil && read[f] {
					if next := find(f, extends, seen); next != nil {
						return next
					}
				}
			}
		}
		for _, in := range d.inner {
			if next := find(in, extends, seen); next != nil {
				return next
			}
		}
		return nil
	}
	root := spec.Root.Syntax
	for next := root; next != nil; {
		order, read[next] = append(order, next), true
		if next = find(root, true, map[*syntax.Module]bool{}); next == nil {
			next = find(root, false, map[*syntax.Module]bool{})
		}
	}
	return order
}

// dependencies are the names of the modules that a module extends and
// instantiates, and the modules nested in it.
type dependencies struct {
	extends, instances []string
	inner              []*syntax.Module
}

func dependenciesOf(m *syntax.Module) (d dependencies) {
	for _, e := range m.Extends {
		d.extends = append(d.extends, e.Name)
	}
	syntax.Walk(m, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Module:
			if n != m {
				d.inner = append(d.inner, n)
				return false
			}
		case *syntax.Instance:
			d.instances = append(d.instances, n.Module.Name)
		}
		return true
	})
	return d
}
