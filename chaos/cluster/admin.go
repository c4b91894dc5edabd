package cluster

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/impl/host"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// adminTimeout bounds a call to a node, which may be paused.
const adminTimeout = 2 * time.Second

// Enable arms a failpoint in a node's process, until Disable or the process
// ends. While one is armed whose terms say panic or return, the process may end
// without that being noted among Exits.
func (c *Cluster) Enable(ctx context.Context, id protocol.NodeID, name, terms string) error {
	c.arm(id, name, strings.Contains(terms, "panic") || strings.Contains(terms, "return"))
	return c.admin(ctx, id, "enable", name, func(ctx context.Context, api host.Client, address string) error {
		return api.EnableFailpoint(ctx, address, name, terms)
	})
}

// Disable disarms a failpoint in a node's process.
func (c *Cluster) Disable(ctx context.Context, id protocol.NodeID, name string) error {
	err := c.admin(ctx, id, "disable", name, func(ctx context.Context, api host.Client, address string) error {
		return api.DisableFailpoint(ctx, address, name)
	})
	if err == nil {
		c.arm(id, name, false)
	}
	return err
}

// Hits returns how often each failpoint that a node's program declares was
// evaluated since its process started. It is an error if the program was built
// without failpoints.
func (c *Cluster) Hits(ctx context.Context, id protocol.NodeID) (hits map[string]uint64, err error) {
	err = c.admin(ctx, id, "count", "failpoints", func(ctx context.Context, api host.Client, address string) error {
		hits, err = api.Failpoints(ctx, address)
		return err
	})
	return hits, err
}

// arm notes whether a failpoint may end the node's process.
func (c *Cluster) arm(id protocol.NodeID, name string, mayEnd bool) {
	n, err := c.node(id)
	if err != nil {
		return // admin says so
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if n.proc == nil {
		return
	}
	if mayEnd {
		n.proc.armed[name] = true
	} else {
		delete(n.proc.armed, name)
	}
}

func (c *Cluster) admin(ctx context.Context, id protocol.NodeID, verb, what string, do func(context.Context, host.Client, string) error) error {
	n, err := c.node(id)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, adminTimeout)
	defer cancel()
	if err := do(ctx, host.Client{}, n.http); err != nil {
		if !c.Running(id) {
			err = ErrDown
		}
		return fmt.Errorf("cluster: node %s: %s %s: %w", id, verb, what, err)
	}
	return nil
}
