package cluster

import (
	"errors"
	"fmt"
	"github.com/lockstep-go/lockstep/impl/host/ports"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Clients stands for all the clients in the names of links.
const Clients protocol.NodeID = "clients"

// Config says what to start.
type Config struct {
	// Command is the program of a node and its arguments, in which these are
	// replaced:
	//
	//	{id}           the node's id
	//	{listen}       the address at which it takes its peers' messages
	//	{http}         the address at which it takes clients' requests
	//	{peers}        the other nodes, as id=address,id=address,...
	//	{data}         its data directory, Dir/data/ID
	//	{trace}        the file for its trace, Dir/ID.trace.ndjson
	//	{seed}         Seed
	//	{incarnation}  1 at its first start, 2 at the next
	//
	// See Serve.
	Command []string

	Nodes []protocol.NodeID
	Dir   string // must exist; the cluster's files go there
	Seed  uint64

	// Env is added to the environment of every node, as KEY=value.
	Env []string

	// Failpoints are armed at every start of every node, before anything
	// runs, by name; the program must have been built with them.
	Failpoints map[string]string

	// Grace is how long a node may take to stop, and a proxy to change; 10 s
	// when it is 0.
	Grace time.Duration

	Logger *slog.Logger // nothing is logged when it is nil
}

// Serve is the Command of a node of the given protocol: the serve verb of the
// lockstep program.
func Serve(program, protocol string) []string {
	return []string{
		program, "serve", protocol,
		"--id", "{id}",
		"--listen", "{listen}",
		"--http", "{http}",
		"--peers", "{peers}",
		"--data", "{data}",
		"--trace", "{trace}",
		"--seed", "{seed}",
	}
}

func (c *Config) check() error {
	switch {
	case len(c.Command) == 0:
		return errors.New("cluster: expected a Command, found none")
	case len(c.Nodes) == 0:
		return errors.New("cluster: expected Nodes, found none")
	case 2*len(c.Nodes) > ports.Max:
		return fmt.Errorf("cluster: found %d nodes, expected at most %d", len(c.Nodes), ports.Max/2)
	case c.Dir == "":
		return errors.New("cluster: expected a Dir, found none")
	}
	for i, id := range c.Nodes {
		if id == "" || id == Clients || strings.ContainsAny(string(id), "/\\=, ") || slices.Contains(c.Nodes[:i], id) {
			return fmt.Errorf("cluster: found the node id %q, expected distinct ids that fit into a file's name, and not %q", id, Clients)
		}
	}
	for name, terms := range c.Failpoints {
		if name == "" || strings.ContainsAny(name+terms, "=;") {
			return fmt.Errorf("cluster: found the failpoint %q with the terms %q, expected neither = nor ; in them", name, terms)
		}
	}
	return nil
}

func (c *Config) tracePath(id protocol.NodeID) string {
	return filepath.Join(c.Dir, string(id)+".trace.ndjson")
}

func (c *Config) dataPath(id protocol.NodeID) string {
	return filepath.Join(c.Dir, "data", string(id))
}

func (c *Config) logPath(id protocol.NodeID, stream string) string {
	return filepath.Join(c.Dir, string(id)+"."+stream+".log")
}

// command returns the arguments of one start of a node.
func (c *Config) command(n *node, peers string) []string {
	r := strings.NewReplacer(
		"{id}", string(n.id),
		"{listen}", n.listen,
		"{http}", n.http,
		"{peers}", peers,
		"{data}", c.dataPath(n.id),
		"{trace}", c.tracePath(n.id),
		"{seed}", strconv.FormatUint(c.Seed, 10),
		"{incarnation}", strconv.Itoa(n.incarnation),
	)
	args := make([]string, len(c.Command))
	for i, a := range c.Command {
		args[i] = r.Replace(a)
	}
	return args
}

// failpointsEnv is how failpoint's runtime takes failpoints at the start.
func (c *Config) failpointsEnv() string {
	var terms []string
	for _, name := range slices.Sorted(maps.Keys(c.Failpoints)) {
		terms = append(terms, name+"="+c.Failpoints[name])
	}
	return "GO_FAILPOINTS=" + strings.Join(terms, ";")
}
