package twophase_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/twophase"
	"github.com/lockstep-go/lockstep/impl/world"
)

// run is a world, the choices taken in it, and the answers that clients got.
type run struct {
	t       *testing.T
	seed    uint64
	rng     *rand.Rand
	w       *world.World
	nodes   []protocol.Node
	used    []string
	answers map[protocol.RequestID]twophase.Result
}

func newRun(t *testing.T, seed uint64, participants, checkpoint int) *run {
	r := &run{t: t, seed: seed, rng: rand.New(rand.NewPCG(seed, 3)), answers: map[protocol.RequestID]twophase.Result{}}
	var clients []world.Client
	for c := range 3 {
		var ops []protocol.Op
		for i := range 4 {
			op := twophase.Op{
				Read:  []string{fmt.Sprint("k", r.rng.IntN(4))},
				Write: map[string]string{fmt.Sprint("k", r.rng.IntN(4)): fmt.Sprint(c, ".", i)},
			}
			if r.rng.IntN(4) == 0 {
				op.Compare = map[string]string{fmt.Sprint("k", r.rng.IntN(4)): ""}
			}
			ops = append(ops, op)
		}
		clients = append(clients, world.Client{Name: fmt.Sprint("c", c), Ops: ops})
	}
	var err error
	r.w, err = world.New(twophase.New(participants, twophase.Options{CheckpointEvery: checkpoint}),
		world.Options{Clients: clients, CheckContract: true})
	require.NoError(t, err)
	return r
}

func (r *run) apply(c world.Choice) {
	r.used = append(r.used, c.String())
	trail := func() string { return fmt.Sprintf("seed %d after\n%s", r.seed, strings.Join(r.used, "\n")) }
	step, err := r.w.Apply(c)
	if err != nil {
		require.NoError(r.t, err, trail())
	}
	for _, reply := range step.Replies {
		got := reply.Result.(twophase.Result)
		if got.Outcome == twophase.Forgotten {
			continue
		}
		// Every answer to one request is the same: it was applied at most once.
		if was, ok := r.answers[reply.ID]; ok {
			require.Equal(r.t, was, got, "%s, %s", reply.ID, trail())
		}
		r.answers[reply.ID] = got
	}
	r.nodes = r.nodes[:0]
	for _, id := range r.w.Protocol().Nodes() {
		r.nodes = append(r.nodes, r.w.Node(id))
	}
	if err := twophase.CheckAtomicity(r.nodes); err != nil {
		require.NoError(r.t, err, trail())
	}
}

// random applies one choice of a kind picked by its weight.
func (r *run) random(weight map[world.Kind]int) bool {
	byKind := map[world.Kind][]world.Choice{}
	total := 0
	for _, c := range r.w.Choices() {
		if byKind[c.Kind] == nil {
			total += weight[c.Kind]
		}
		byKind[c.Kind] = append(byKind[c.Kind], c)
	}
	if total == 0 {
		return false
	}
	x := r.rng.IntN(total)
	for _, k := range slices.Sorted(maps.Keys(byKind)) {
		if x -= weight[k]; x < 0 {
			r.apply(byKind[k][r.rng.IntN(len(byKind[k]))])
			return true
		}
	}
	return false
}

// heal lets everything that is under way come to its end: all nodes up, all
// messages delivered, all syncs done, timers fired when nothing else is left,
// each client asking again when it has no answer. It reports whether that took
// fewer than the given number of rounds of timers.
func (r *run) heal(rounds int) bool {
	for range rounds {
		for r.random(map[world.Kind]int{world.Deliver: 1, world.Sync: 1, world.Restart: 1, world.Heal: 1}) {
		}
		quiet := true
		for _, c := range r.w.Choices() {
			retry := c.Kind == world.Invoke
			ask := c.Kind == world.Timeout && !strings.HasPrefix(c.Timer, "vote/")
			if retry || ask {
				quiet = false
				r.apply(c)
			}
		}
		if quiet {
			return true
		}
	}
	return false
}

// Random worlds keep the contract and atomicity at every step and, once
// nothing fails any more, end with every request answered, no lock held and
// no transaction left.
func TestRandomWorlds(t *testing.T) {
	faults := map[world.Kind]int{world.Deliver: 60, world.Sync: 40, world.Timeout: 4, world.Restart: 20,
		world.Invoke: 10, world.Drop: 3, world.Duplicate: 5, world.Crash: 1, world.Cut: 1, world.Heal: 3, world.Hangup: 1}
	outcomes := map[string]int{}
	for seed := range uint64(60) {
		r := newRun(t, seed, 1+int(seed%3), []int{-1, 1, 2, 7}[seed%4])
		for range 300 {
			if !r.random(faults) {
				break
			}
		}
		require.True(t, r.heal(200), "seed %d does not come to rest after\n%s", seed, strings.Join(r.used, "\n"))
		require.Empty(t, r.w.InFlight())
		require.Len(t, r.answers, 12, "seed %d: a client has no answer", seed)
		for _, n := range r.nodes {
			require.Empty(t, twophase.Unsettled(n), "seed %d", seed)
		}
		for _, a := range r.answers {
			outcomes[a.Outcome+a.Reason]++
		}
	}
	t.Log("seeds 0 to 59:", outcomes)
	for _, o := range []string{"committed", "abortedconflict", "abortedcompare", "abortedtimeout"} {
		require.NotZero(t, outcomes[o], "no walk came to %s", o)
	}
}
