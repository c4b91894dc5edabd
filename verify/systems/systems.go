// Package systems is the catalogue: one file a protocol, tying its
// specification, code, mapping, workload, model and mutants together.
package systems

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/verify"
)

// All returns the systems of the catalogue. The error is about a malformed
// specification folder.
func All() ([]verify.System, error) {
	families, err := specs.Load(specs.FS)
	if err != nil {
		return nil, err
	}
	var all []verify.System
	for i := range families {
		if families[i].Folder == "twophase" {
			all = append(all, TwoPhase(&families[i]))
		}
	}
	return all, nil
}

// WithSpecs returns the systems of the catalogue, and after them the
// specifications that have no code yet, each a system of a Spec alone.
func WithSpecs() ([]verify.System, error) {
	all, err := All()
	if err != nil {
		return nil, err
	}
	families, err := specs.Load(specs.FS)
	if err != nil {
		return nil, err
	}
	for i, f := range families {
		if !slices.ContainsFunc(all, func(s verify.System) bool { return s.Spec != nil && s.Spec.Folder == f.Folder }) {
			all = append(all, verify.System{Name: f.Folder, Title: f.Title, Spec: &families[i]})
		}
	}
	return all, nil
}

// Find returns the system of that name.
func Find(name string) (verify.System, error) {
	all, err := All()
	if err != nil {
		return verify.System{}, err
	}
	var names []string
	for _, s := range all {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	return verify.System{}, fmt.Errorf("expected a protocol of the catalogue (%s), found %q", strings.Join(names, ", "), name)
}
