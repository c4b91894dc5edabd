// Package lockstep_test holds the rules of the house that span packages.
package lockstep_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/lockstep-go/lockstep/"

// floors are those of docs/architecture.md, from the top: a package imports
// only packages of lower floors, or of its own folder. Folders that share a
// floor know nothing of each other.
var floors = [][]string{
	{"docs"}, // the book's examples
	{"cmd"},
	{"report"},
	{"verify"}, // with verify/models and verify/systems
	{"chaos"},
	{"conformance"},
	{"tla", "linearizability", "impl", "specs"},
}

// protocols are the packages of impl that are protocols. They import what
// protocolMay lists, each other's folders never, and nothing that does I/O.
var (
	notProtocols = []string{"impl/protocol", "impl/world", "impl/host", "impl/wal", "impl/failpoint"}
	protocolMay  = []string{"impl/protocol", "impl/failpoint"}
	inputOutput  = []string{"net", "net/http", "os", "os/exec", "os/signal", "io/ioutil", "syscall", "log", "log/slog", "math/rand", "time/tzdata", "crypto/rand", "sync"}
)

func TestArrows(t *testing.T) {
	imports := list(t)
	require.Greater(t, len(imports), 20, "go list must have found the packages")
	for _, problem := range broken(imports) {
		t.Error(problem)
	}
}

// The control: an edge that must not be is reported, with what to do.
func TestArrowsReportAFakeEdge(t *testing.T) {
	for edge, want := range map[[2]string]string{
		{"conformance/trace", "chaos/sim"}:   "imports run downwards only",
		{"tla/eval", "specs"}:                "know nothing of each other",
		{"impl/world", "linearizability"}:    "know nothing of each other",
		{"report", "cmd/lockstep"}:           "nothing imports cmd",
		{"verify/systems", "report"}:         "imports run downwards only",
		{"impl/twophase", "impl/world"}:      "a protocol imports only",
		{"impl/paxos", "impl/twophase"}:      "a protocol imports only",
		{"impl/raft/quorum", "impl/paxos"}:   "a protocol imports only",
		{"impl/twophase", "net/http"}:        "does no I/O",
		{"impl/protocol", "impl/twophase"}:   "the contract knows no protocol",
		{"elsewhere/x", "impl/protocol"}:     "a folder that docs/architecture.md does not have",
		{"conformance/trace", "elsewhere"}:   "a folder that docs/architecture.md does not have",
		{"tla/value", "conformance/trace"}:   "imports run downwards only",
		{"linearizability", "impl/protocol"}: "know nothing of each other",
		{"cmd/other", "cmd/lockstep"}:        "nothing imports cmd",
		{"docs/examples/lock", "impl/world"}: "an example is a program of others",
		{"impl/host", "impl/twophase"}:       "the contract knows no protocol",
	} {
		from, to := edge[0], edge[1]
		if !strings.Contains(to, "net/") {
			to = module + to
		}
		found := broken(map[string][]string{module + from: {to}})
		require.Len(t, found, 1, "%v", edge)
		assert.Contains(t, found[0], want)
		assert.Contains(t, found[0], "fix:", "%v", edge)
	}
	assert.Empty(t, broken(map[string][]string{
		module + "cmd/lockstep":        {module + "verify", module + "impl/host", "os"},
		module + "conformance/observe": {module + "conformance/trace", module + "impl/protocol"},
		module + "impl/raft":           {module + "impl/raft/quorum", module + "impl/protocol", module + "impl/failpoint", "fmt"},
		module + "docs/examples/lock":  {module + "conformance/trace", "sync"},
		module + "impl/host":           {module + "impl/wal", "net"},
	}))
}

// list returns the imports of every package of the module, tests left out: a
// test may reach wherever it has to.
func list(t *testing.T) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	out, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		t.Fatalf("go list: %v\n%s", err, failed.Stderr)
	}
	require.NoError(t, err)
	imports := map[string][]string{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return imports
		}
		require.NoError(t, err)
		imports[p.ImportPath] = p.Imports
	}
}

func broken(imports map[string][]string) []string {
	var problems []string
	for path, list := range imports {
		from, ours := strings.CutPrefix(path, module)
		if !ours || strings.Contains(path+"/", "/testdata/") {
			continue // the root holds only tests
		}
		for _, to := range list {
			if p := edge(from, to); p != "" {
				problems = append(problems, fmt.Sprintf("%s imports %s: %s", from, strings.TrimPrefix(to, module), p))
			}
		}
	}
	slices.Sort(problems)
	return problems
}

// edge says what is wrong with an import, and how to put it right.
func edge(from, path string) string {
	protocol := isProtocol(from)
	to, ours := strings.CutPrefix(path, module)
	if !ours {
		if protocol && slices.Contains(inputOutput, path) {
			return "a protocol does no I/O and shares nothing; fix: return what is to be done in an Output, and let impl/host or impl/world do it"
		}
		return ""
	}
	a, b := floor(from), floor(to)
	switch {
	case a < 0 || b < 0:
		return "a folder that docs/architecture.md does not have; fix: put the package into one of its folders, or change the document and this test"
	case folder(from) == "docs" && to != "conformance/trace":
		return "an example is a program of others, which records its traces and knows no more of us; fix: import conformance/trace only, and what judges the traces in its tests"
	case folder(to) == "cmd":
		return "nothing imports cmd; fix: move what is needed to report, verify or the package that it is about"
	case protocol && !within(to, protocolFolder(from)) && !slices.Contains(protocolMay, to):
		return "a protocol imports only " + strings.Join(protocolMay, ", ") + "; fix: what drives a protocol belongs to impl/world or impl/host, and what two protocols share to impl/protocol"
	case !protocol && folder(from) == "impl" && isProtocol(to):
		return "the contract knows no protocol, nor does what drives it; fix: take a protocol.Protocol, and let verify/systems hand it in"
	case a > b:
		return fmt.Sprintf("imports run downwards only (%s is below %s); fix: move the type down to where both may see it, or take a function or an interface", folder(from), folder(to))
	case a == b && folder(from) != folder(to):
		return fmt.Sprintf("%s and %s know nothing of each other; fix: let a package of a higher floor bring them together", folder(from), folder(to))
	}
	return ""
}

func folder(path string) string {
	first, _, _ := strings.Cut(path, "/")
	return first
}

func floor(path string) int {
	return slices.IndexFunc(floors, func(f []string) bool { return slices.Contains(f, folder(path)) })
}

func within(path, folder string) bool { return path == folder || strings.HasPrefix(path, folder+"/") }

// protocolFolder is impl/NAME of a package in it.
func protocolFolder(path string) string {
	parts := strings.SplitN(path, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}

func isProtocol(path string) bool {
	return strings.HasPrefix(path, "impl/") && !slices.ContainsFunc(notProtocols, func(p string) bool { return within(path, p) })
}
