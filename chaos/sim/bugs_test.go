package sim_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/chaos/sim"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/impl/world/worldtest"
)

// appliedTwice is an invariant: no request is in a log twice.
func appliedTwice(v world.View) error {
	records, _ := v.Log("p")
	seen := map[string]bool{}
	for _, b := range records {
		r := protocol.NewReader(b)
		id := fmt.Sprintf("%s/%d", r.String(), r.Uint())
		if seen[id] {
			return errors.New("request " + id + " was applied twice")
		}
		seen[id] = true
	}
	return nil
}

// lostAcknowledged is an invariant that does not look before a crash: what is
// committed is in the log of every replica that is up, durable or not.
func lostAcknowledged(v world.View) error {
	p, ok := v.Node("p").(*worldtest.Node)
	if !ok {
		return nil
	}
	for _, id := range v.Protocol().Nodes()[1:] {
		if records, _ := v.Log(id); len(records) < p.Committed() {
			return fmt.Errorf("%d are committed, and %s has %d", p.Committed(), id, len(records))
		}
	}
	return nil
}

// Each bug is found under a plan with the fault that it needs, its schedule
// replays to the same violation, and shrinks to a few choices. The same
// configuration without the bug finds nothing.
func TestBugsAreFoundAndShrunk(t *testing.T) {
	for _, bug := range []struct {
		bug       worldtest.Bug
		plan      string
		contract  bool
		invariant func(world.View) error
		choices   int // at most, when shrunk
	}{
		{worldtest.AckEarly, "crashes", false, lostAcknowledged, 8},
		{worldtest.ForgetRequests, "everything", false, appliedTwice, 4},
		{worldtest.NoRecord, "calm", true, nil, 3},
		{worldtest.BadWire, "calm", true, nil, 3},
		{worldtest.SharedClone, "calm", true, nil, 5},
		{worldtest.Panics, "calm", false, nil, 3},
	} {
		t.Run(string(bug.bug), func(t *testing.T) {
			with := func(b worldtest.Bug, seed uint64) sim.Config {
				cfg := config(seed, plan(t, bug.plan))
				cfg.Protocol = worldtest.Counter{Replicas: 2, Bug: b}
				cfg.CheckContract, cfg.Invariant = bug.contract, bug.invariant
				return cfg
			}
			var found *sim.Result
			seed := uint64(0)
			for ; found == nil && seed < 200; seed++ {
				run, err := sim.Run(with(bug.bug, seed))
				require.NoError(t, err)
				if run.Violation != nil {
					found = run
				}
			}
			require.NotNil(t, found, "not found in %d seeds", seed)
			for s := range uint64(30) {
				run, err := sim.Run(with(worldtest.None, s))
				require.NoError(t, err)
				require.Nil(t, run.Violation, "the control, seed %d", s)
			}

			replay, err := sim.Replay(&found.Schedule, with(bug.bug, 0))
			require.NoError(t, err)
			require.NotNil(t, replay.Violation)
			assert.Equal(t, found.Violation.Error(), replay.Violation.Error())
			assert.Equal(t, found.HashString(), replay.HashString())

			configure := func() (sim.Config, func(*sim.Result) bool) { return with(bug.bug, 0), nil }
			short, res, trials, err := sim.Shrink(&found.Schedule, configure, 3000)
			require.NoError(t, err)
			require.NotNil(t, res.Violation)
			assert.LessOrEqual(t, len(short.Events), bug.choices, "%s", short)
			t.Logf("seed %d, %d choices, %d after %d trials: %v\n%s", seed-1, found.Events, len(short.Events), trials, res.Violation, short)

			replay, err = sim.Replay(short, with(bug.bug, 0))
			require.NoError(t, err)
			require.NotNil(t, replay.Violation)

			// What does not fail does not shrink.
			configure = func() (sim.Config, func(*sim.Result) bool) { return with(worldtest.None, 0), nil }
			_, _, _, err = sim.Shrink(short, configure, 100)
			require.ErrorContains(t, err, "found one that does not")
		})
	}
}

// A failure may be anything that can be seen in a result: here, that somebody
// was never answered although his operation reached a node.
func TestShrinkByJudge(t *testing.T) {
	cfg := config(7, plan(t, "everything"))
	run, err := sim.Run(cfg)
	require.NoError(t, err)
	configure := func() (sim.Config, func(*sim.Result) bool) {
		return cfg, func(r *sim.Result) bool { return r.Returned > 0 }
	}
	short, res, _, err := sim.Shrink(&run.Schedule, configure, 5000)
	require.NoError(t, err)
	assert.Equal(t, 1, res.Returned)
	assert.LessOrEqual(t, len(short.Events), 12, "%s", short)
}

func TestGeneratedPlans(t *testing.T) {
	for seed := range uint64(60) {
		run, err := sim.Run(config(seed, fault.Generate(seed)))
		require.NoError(t, err)
		require.Nil(t, run.Violation, "seed %d:\n%s", seed, fault.Generate(seed))
		require.Empty(t, run.Incomplete)
	}
}
