package lock_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/docs/examples/lock"
	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/module"
)

// run lets two clients take the lock a few times, and returns the traces: a file
// for each client, and one for the server.
func run(t *testing.T, hasty bool) []string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	node := func(name string) *trace.Node {
		f, err := os.Create(filepath.Join(dir, name+".trace.ndjson"))
		require.NoError(t, err)
		t.Cleanup(func() { _ = f.Close() })
		files = append(files, f.Name())
		w, err := trace.NewWriter(f, trace.Header{Spec: "Lock", Node: name})
		require.NoError(t, err)
		return trace.NewNode(name, w)
	}
	names := []string{"a", "b"}
	server := lock.NewServer(names, node("server"))
	server.Hasty = hasty
	var clients []*lock.Client
	for _, name := range names {
		clients = append(clients, &lock.Client{Name: name, Server: server, Tracer: node(name)})
	}
	// With a hasty server both clients are inside before either leaves.
	times, f := 20, func() {}
	if hasty {
		times = 1
		inside := make(chan bool, 2)
		both := make(chan bool)
		go func() {
			<-inside
			<-inside
			close(both)
		}()
		f = func() { inside <- true; <-both }
	}
	require.NoError(t, lock.Run(server, clients, times, f))
	return files
}

var spec = refine.Spec{Modules: os.DirFS("."), Module: "Lock", Constants: map[string]string{"Clients": `{"a", "b"}`}}

func TestTheLockServerIsWhatTheSpecificationSays(t *testing.T) {
	var g refine.Engine
	_, r, err := g.ValidateFiles(t.Context(), spec, nil, run(t, false)...)
	require.NoError(t, err)
	require.Equal(t, refine.OK, r.Verdict, r.Reason)
	require.Equal(t, 2*20*5, r.Events)
}

func TestTheHastyServerIsCaught(t *testing.T) {
	var g refine.Engine
	_, r, err := g.ValidateFiles(t.Context(), spec, nil, run(t, true)...)
	require.NoError(t, err)
	require.Equal(t, refine.Violated, r.Verdict)
	require.Equal(t, "Enter", r.Rejected[0].Event.Action)
	require.Contains(t, r.Rejected[0].Reason, "Head(queue) = c")
}

// The specification itself holds what it promises.
func TestSpecification(t *testing.T) {
	m, err := check.Load("Lock.tla", "Lock.cfg", module.Options{})
	require.NoError(t, err)
	r := m.Run(t.Context(), check.Options{})
	require.Equal(t, check.OK, r.Verdict, r.Reasons)
	require.Greater(t, r.Distinct, int64(20))
}

// The trace specification comes to the same, which is how the community does
// it: one file, read by the specification.
func TestTraceSpecification(t *testing.T) {
	for _, hasty := range []bool{false, true} {
		header, events, err := trace.ReadFiles(run(t, hasty)...)
		require.NoError(t, err)
		name := filepath.Join(t.TempDir(), "all.ndjson")
		f, err := os.Create(name)
		require.NoError(t, err)
		w, err := trace.NewWriter(f, header)
		require.NoError(t, err)
		for _, e := range events {
			require.NoError(t, w.Write(e))
		}
		require.NoError(t, f.Close())
		t.Setenv("TRACE", name)
		m, err := check.Load("TraceLock.tla", "TraceLock.cfg", module.Options{})
		require.NoError(t, err)
		r := m.Run(t.Context(), check.Options{})
		if hasty {
			require.Equal(t, check.Violated, r.Verdict, r.Reasons)
			require.Equal(t, "Explained", r.Property)
		} else {
			require.Equal(t, check.OK, r.Verdict, r.Reasons)
			require.Equal(t, len(events)+1, int(r.Distinct))
		}
	}
}
