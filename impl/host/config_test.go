package host_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/host"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

func TestBadConfigurations(t *testing.T) {
	for want, spoil := range map[string]func(*host.Config){
		"no protocol": func(c *host.Config) { c.Protocol = nil },
		`found node "z", expected one of [a b] of protocol script`:         func(c *host.Config) { c.ID = "z" },
		"found no address of node b, expected one for each of [a b] but a": func(c *host.Config) { c.Peers = nil },
		`node b: found address "nowhere", expected host:port`:              func(c *host.Config) { c.Peers["b"] = "nowhere" },
		`found an address of node "z", expected only [a b]`:                func(c *host.Config) { c.Peers["z"] = "127.0.0.1:1" },
		"no directory": func(c *host.Config) { c.Dir = "" },
		`listen: found address "0.0.0.0:0", expected a loopback address`: func(c *host.Config) { c.Listen = "0.0.0.0:0" },
		`http: found address ":0", expected a loopback address`:          func(c *host.Config) { c.HTTP = ":0" },
		`http: found address "192.0.2.1:0", expected a loopback address`: func(c *host.Config) { c.HTTP = "192.0.2.1:0" },
		`listen: found address "", expected host:port`:                   func(c *host.Config) { c.Listen = "" },
		"found FrameBytesMax -1":                                         func(c *host.Config) { c.FrameBytesMax = -1 },
		"found SegmentBytes -1":                                          func(c *host.Config) { c.Log.SegmentBytes = -1 },
		"address already in use":                                         func(c *host.Config) { c.HTTP = c.Listen },
	} {
		c := newCluster(t, script{"a": nil, "b": nil}, nil).config("a")
		spoil(&c)
		_, err := host.New(c)
		assert.ErrorContains(t, err, want)
	}
}

func TestRemoteAddressesMustBeAllowed(t *testing.T) {
	c := newCluster(t, script{"a": nil}, nil).config("a")
	c.HTTP, c.AllowRemote = "0.0.0.0:0", true
	h, err := host.New(c)
	require.NoError(t, err)
	assert.NotEmpty(t, h.HTTPAddr().String())
	require.NoError(t, h.Close())
	require.Error(t, h.Close())
	require.Error(t, h.Run(t.Context()), "closed")
}

func TestADirectoryBelongsToANode(t *testing.T) {
	open := func(c *cluster, id protocol.NodeID) error {
		h, err := host.New(c.config(id))
		if err != nil {
			return err
		}
		return h.Close()
	}
	record := func() *cluster {
		c := newCluster(t, script{"a": recordAll, "b": recordAll}, nil)
		c.start("a")
		_, err := c.do("a", "c", 1, "x")
		require.NoError(t, err)
		require.NoError(t, c.stop("a"))
		return c
	}
	c := record()
	require.NoError(t, open(c, "a"), "the control")

	own := c.dirs["b"]
	c.dirs["b"] = c.dirs["a"]
	assert.ErrorContains(t, open(c, "b"), `found the directory of node "a" of protocol "script", expected that of node "b"`)
	c.dirs["b"] = own

	running := c.config("a")
	h, err := host.New(running)
	require.NoError(t, err)
	other := running
	other.Listen, other.HTTP = "127.0.0.1:0", "127.0.0.1:0"
	_, err = host.New(other)
	assert.ErrorContains(t, err, "is locked")
	require.NoError(t, h.Close())

	node := filepath.Join(c.dirs["a"], "node.json")
	good, err := os.ReadFile(node)
	require.NoError(t, err)
	for content, want := range map[string]string{
		"":                                 "node.json: EOF",
		"{":                                "node.json: unexpected EOF",
		`{"protocol":"script","node":"a"}`: "found incarnation 0",
		`{"x":1}`:                          `unknown field "x"`,
	} {
		require.NoError(t, os.WriteFile(node, []byte(content), 0o644))
		assert.ErrorContains(t, open(c, "a"), want)
	}
	require.NoError(t, os.Remove(node))
	assert.ErrorContains(t, open(c, "a"), "node.json is gone, but the log beside it has 1 records")
	require.NoError(t, os.WriteFile(node, good, 0o644))
	require.NoError(t, open(c, "a"))
	require.NoError(t, os.RemoveAll(filepath.Join(c.dirs["a"], "wal")))
	assert.ErrorContains(t, open(c, "a"), "node a has run before, but its log")
}

// recordAll records each request and replies to it.
func recordAll(_ time.Duration, in protocol.Input) protocol.Output {
	if r, ok := in.(protocol.Request); ok {
		return protocol.Output{Records: [][]byte{[]byte(r.Op.(string))}, Replies: []protocol.Reply{{ID: r.ID}}}
	}
	return protocol.Output{}
}
