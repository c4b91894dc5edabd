package explore_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/impl/world/worldtest"
)

func counter(bug worldtest.Bug, replicas int) explore.Config {
	return explore.Config{
		Protocol: worldtest.Counter{Replicas: replicas, Bug: bug},
		Clients: []world.Client{
			{Name: "c1", Ops: []protocol.Op{worldtest.Op{Add: 1}, worldtest.Op{Get: true}}},
			{Name: "c2", Ops: []protocol.Op{worldtest.Op{Add: 4}}},
		},
		Invariant: worldtest.CheckCommitted,
	}
}

func TestSmoke(t *testing.T) {
	cfg := counter(worldtest.None, 2)
	cfg.Bounds.Timeouts = 1
	cfg.Bounds.Crashes = 1
	for _, full := range []bool{true, false} {
		cfg.Full = full
		r, err := explore.Run(t.Context(), cfg)
		require.NoError(t, err)
		t.Logf("%+v", r)
	}
	cfg = counter(worldtest.AckEarly, 2)
	cfg.Bounds.Timeouts = 1
	cfg.Bounds.Crashes = 1
	r, err := explore.Run(t.Context(), cfg)
	require.NoError(t, err)
	t.Logf("%+v", r)
	t.Log("\n", r.Violation.Diagram)
}
