package models

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// clockModel is a model of the folder in testdata, the one of that name.
func clockModel(t *testing.T, name string) (specs.Family, specs.Model) {
	t.Helper()
	loaded, err := specs.LoadFamily(os.DirFS("testdata"), "clock")
	require.NoError(t, err)
	m, err := loaded.Model(name)
	require.NoError(t, err)
	return loaded, m
}

// Every smoke model of every specification does what its manifest records, by
// the Go engine; those with temporal properties are TLC's. And the behaviours that
// it finds are recognised when they come as traces.
func TestSmokeModels(t *testing.T) {
	families, err := specs.Load(specs.FS)
	require.NoError(t, err)
	checked := 0
	for _, f := range families {
		for _, m := range f.Models {
			if m.Size != "smoke" {
				continue
			}
			t.Run(f.Folder+"/"+m.Name, func(t *testing.T) {
				out := Engines{Missing: "left to the pipeline"}.Check(t.Context(), f, m, Options{})
				if out.Note != "" {
					assert.Equal(t, tlc.Unknown, out.Verdict, "what is not checked is no pass")
					t.Skip(out.Note)
				}
				assert.Equal(t, tlc.OK, out.Verdict, "%s\n%s", out.Reason, strings.Join(out.Evidence, "\n"))
				checked++
				tracedBy(t, &refine.Engine{}, f, m, out.Result)
			})
		}
	}
	assert.Positive(t, checked)
}

// A folder that uses the modules of another answers for its own translations.
func TestAlgorithmsAreTheFoldersOwn(t *testing.T) {
	own := fstest.MapFS{"Mine.tla": {Data: []byte("---- MODULE Mine ----\n(* --algorithm Mine\nbegin skip; end algorithm *)\n====")}}
	both := fstest.MapFS{"Mine.tla": own["Mine.tla"], "Theirs.tla": own["Mine.tla"]}
	found, err := Algorithms(specs.Family{Files: both, Own: own})
	require.NoError(t, err)
	assert.Equal(t, []string{"Mine.tla"}, found)
	found, err = Algorithms(specs.Family{Files: both})
	require.NoError(t, err)
	assert.Len(t, found, 2)
}

// A figure of the manifest that is off by one is found out by the Go engine.
func TestGoEngineFindsDifferences(t *testing.T) {
	f, m := clockModel(t, "broken")
	out := Engines{}.Check(t.Context(), f, m, Options{})
	assert.Equal(t, tlc.OK, out.Verdict, out.Reason)
	assert.Equal(t, "Go", out.Result.Engine)
	assert.Empty(t, out.Cross.State)
	m.Distinct++
	out = Engines{}.Check(t.Context(), f, m, Options{})
	assert.Equal(t, tlc.Violated, out.Verdict)
	assert.Contains(t, out.Reason, "distinct states: recorded")
}

// Without TLC a temporal property is unknown, by name.
func TestTemporalPropertiesAreTLCs(t *testing.T) {
	f, m := clockModel(t, "day")
	out := Engines{Missing: "no Java"}.Check(t.Context(), f, m, Options{})
	assert.Equal(t, tlc.Unknown, out.Verdict)
	assert.Contains(t, out.Reason, "Ticks")
	assert.Contains(t, out.Reason, "no Java")

	oracle := &engine.Result{Engine: "TLC", Verdict: tlc.OK, Workers: 1, Generated: m.Generated, Distinct: m.Distinct, Depth: m.Depth,
		Actions: []engine.Action{{Name: "Tick", Taken: 1}, {Name: "Strike"}}}
	out = Engines{TLC: answer{result: oracle}, CrossCheck: true}.Check(t.Context(), f, m, Options{})
	assert.Equal(t, tlc.OK, out.Verdict, out.Reason)
	assert.Contains(t, out.Note, "Ticks")
	assert.Equal(t, Agrees, out.Cross.State, "the safety of it is compared all the same")
}

func TestCrossCheck(t *testing.T) {
	f, m := clockModel(t, "broken")
	own := Engines{}.Check(t.Context(), f, m, Options{}).Result

	out := Engines{CrossCheck: true, Missing: "no Java"}.Check(t.Context(), f, m, Options{})
	assert.Equal(t, tlc.OK, out.Verdict)
	assert.Equal(t, Cross{State: NotDone, Reason: "no Java"}, out.Cross, "and that is no pass of the comparison")

	same := *own
	same.Engine = "TLC 2.18"
	out = Engines{TLC: answer{result: &same}, CrossCheck: true}.Check(t.Context(), f, m, Options{})
	assert.Equal(t, tlc.OK, out.Verdict, out.Reason)
	assert.Equal(t, Agrees, out.Cross.State)

	other := same
	other.Generated++
	out = Engines{TLC: answer{result: &other}, CrossCheck: true}.Check(t.Context(), f, m, Options{})
	assert.Equal(t, tlc.Violated, out.Verdict)
	assert.Equal(t, Disagrees, out.Cross.State)
	assert.Contains(t, out.Reason, "the Go engine and TLC disagree: states generated: Go")

	stopped := engine.Result{Engine: "TLC 2.18", Kind: tlc.KindStopped, Reason: "stopped"}
	out = Engines{TLC: answer{result: &stopped}, CrossCheck: true}.Check(t.Context(), f, m, Options{})
	assert.Equal(t, NotDone, out.Cross.State)
	assert.Equal(t, "stopped", out.Cross.Reason)
}
