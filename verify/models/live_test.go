package models

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// go test ./verify/models -run TestRecordManifest -record twophase/smoke,twophase/live
// records the figures of these models; of all models of a folder when only the
// folder is named, and of the test's own with testdata.
var (
	record       = flag.String("record", "", "models whose figures to record, as folder/model or folder, separated by commas")
	recordEngine = flag.String("record-engine", "both", "model checker that finds them: go, tlc or both")
)

func runner(t *testing.T) *tlc.Runner {
	t.Helper()
	r, err := tlc.Find(tlc.Options{})
	if err != nil && os.Getenv("LOCKSTEP_REQUIRE_TLC") == "1" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip(err)
	}
	return r
}

func TestRecordManifest(t *testing.T) {
	if *record == "" {
		t.Skip("records figures; name the models with -record")
	}
	var engines []engine.Engine
	if *recordEngine != "tlc" {
		engines = append(engines, engine.Go{})
	}
	if *recordEngine != "go" {
		engines = append(engines, engine.TLC{Checker: runner(t)})
	}
	for item := range strings.SplitSeq(*record, ",") {
		folder, model, one := strings.Cut(item, "/")
		path := filepath.Join("..", "..", "specs", folder)
		if folder == "testdata" {
			path = filepath.Join("testdata", "clock")
		}
		var names []string
		if one {
			names = []string{model}
		}
		assert.NoError(t, Record(context.Background(), engines, path, names, Options{}, func(model string, r *engine.Result) {
			t.Logf("%s: %s %s, %d generated, %d distinct, depth %d, counterexample of %d states",
				model, r.Verdict, r.Reason, r.Generated, r.Distinct, r.Depth, len(r.Trace))
		}))
	}
}

// The manifest beside this test is right, and any figure off by one is found
// out by the real TLC.
func TestLiveClock(t *testing.T) {
	r := runner(t)
	f, err := specs.LoadFamily(os.DirFS("testdata"), "clock")
	require.NoError(t, err)
	for _, m := range f.Models {
		out := Check(context.Background(), engine.TLC{Checker: r}, f, m, Options{BytesMax: 512 << 20})
		assert.Equal(t, tlc.OK, out.Verdict, "%s: %s", m.Name, out.Reason)

		m.Distinct--
		out = Check(context.Background(), answer{result: out.Result}, f, m, Options{})
		assert.Equal(t, tlc.Violated, out.Verdict, m.Name)
	}
	// The broken variant, mended: the violation that is expected is not there.
	m, err := f.Model("broken")
	require.NoError(t, err)
	m.Config = "day.cfg"
	out := Check(context.Background(), engine.TLC{Checker: r}, f, m, Options{BytesMax: 512 << 20})
	assert.Equal(t, tlc.Violated, out.Verdict)
	assert.Contains(t, out.Reason, "expected a violation of invariant Stays, found no error")
}

// The committed translations are those of the algorithms.
func TestLiveTranslations(t *testing.T) {
	r := runner(t)
	families, err := specs.Load(specs.FS)
	require.NoError(t, err)
	for _, f := range families {
		_, err := Stale(context.Background(), r, f)
		assert.NoError(t, err)
	}
}

func TestLiveTranslate(t *testing.T) {
	r := runner(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "Counter.tla")
	require.NoError(t, os.WriteFile(file, []byte(`---- MODULE Counter ----
EXTENDS Naturals
(* --algorithm Counter
variable n = 0;
begin
  Count: while n < 3 do n := n + 1; end while;
end algorithm *)
====
`), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "Plain.tla"), []byte("---- MODULE Plain ----\n====\n"), 0o644))
	f := specs.Family{Folder: "counter", Files: os.DirFS(dir)}

	_, err := Stale(context.Background(), r, f)
	var stale *tlc.StaleError
	require.ErrorAs(t, err, &stale)
	assert.Equal(t, "counter/Counter.tla", stale.File)

	changed, err := Translate(context.Background(), r, dir)
	require.NoError(t, err)
	assert.Equal(t, []string{"Counter.tla"}, changed)
	modules, err := Stale(context.Background(), r, f)
	require.NoError(t, err)
	assert.Equal(t, []string{"Counter.tla"}, modules)
	changed, err = Translate(context.Background(), r, dir)
	require.NoError(t, err)
	assert.Empty(t, changed, "what is current is left alone")
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 2)
}
