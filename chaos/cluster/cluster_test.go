//go:build unix

package cluster

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

func linesConfig(t *testing.T, nodes ...protocol.NodeID) Config {
	t.Helper()
	program, err := os.Executable()
	require.NoError(t, err)
	return Config{
		Command: []string{program, "{listen}", "{http}", "{peers}", "{trace}", "{id}"},
		Nodes:   nodes,
		Dir:     t.TempDir(),
		Env:     []string{nodeEnv + "=lines"},
	}
}

// start starts a cluster that stops with the test.
func start(t *testing.T, config Config) *Cluster {
	t.Helper()
	c, err := Start(t.Context(), config)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Stop(context.Background()) })
	require.NoError(t, c.Ready(t.Context()))
	return c
}

// The address of a node itself, past the proxy.
func (c *Cluster) direct(id protocol.NodeID) string {
	n, _ := c.node(id)
	return n.http
}

func (c *Cluster) pid(id protocol.NodeID) int {
	n, _ := c.node(id)
	c.mu.Lock()
	defer c.mu.Unlock()
	return n.proc.cmd.Process.Pid
}

func send(t *testing.T, c *Cluster, from, to protocol.NodeID, line string) bool {
	t.Helper()
	resp, err := http.PostForm("http://"+c.direct(from)+"/send", url.Values{"to": {string(to)}, "line": {line}})
	require.NoError(t, err)
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func received(t *testing.T, c *Cluster, id protocol.NodeID) []string {
	t.Helper()
	resp, err := http.Get("http://" + c.direct(id) + "/received")
	require.NoError(t, err)
	defer resp.Body.Close()
	var lines []string
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&lines))
	return lines
}

// arrives sends the line until it is there: a connection that a cut has broken
// takes a write or two before its sender notices.
func arrives(t *testing.T, c *Cluster, from, to protocol.NodeID, line string) {
	t.Helper()
	require.Eventually(t, func() bool {
		send(t, c, from, to, line)
		return slices.Contains(received(t, c, to), line)
	}, 10*time.Second, time.Millisecond)
}

// alive reports whether a process of that id is there.
func alive(pid int) bool { return syscall.Kill(pid, 0) == nil }

func TestCutIsOneWayAndHeals(t *testing.T) {
	c := start(t, linesConfig(t, "a", "b", "c"))
	arrives(t, c, "a", "b", "a1")
	arrives(t, c, "b", "a", "b1")

	require.NoError(t, c.Cut("a", "b"))
	require.NoError(t, c.Cut("a", "b"), "twice")
	assert.True(t, send(t, c, "a", "b", "lost"), "a black hole takes what it is given")
	arrives(t, c, "b", "a", "b2") // the other direction
	arrives(t, c, "a", "c", "a2") // another link, and by now "lost" would be there
	assert.NotContains(t, received(t, c, "b"), "lost")

	require.NoError(t, c.Heal("a", "b"))
	arrives(t, c, "a", "b", "a3")
	assert.NotContains(t, received(t, c, "b"), "lost", "healing does not bring it back")

	assert.ErrorContains(t, c.Cut("a", "nobody"), "there is no link a->nobody")
	assert.NoError(t, c.Stop(t.Context()))
}

func TestCutRepliesToClients(t *testing.T) {
	c := start(t, linesConfig(t, "a"))
	require.NoError(t, c.Cut("a", Clients))
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan error, 1)
	go func() {
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.Address("a")+"/send?to=a", nil)
		_, err := http.DefaultClient.Do(req)
		got <- err
	}()
	require.NoError(t, c.Ready(t.Context())) // the node itself answers
	select {
	case err := <-got:
		t.Fatalf("a reply came through a cut link: %v", err)
	default:
	}
	cancel()
	require.Error(t, <-got)
	require.NoError(t, c.HealAll())
	resp, err := http.Get("http://" + c.Address("a") + "/received")
	require.NoError(t, err)
	resp.Body.Close()
}

func TestSlow(t *testing.T) {
	c := start(t, linesConfig(t, "a", "b", "c"))
	require.NoError(t, c.Slow("a", "b", time.Hour))
	require.True(t, send(t, c, "a", "b", "late"))
	arrives(t, c, "a", "c", "in time")
	assert.Empty(t, received(t, c, "b"))
	require.NoError(t, c.Slow("a", "b", time.Millisecond), "another delay lets go of what the first one held")
	require.Eventually(t, func() bool { return slices.Contains(received(t, c, "b"), "late") }, 10*time.Second, time.Millisecond)
	require.NoError(t, c.HealAll())
	arrives(t, c, "a", "b", "after")
}

func TestKillPauseRestart(t *testing.T) {
	config := linesConfig(t, "a", "b")
	c := start(t, config)
	arrives(t, c, "a", "b", "before")
	first := c.pid("b")
	require.NoError(t, c.Kill("b"))
	assert.False(t, c.Running("b"))
	assert.False(t, alive(first), "it is reaped")
	assert.ErrorIs(t, c.Kill("b"), ErrDown)
	assert.ErrorIs(t, c.Pause("b"), ErrDown)
	require.NoError(t, c.Restart("b"))
	require.NoError(t, c.Ready(t.Context(), "b"))
	assert.NotEqual(t, first, c.pid("b"))
	arrives(t, c, "a", "b", "after")
	assert.NotContains(t, received(t, c, "b"), "before", "a killed process forgets")

	require.NoError(t, c.Pause("b"))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	assert.ErrorIs(t, c.Ready(ctx, "b"), context.DeadlineExceeded)
	require.NoError(t, c.Resume("b"))
	require.NoError(t, c.Ready(t.Context(), "b"))
	assert.Contains(t, received(t, c, "b"), "after", "a paused one does not")

	require.NoError(t, c.Pause("a"))
	require.NoError(t, c.Kill("a"), "a paused process can be killed")
	require.NoError(t, c.Restart("a"))
	require.NoError(t, c.Ready(t.Context()))
	require.NoError(t, c.Restart("a"), "one that runs is killed first")
	require.NoError(t, c.Ready(t.Context()))
	assert.Empty(t, c.Exits(), "all of that was our doing")
	assert.ErrorContains(t, c.Kill("x"), `found the node id "x", expected one of [a b]`)

	require.NoError(t, c.Pause("b"))
	pids := []int{c.pid("a"), c.pid("b")}
	require.NoError(t, c.Stop(t.Context()), "paused nodes stop too")
	for _, pid := range pids {
		assert.False(t, alive(pid))
	}
	for _, id := range []string{"a", "b"} {
		text, err := os.ReadFile(filepath.Join(config.Dir, id+".trace.ndjson"))
		require.NoError(t, err)
		assert.Equal(t, "stopped\n", string(text), "gracefully")
	}
	assert.Error(t, c.Restart("a"), "the cluster has stopped")
}

func TestExitOnItsOwnIsNoted(t *testing.T) {
	c := start(t, linesConfig(t, "a", "b"))
	_, err := http.Get("http://" + c.direct("a") + "/fail")
	require.Error(t, err)
	require.Eventually(t, func() bool { return len(c.Exits()) == 1 }, 10*time.Second, time.Millisecond)
	e := c.Exits()[0]
	assert.Equal(t, Exit{Node: "a", Incarnation: 1, Reason: "exit status 3", Log: "failing as I was told"}, e)
	require.ErrorContains(t, c.Ready(t.Context()), "failing as I was told")
	require.NoError(t, c.Restart("a"))
	require.NoError(t, c.Ready(t.Context()))
	require.NoError(t, c.Stop(t.Context()))
}

func TestStopKillsWhatDoesNotStop(t *testing.T) {
	config := linesConfig(t, "a")
	config.Env = append(config.Env, "LOCKSTEP_TEST_DEAF=1")
	config.Grace = 50 * time.Millisecond
	c := start(t, config)
	pid := c.pid("a")
	require.ErrorContains(t, c.Stop(t.Context()), "node a had to be killed")
	assert.False(t, alive(pid))
}

func TestContextKillsAll(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, err := Start(ctx, linesConfig(t, "a", "b"))
	require.NoError(t, err)
	pids := []int{c.pid("a"), c.pid("b")}
	cancel()
	require.Eventually(t, func() bool { return !c.Running("a") && !c.Running("b") }, 10*time.Second, time.Millisecond)
	require.NoError(t, c.Stop(context.Background()))
	for _, pid := range pids {
		assert.False(t, alive(pid))
	}
}

func TestStartRefuses(t *testing.T) {
	for want, change := range map[string]func(*Config){
		"expected a Command":                func(c *Config) { c.Command = nil },
		"expected Nodes":                    func(c *Config) { c.Nodes = nil },
		"expected a Dir":                    func(c *Config) { c.Dir = "" },
		`found the node id "a/b"`:           func(c *Config) { c.Nodes = []protocol.NodeID{"a/b"} },
		`found the node id "a", expected d`: func(c *Config) { c.Nodes = []protocol.NodeID{"a", "a"} },
		`found the node id "clients"`:       func(c *Config) { c.Nodes = []protocol.NodeID{Clients} },
		"at most 31":                        func(c *Config) { c.Nodes = make([]protocol.NodeID, 32) },
		"expected neither = nor ;":          func(c *Config) { c.Failpoints = map[string]string{"x": "return(1);y=panic"} },
		"no such file":                      func(c *Config) { c.Command = []string{filepath.Join(c.Dir, "nothing")} },
	} {
		config := linesConfig(t, "a", "b")
		change(&config)
		_, err := Start(t.Context(), config)
		assert.ErrorContains(t, err, want)
	}
}

func TestGoroutinesEnd(t *testing.T) {
	before := runtime.NumGoroutine()
	c := start(t, linesConfig(t, "a", "b"))
	arrives(t, c, "a", "b", "x")
	require.NoError(t, c.Cut("a", "b"))
	require.NoError(t, c.HealAll())
	require.NoError(t, c.Stop(t.Context()))
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	require.Eventually(t, func() bool { return runtime.NumGoroutine() <= before+1 }, 10*time.Second, time.Millisecond)
}

func TestChildrenDieWithTheirParent(t *testing.T) {
	program, err := os.Executable()
	require.NoError(t, err)
	parent := exec.Command(program, program, t.TempDir())
	parent.Env = append(os.Environ(), nodeEnv+"=parent")
	parent.Stderr = os.Stderr
	out, err := parent.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, parent.Start())
	var pids []int
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	for _, f := range strings.Fields(line) {
		pid, err := strconv.Atoi(f)
		require.NoError(t, err)
		assert.True(t, alive(pid))
		pids = append(pids, pid)
	}
	require.Len(t, pids, 2)
	require.NoError(t, parent.Process.Kill())
	require.Error(t, parent.Wait())
	// The second one is paused, and only Linux ends that.
	ended := func(pid int) bool {
		// Nobody may be there to reap an orphan.
		stat, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		return !alive(pid) || strings.Contains(string(stat), ") Z ")
	}
	require.Eventually(t, func() bool {
		return ended(pids[0]) && (runtime.GOOS != "linux" || ended(pids[1]))
	}, 10*time.Second, time.Millisecond)
	_ = syscall.Kill(pids[1], syscall.SIGKILL)
}
