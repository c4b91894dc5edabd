// Node is a node of two-phase commit, for the tests of package cluster: the
// serve verb and nothing else.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/lockstep-go/lockstep/chaos/cluster"
	"github.com/lockstep-go/lockstep/impl/host"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/twophase"
)

func main() {
	if err := serve(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(args []string) error {
	if len(args) < 2 || args[0] != "serve" || args[1] != "twophase" {
		return fmt.Errorf("found the arguments %q, expected serve twophase", args)
	}
	c := host.Config{
		Protocol: twophase.New(3, twophase.Options{}),
		Peers:    map[protocol.NodeID]string{},
		Logger:   slog.New(slog.NewTextHandler(os.Stderr, nil)),
	}
	flags := flag.NewFlagSet("serve", flag.ExitOnError)
	flags.StringVar((*string)(&c.ID), "id", "", "")
	flags.StringVar(&c.Listen, "listen", "", "")
	flags.StringVar(&c.HTTP, "http", "", "")
	flags.StringVar(&c.Dir, "data", "", "")
	flags.Uint64Var(&c.Seed, "seed", 0, "")
	flags.String("trace", "", "not written")
	peers := flags.String("peers", "", "")
	if err := flags.Parse(args[2:]); err != nil {
		return err
	}
	for _, p := range strings.Split(*peers, ",") {
		if id, address, ok := strings.Cut(p, "="); ok {
			c.Peers[protocol.NodeID(id)] = address
		}
	}
	ctx, cancel := cluster.WithParent(context.Background())
	defer cancel()
	ctx, cancel = signal.NotifyContext(ctx, syscall.SIGTERM)
	defer cancel()
	h, err := host.New(c)
	if err != nil {
		return err
	}
	return h.Run(ctx)
}
