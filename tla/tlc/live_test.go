package tlc

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// go test ./tla/tlc -run TestLive -rewrite records the outputs in testdata
// anew; the diff is to be read before it is committed.
var rewrite = flag.Bool("rewrite", false, "record the outputs of TLC in testdata anew")

// runner finds TLC, or skips the test; LOCKSTEP_REQUIRE_TLC=1 makes its
// absence a failure.
func runner(t *testing.T) *Runner {
	t.Helper()
	r, err := Find(Options{})
	if err != nil && os.Getenv("LOCKSTEP_REQUIRE_TLC") == "1" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip(err)
	}
	return r
}

func specs(t *testing.T, module string) Request {
	t.Helper()
	config, err := os.ReadFile(filepath.Join("testdata", "specs", module+".cfg"))
	require.NoError(t, err)
	return Request{Modules: os.DirFS(filepath.Join("testdata", "specs")), Module: module, Config: config, Coverage: true, Heap: "512m"}
}

func TestLive(t *testing.T) {
	r := runner(t)
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	before := listing(t)
	for _, e := range expectations {
		t.Run(e.name, func(t *testing.T) {
			q := specs(t, e.name)
			var output bytes.Buffer
			q.Output = &output
			result, err := r.Check(context.Background(), q)
			require.NoError(t, err)
			e.check(t, result)
			if *rewrite {
				require.NoError(t, os.MkdirAll(filepath.Join("testdata", "output"), 0o755))
				require.NoError(t, os.WriteFile(filepath.Join("testdata", "output", e.name+".txt"), anonymous(output.Bytes()), 0o644))
			}
			again := read(bytes.NewReader(recorded(t, e.name)), false, nil).conclude(e.exit, e.properties)
			again.Printed = result.Printed
			assert.Equal(t, anonymousResult(again), anonymousResult(result), "the jar says what the recording says")
		})
	}
	assert.Equal(t, before, listing(t), "a check leaves nothing beside the specifications")
	left, err := os.ReadDir(temporary)
	require.NoError(t, err)
	for _, e := range left { // the subtests' own folders stay until they are over
		assert.NotContains(t, e.Name(), "lockstep", "a check leaves nothing among the temporary files")
	}
}

// listing is the files beside the specifications.
func listing(t *testing.T) []string {
	t.Helper()
	beside, err := filepath.Glob(filepath.Join("testdata", "specs", "*"))
	require.NoError(t, err)
	return beside
}

var (
	machine   = regexp.MustCompile(` on \d+ cores with \d+MB heap and \d+MB offheap memory \[pid: \d+\] \([^)]*\)`)
	workspace = regexp.MustCompile(`/\S*/lockstep-tlc-\d+`)
)

// anonymous takes the machine out of a recorded output.
func anonymous(output []byte) []byte {
	return workspace.ReplaceAll(machine.ReplaceAll(output, nil), []byte("/tmp/tlc"))
}

func anonymousResult(r *Result) Result {
	c := *r
	c.Errors, c.Warnings = nil, nil // they hold paths and times
	return c
}

func TestLivePrintedLines(t *testing.T) {
	result, err := runner(t).Check(context.Background(), specs(t, "Ok"))
	require.NoError(t, err)
	require.Len(t, result.Printed, 15, "5 evaluations of Tick at each count")
	assert.Equal(t, `<<"tick", 0>>`, result.Printed[0])
	assert.Zero(t, result.PrintedCut)
}

func TestLiveSimulationIsNeverOK(t *testing.T) {
	r := runner(t)
	q := specs(t, "Ok")
	q.Simulate = &Simulation{Behaviours: 5, Depth: 7, Seed: 3}
	q.Config = []byte("CONSTANT N = 3\nSPECIFICATION Spec\nINVARIANT TypeOK\n")
	result, err := r.Check(context.Background(), q)
	require.NoError(t, err)
	assert.Equal(t, Unknown, result.Verdict)
	assert.Equal(t, KindSimulation, result.Kind, result.Reason)
	assert.Positive(t, result.Generated)

	q = specs(t, "Invariant")
	q.Simulate = &Simulation{Behaviours: 5, Depth: 7, Seed: 3}
	result, err = r.Check(context.Background(), q)
	require.NoError(t, err)
	assert.Equal(t, Violated, result.Verdict, result.Reason)
	assert.Equal(t, "Small", result.Property)
}

func TestLiveIgnoreDeadlock(t *testing.T) {
	q := specs(t, "Deadlock")
	q.IgnoreDeadlock = true
	result, err := runner(t).Check(context.Background(), q)
	require.NoError(t, err)
	assert.Equal(t, OK, result.Verdict, result.Reason)
}

// A check that is stopped, or whose virtual machine dies, is unknown.
func TestLiveStopped(t *testing.T) {
	r := runner(t)
	ctx, cancel := context.WithCancelCause(context.Background())
	q := specs(t, "Large")
	q.Output = writerFunc(func(p []byte) { // once it is under way
		if bytes.Contains(p, []byte("STARTMSG 2190:")) {
			cancel(errors.New("time limit of the test"))
		}
	})
	result, err := r.Check(ctx, q)
	require.NoError(t, err)
	assert.Equal(t, Unknown, result.Verdict)
	assert.Equal(t, KindStopped, result.Kind)
	assert.Contains(t, result.Reason, "time limit of the test")
	assert.Equal(t, 2, result.ExitStatus())
}

func TestLiveOutOfMemory(t *testing.T) {
	q := specs(t, "Ok")
	q.Heap = "1k" // Java refuses to start
	result, err := runner(t).Check(context.Background(), q)
	require.NoError(t, err)
	assert.Equal(t, Unknown, result.Verdict)
	assert.Equal(t, KindCrash, result.Kind)
	assert.Contains(t, result.Reason, "heap", "what Java says is part of the reason")
}

type writerFunc func([]byte)

func (f writerFunc) Write(p []byte) (int, error) { f(p); return len(p), nil }

func TestLiveVersion(t *testing.T) {
	version, err := runner(t).Version(context.Background())
	require.NoError(t, err)
	assert.Equal(t, "Version 2.18 of 20 March 2023", version)
}

// codes.go holds the constants of the jar, all of them and no other.
func TestCodes(t *testing.T) {
	r := runner(t)
	javap, err := exec.LookPath("javap")
	if err != nil {
		t.Skip("javap, which comes with a Java development kit, is not on PATH")
	}
	out, err := exec.Command(javap, "-constants", "-cp", r.Jar(), "tlc2.output.EC").Output()
	require.NoError(t, err)
	found := map[string]bool{}
	for _, m := range regexp.MustCompile(`int (\w+) = (\d{4,});`).FindAllStringSubmatch(string(out), -1) {
		found[m[1]] = true
		assert.Equal(t, m[1], codeNames[Code(number9(m[2]))])
	}
	assert.Len(t, codeNames, len(found))
}

func TestLivePlusCal(t *testing.T) {
	r := runner(t)
	ctx := context.Background()
	source := os.DirFS(filepath.Join("testdata", "specs"))
	var stale *StaleError
	require.ErrorAs(t, r.Stale(ctx, source, "Stale.tla"), &stale)
	assert.True(t, stale.Missing)

	text, err := os.ReadFile(filepath.Join("testdata", "specs", "Stale.tla"))
	require.NoError(t, err)
	translated, err := r.Translate(ctx, "Stale", text)
	require.NoError(t, err)
	assert.Contains(t, string(translated), "Spec == Init /\\ [][Next]_vars")

	dir := t.TempDir()
	file := filepath.Join(dir, "Stale.tla")
	require.NoError(t, os.WriteFile(file, translated, 0o644))
	require.NoError(t, r.Stale(ctx, os.DirFS(dir), "Stale.tla"))

	// The algorithm changed, the translation did not; and the other way round.
	for _, change := range [][2]string{{"while n < 3", "while n < 4"}, {"/\\ n' = n + 1", "/\\ n' = n + 2"}} {
		changed := strings.Replace(string(translated), change[0], change[1], 1)
		require.NotEqual(t, string(translated), changed)
		require.NoError(t, os.WriteFile(file, []byte(changed), 0o644))
		err := r.Stale(ctx, os.DirFS(dir), "Stale.tla")
		require.ErrorAs(t, err, &stale)
		assert.Positive(t, stale.Line)
		assert.Contains(t, err.Error(), "make specs")
	}
	names, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, names, 1, "nothing is left behind")

	_, err = r.Translate(ctx, "Stale", []byte(strings.Replace(string(text), "n := n + 1", "m := n + 1", 1)))
	assert.ErrorContains(t, err, "Assignment to undeclared variable m at line 7")
	_, err = r.Translate(ctx, "Ok", []byte("---- MODULE Ok ----\n===="))
	assert.ErrorIs(t, err, ErrNoAlgorithm)
}
