package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/chaos/cluster"
	"github.com/lockstep-go/lockstep/conformance/observe"
	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/impl/host"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

type serveFlags struct {
	id, listen, http, data, trace string
	peers                         map[string]string
	seed                          uint64
	participants                  int
	remote                        bool
}

func (a *app) serve() *cobra.Command {
	var f serveFlags
	verb := &cobra.Command{
		Use:   "serve PROTOCOL",
		Short: "Run one node of a protocol",
		Long: `Runs one node: TCP to its peers, a write-ahead log in its data directory, and a JSON
API for clients over HTTP. It prints its addresses and runs until it is interrupted.
A node that cannot go on, for a full disk say, stops and exits with 2.`,
		Example: `  lockstep serve twophase --participants 1 --id c --listen 127.0.0.1:7000 \
      --http 127.0.0.1:8000 --peers p1=127.0.0.1:7001 --data data/c`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.serveNode(cmd, args[0], f)
		},
		ValidArgsFunction: protocols,
	}
	verb.Flags().StringVar(&f.id, "id", "", "the node's id")
	verb.Flags().StringVar(&f.listen, "listen", "", "address for the other nodes; port 0 picks one")
	verb.Flags().StringVar(&f.http, "http", "", "address for clients; port 0 picks one")
	verb.Flags().StringToStringVar(&f.peers, "peers", nil, "the other nodes, as ID=ADDRESS,...")
	verb.Flags().StringVar(&f.data, "data", "", "the node's directory, which is created if need be")
	verb.Flags().StringVar(&f.trace, "trace", "", "append the node's trace to this file")
	verb.Flags().Uint64Var(&f.seed, "seed", 1, "picks the times of timers within their ranges")
	verb.Flags().IntVar(&f.participants, "participants", 0, "participants or replicas of the cluster (default: the protocol's)")
	verb.Flags().BoolVar(&f.remote, "allow-remote", false, "allow addresses that are not loopback ones; nothing is authenticated")
	return verb
}

func (a *app) serveNode(cmd *cobra.Command, name string, f serveFlags) error {
	s, err := servedSystem(name)
	if err != nil {
		return err
	}
	for _, need := range [][2]string{{"id", f.id}, {"listen", f.listen}, {"http", f.http}, {"data", f.data}} {
		if need[1] == "" {
			return wrong("expected --id, --listen, --http and --data, found no --%s", need[0])
		}
	}
	p := s.Protocol()
	if s.Served != nil {
		if p, err = s.Served(f.participants); err != nil {
			return wrong("--participants: %w", err)
		}
	} else if f.participants != 0 {
		return wrong("--participants: the size of %s is fixed", s.Name)
	}
	peers := map[protocol.NodeID]string{}
	for id, address := range f.peers {
		peers[protocol.NodeID(id)] = address
	}
	config := host.Config{
		Protocol: p, ID: protocol.NodeID(f.id), Listen: f.listen, HTTP: f.http, Peers: peers, AllowRemote: f.remote,
		Dir: f.data, Seed: f.seed, Logger: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	}
	var recorder *observe.Recorder
	if f.trace != "" {
		w, closeTrace, err := openTrace(s, p, f)
		if err != nil {
			return err
		}
		defer closeTrace()
		recorder = observe.New(w)
		config.Observer = recorder.Observe
	}
	h, err := host.New(config)
	if err != nil {
		return err
	}
	addresses := map[string]string{"id": f.id, "listen": h.Addr().String(), "http": h.HTTPAddr().String()}
	if a.json {
		err = json.NewEncoder(os.Stdout).Encode(addresses)
	} else {
		_, err = fmt.Fprintf(os.Stdout, "node %s of %s: peers %s, clients http://%s, seed %d\n", f.id, s.Name, h.Addr(), h.HTTPAddr(), f.seed)
	}
	if err != nil {
		return errors.Join(err, h.Close())
	}
	ctx, stop := cluster.WithParent(cmd.Context())
	defer stop()
	err = h.Run(ctx)
	if recorder != nil && recorder.Err() != nil {
		err = errors.Join(err, fmt.Errorf("the trace %s: %w", f.trace, recorder.Err()))
	}
	return err
}

// servedSystem finds a protocol by the name under which it is served.
func servedSystem(name string) (verify.System, error) {
	all, err := systems.All()
	if err != nil {
		return verify.System{}, err
	}
	var names []string
	for _, s := range all {
		if s.Serve == name && name != "" {
			return s, nil
		}
		if s.Serve != "" {
			names = append(names, s.Serve)
		}
	}
	return verify.System{}, wrong("expected a protocol that runs as processes (%s), found %q", strings.Join(names, ", "), name)
}

func openTrace(s verify.System, p protocol.Protocol, f serveFlags) (*trace.Writer, func(), error) {
	if s.Trace == nil {
		return nil, nil, wrong("--trace: %s has no specification to trace", s.Name)
	}
	header := trace.Header{Spec: s.Trace.Module, Constants: s.TraceConstants, Node: f.id, Seed: f.seed, Sliced: s.Sliced}
	for _, n := range p.Nodes() {
		header.Nodes = append(header.Nodes, string(n))
	}
	file, err := os.OpenFile(f.trace, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, nil, err
	}
	w, err := trace.Append(file, header)
	if err != nil {
		_ = file.Close()
		return nil, nil, err
	}
	return w, func() { _ = file.Close() }, nil // each event was one Write; there is nothing left to flush
}
