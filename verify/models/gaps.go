package models

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// Gap is something that the models of a family leave open.
type Gap struct {
	Module string // of the models, such as MCRaft
	Rule   string // see Gaps
	Text   string // one sentence
}

// String returns the gap on one line.
func (g Gap) String() string { return fmt.Sprintf("%s: %s: %s", g.Module, g.Rule, g.Text) }

// SecondsMax is how long TLC may take for a model of a size, with one worker: ten
// seconds, two minutes and an hour, and half as much again, since the machines that
// figures are recorded on are shared.
var SecondsMax = map[string]float64{"smoke": 15, "standard": 180, "long": 5400}

// Gaps returns what the models of a family do not cover. Of each module of
// models:
//
//   - "smoke", "standard", "long": a model of that size is ok.
//   - "property P": of each property that a model finds ok, another model of the
//     family shows that it can be violated. A property that is a conjunction of
//     named ones is taken for these. One that a module gets from another, by
//     EXTENDS or by an INSTANCE that substitutes nothing, is the other's.
//   - "claim P: D: A": each P => Q and each \A x \in S : Q of a property is about
//     something, in a model that is ok and has that property: it is not vacuous
//     in all of them (see specs.Model).
//   - "action A": each action is taken in a model that is ok.
//   - "time of M": model M took TLC no longer than its size allows, when it was
//     recorded.
//
// What the manifest lists as an exception is no gap; an exception to a rule that
// is kept is one. Gaps runs no model checker: that a manifest is true is for
// [Check].
func Gaps(f specs.Family) ([]Gap, error) {
	var gaps []Gap
	violated := map[string]bool{}
	held := map[string]map[string]bool{} // module, property
	loaded := map[string]*module.Spec{}
	for _, m := range f.Models {
		if loaded[m.Module] == nil {
			q, err := request(f, m, Options{})
			if err != nil {
				return nil, err
			}
			if loaded[m.Module], err = q.Spec(); err != nil {
				return nil, err
			}
		}
		names, err := properties(f, m, loaded[m.Module])
		if err != nil {
			return nil, err
		}
		if m.Verdict == "violated" {
			// Of a conjunction it is not known which part was violated.
			if parts := names[m.Property]; len(parts) == 1 {
				violated[parts[0]] = true
			}
			continue
		}
		if held[m.Module] == nil {
			held[m.Module] = map[string]bool{}
		}
		for _, parts := range names {
			for _, p := range parts {
				held[m.Module][p] = true
			}
		}
	}
	for _, of := range modulesOf(f) {
		for _, size := range specs.Sizes {
			if !slices.ContainsFunc(f.Models, func(m specs.Model) bool { return m.Module == of && m.Size == size && m.Verdict == "ok" }) {
				gaps = append(gaps, Gap{of, size, "no model of this size is ok"})
			}
		}
		for _, p := range slices.Sorted(maps.Keys(held[of])) {
			if !violated[p] {
				gaps = append(gaps, Gap{of, "property " + p, "no model violates it"})
			}
		}
		for _, a := range never(f, of) {
			gaps = append(gaps, Gap{of, "action " + a, "no model takes it"})
		}
	}
	nothing, err := idle(f)
	if err != nil {
		return nil, err
	}
	gaps = append(gaps, nothing...)
	for _, m := range f.Models {
		if m.Seconds.TLC > SecondsMax[m.Size] {
			gaps = append(gaps, Gap{m.Module, "time of " + m.Name, fmt.Sprintf("TLC took %.0f s, a %s model may take %.0f", m.Seconds.TLC, m.Size, SecondsMax[m.Size])})
		}
	}
	return excused(f, gaps), nil
}

// modulesOf returns the modules of the models, each once, in their order.
func modulesOf(f specs.Family) (names []string) {
	for _, m := range f.Models {
		if !slices.Contains(names, m.Module) {
			names = append(names, m.Module)
		}
	}
	return names
}

// never returns the actions that all models of a module that are ok leave out.
func never(f specs.Family, of string) []string {
	var left map[string]bool
	for _, m := range f.Models {
		if m.Module != of || m.Verdict != "ok" {
			continue
		}
		here := map[string]bool{}
		for _, u := range m.Unreached {
			if left == nil || left[u.Action] {
				here[u.Action] = true
			}
		}
		left = here
	}
	return slices.Sorted(maps.Keys(left))
}

// idle returns the claims that are vacuous in all models that make them.
func idle(f specs.Family) (gaps []Gap, err error) {
	for _, of := range modulesOf(f) {
		if !slices.ContainsFunc(f.Models, func(m specs.Model) bool { return m.Module == of && len(m.Vacuous) > 0 }) {
			continue
		}
		makes, vacuous := map[string]int{}, map[string]int{} // models, by property and by claim
		for _, m := range f.Models {
			// Of a model that the Go engine has not recorded nothing is known; smoke
			// models it runs with the tests.
			if m.Module != of || m.Verdict != "ok" || m.Size != "smoke" && m.Seconds.Go == 0 {
				continue
			}
			own, err := ownEngines(f, m)
			if err != nil {
				return nil, err
			}
			for _, p := range own {
				makes[p]++
			}
			for _, v := range m.Vacuous {
				vacuous[v]++
			}
		}
		for _, v := range slices.Sorted(maps.Keys(vacuous)) {
			property, _, _ := strings.Cut(v, ": ")
			if vacuous[v] >= makes[property] {
				gaps = append(gaps, Gap{of, "claim " + v, "it is vacuous in all models"})
			}
		}
	}
	return gaps, nil
}

// ownEngines returns the properties of a model that the Go engine checks, by their
// names in the configuration; none of a model that is left to TLC.
func ownEngines(f specs.Family, m specs.Model) ([]string, error) {
	q, err := request(f, m, Options{})
	if err != nil {
		return nil, err
	}
	model, failed, err := q.Load()
	switch {
	case err != nil:
		return nil, err
	case model == nil:
		return nil, errors.New(failed.Reason)
	case len(model.Refused) > 0:
		return nil, nil
	}
	c, err := config.Parse(m.Config, q.Config)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, name := range slices.Concat(c.Invariants, c.Properties) {
		names = append(names, name.Name)
	}
	return names, nil
}

// excused takes away the gaps that the manifest has a reason for, and adds the
// reasons that there is no gap for.
func excused(f specs.Family, gaps []Gap) []Gap {
	for _, e := range f.Exceptions {
		n := len(gaps)
		gaps = slices.DeleteFunc(gaps, func(g Gap) bool { return g.Module == e.Module && g.Rule == e.Rule })
		if len(gaps) == n {
			gaps = append(gaps, Gap{e.Module, e.Rule, "the manifest makes an exception, and there is no need of one"})
		}
	}
	return gaps
}

// properties returns for each INVARIANT and PROPERTY of the model what it comes
// to, as MODULE.NAME: itself, or the properties of which it is the conjunction.
func properties(f specs.Family, m specs.Model, spec *module.Spec) (map[string][]string, error) {
	text, err := f.ConfigText(m)
	if err != nil {
		return nil, err
	}
	c, err := config.Parse(m.Config, text)
	if err != nil {
		return nil, err
	}
	found := map[string][]string{}
	for _, name := range slices.Concat(c.Invariants, c.Properties) {
		use := spec.Root.Lookup(name.Name)
		if use == nil {
			return nil, fmt.Errorf("%s: %s has no definition of %s", m.Config, m.Module, name.Name)
		}
		d, ok := use.Object.(*module.Definition)
		if !ok {
			return nil, fmt.Errorf("%s: %s is no definition of %s", m.Config, name.Name, m.Module)
		}
		found[name.Name] = parts(spec, d)
	}
	return found, nil
}

// parts returns the properties of which d is the conjunction, or d.
func parts(spec *module.Spec, d *module.Definition) []string {
	self := []string{d.Module.Name + "." + d.Name}
	var all []string
	for _, e := range conjuncts(d.Body) {
		a, ok := e.(*syntax.Apply)
		if !ok {
			return self
		}
		use := spec.Uses[a]
		if use == nil || slices.ContainsFunc(use.Instances, substitutes) {
			return self
		}
		part, ok := use.Object.(*module.Definition)
		if !ok || len(part.Params) > 0 {
			return self
		}
		all = append(all, parts(spec, part)...)
	}
	return all
}

func conjuncts(e syntax.Expr) []syntax.Expr {
	switch e := e.(type) {
	case *syntax.Junction:
		if e.Op == `/\` {
			var all []syntax.Expr
			for _, item := range e.Items {
				all = append(all, conjuncts(item)...)
			}
			return all
		}
	case *syntax.Apply:
		if e.Name == `/\` && len(e.Args) == 2 {
			return append(conjuncts(e.Args[0]), conjuncts(e.Args[1])...)
		}
	}
	return []syntax.Expr{e}
}

// substitutes reports whether an instance gives anything of its module another
// name or meaning.
func substitutes(u module.InstanceUse) bool {
	return len(u.Args) > 0 || slices.ContainsFunc(u.Instance.Substs, func(s *module.Subst) bool {
		a, ok := s.Value.(*syntax.Apply)
		return !ok || len(a.Qualifiers) > 0 || len(a.Args) > 0 || a.Name != s.Object.ObjectName()
	})
}
