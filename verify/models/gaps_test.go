package models

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/specs"
)

// Every module of models has a model of each size, and everything that it says
// of its specification can be otherwise.
func TestManifestsAreWhole(t *testing.T) {
	families, err := specs.Load(specs.FS)
	require.NoError(t, err)
	for _, f := range families {
		t.Run(f.Folder, func(t *testing.T) {
			gaps, err := Gaps(f)
			require.NoError(t, err)
			for _, g := range gaps {
				t.Error(g)
			}
		})
	}
}

// A family with models of module MC, of which some have been left out.
func lampFamily(models ...specs.Model) specs.Family {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	for i := range models {
		models[i].Module = "MC"
	}
	return specs.Family{
		Folder:   "lamp",
		Manifest: specs.Manifest{Models: models},
		Files: fstest.MapFS{
			"Lamp.tla":   file("---- MODULE Lamp ----\nVARIABLE on\nTypeOK == on \\in BOOLEAN\nLit == on\nSafe == TypeOK /\\ Lit\n====\n"),
			"MC.tla":     file("---- MODULE MC ----\nVARIABLES on, off\nL == INSTANCE Lamp\nM == INSTANCE Lamp WITH on <- off\nAll == L!Safe\nLit == L!Lit\nTypeOK == L!TypeOK\nOther == M!Lit\nInit == on = off /\\ on\nNext == UNCHANGED <<on, off>>\n====\n"),
			"all.cfg":    file("INIT Init NEXT Next INVARIANT All\n"),
			"lit.cfg":    file("INIT Init NEXT Next INVARIANT Lit\n"),
			"typeok.cfg": file("INVARIANT TypeOK\n"),
			"other.cfg":  file("INVARIANT Other\n"),
		},
	}
}

func rules(t *testing.T, f specs.Family) (list []string) {
	t.Helper()
	gaps, err := Gaps(f)
	require.NoError(t, err)
	for _, g := range gaps {
		list = append(list, g.Rule)
	}
	return list
}

func TestGaps(t *testing.T) {
	ok := func(size, config string, unreached ...string) specs.Model {
		m := specs.Model{Name: size + config, Size: size, Config: config, Verdict: "ok"}
		for _, a := range unreached {
			m.Unreached = append(m.Unreached, specs.Unreached{Action: a, Why: "-"})
		}
		return m
	}
	bad := func(config, property string) specs.Model {
		return specs.Model{Name: "bad" + config, Size: "smoke", Config: config, Verdict: "violated", Kind: "invariant", Property: property}
	}
	whole := []specs.Model{
		ok("smoke", "all.cfg", "A", "B"), ok("standard", "all.cfg", "B", "C"), ok("long", "lit.cfg", "C"),
		bad("lit.cfg", "Lit"), bad("typeok.cfg", "TypeOK"),
	}
	assert.Empty(t, rules(t, lampFamily(slices.Clone(whole)...)))
	without := func(i int) []string {
		return rules(t, lampFamily(slices.Delete(slices.Clone(whole), i, i+1)...))
	}
	assert.Equal(t, []string{"smoke", "action C"}, without(0))
	assert.Equal(t, []string{"standard"}, without(1))
	assert.Equal(t, []string{"long", "action B"}, without(2))
	assert.Equal(t, []string{"property Lamp.Lit"}, without(3))
	assert.Equal(t, []string{"property Lamp.TypeOK"}, without(4))

	conjunction := lampFamily(append(slices.Clone(whole[:3]), bad("all.cfg", "All"))...)
	assert.Equal(t, []string{"property Lamp.Lit", "property Lamp.TypeOK"}, rules(t, conjunction), "which of the two it was nobody knows")

	other := lampFamily(append(slices.Clone(whole), ok("smoke", "other.cfg"))...)
	assert.Equal(t, []string{"property MC.Other"}, rules(t, other), "the same of other variables is another property")

	slow := lampFamily(slices.Clone(whole)...)
	slow.Models[0].Seconds.TLC = 16
	assert.Equal(t, []string{"time of smokeall.cfg"}, rules(t, slow))

	idle := lampFamily(slices.Clone(whole)...)
	claim := "All: Lit: on"
	idle.Models[0].Vacuous = []string{claim}
	assert.Equal(t, []string{"claim " + claim}, rules(t, idle), "of the standard model nothing is recorded")
	idle.Models[1].Seconds.Go = 1
	assert.Empty(t, rules(t, idle), "the standard model has this property too")
	idle.Models[1].Vacuous = []string{claim}
	assert.Equal(t, []string{"claim " + claim}, rules(t, idle), "and the long model another")

	excused := lampFamily(slices.Clone(whole[:4])...)
	excused.Exceptions = []specs.Exception{{Module: "MC", Rule: "property Lamp.TypeOK", Why: "-"}}
	assert.Empty(t, rules(t, excused))
	excused.Exceptions = append(excused.Exceptions, specs.Exception{Module: "MC", Rule: "long", Why: "-"})
	assert.Equal(t, []string{"long"}, rules(t, excused), "no need of it")

	missing := lampFamily(ok("smoke", "all.cfg"))
	delete(missing.Files.(fstest.MapFS), "all.cfg")
	_, err := Gaps(missing)
	assert.Error(t, err)
}
