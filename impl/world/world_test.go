package world_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/impl/world/worldtest"
)

func clients() []world.Client {
	return []world.Client{
		{Name: "c1", Ops: []protocol.Op{worldtest.Op{Add: 1}, worldtest.Op{Add: 2}, worldtest.Op{Get: true}}},
		{Name: "c2", Ops: []protocol.Op{worldtest.Op{Add: 4}, worldtest.Op{Get: true}}},
	}
}

func newWorld(t testing.TB, o world.Options) *world.World {
	t.Helper()
	w, err := world.New(worldtest.Counter{Replicas: 2}, o)
	require.NoError(t, err)
	return w
}

// apply applies choices written as in a schedule.
func apply(t testing.TB, w *world.World, lines ...string) world.Step {
	t.Helper()
	var last world.Step
	for _, line := range lines {
		c, err := world.ParseChoice(w.Protocol(), line)
		require.NoError(t, err)
		require.Equal(t, line, c.String())
		last, err = w.Apply(c)
		require.NoError(t, err)
	}
	return last
}

func refused(t *testing.T, w *world.World, line string) {
	t.Helper()
	before := w.AppendState(nil)
	c, err := world.ParseChoice(w.Protocol(), line)
	require.NoError(t, err)
	_, err = w.Apply(c)
	require.ErrorIs(t, err, world.ErrNotOpen)
	assert.Equal(t, before, w.AppendState(nil), "a refused choice changed the world")
}

func TestOneAddition(t *testing.T) {
	w := newWorld(t, world.Options{CheckContract: true})
	st := apply(t, w, `invoke c1/1 @p {"add":5}`)
	assert.Empty(t, st.Sent, "nothing leaves before the record is durable")
	require.Len(t, w.Held("p"), 1)
	st = apply(t, w, "sync p")
	require.Len(t, st.Sent, 2)
	assert.Equal(t, "p->r1 append 1 c1/1 +5", st.Sent[0].Message.String())
	apply(t, w, "deliver p->r1 #1", "sync r1", "deliver p->r2 #2")
	apply(t, w, "deliver r1->p #3")
	apply(t, w, "drop p->r2 #4") // which it was sent again
	st = apply(t, w, "sync r2", "deliver r2->p #5")
	require.Len(t, st.Replies, 1)
	assert.Equal(t, worldtest.Result{Total: 5}, st.Replies[0].Result)
	assert.False(t, st.Replies[0].Lost)
	assert.Empty(t, w.InFlight())
	refused(t, w, "deliver r2->p #5")
	refused(t, w, "sync p")
	refused(t, w, "timeout p retransmit")
	refused(t, w, "restart p")
}

func TestCrashLosesASuffixOfWhatIsNotDurable(t *testing.T) {
	w := newWorld(t, world.Options{CheckContract: true})
	apply(t, w, `invoke c1/1 @p {"add":1}`, `invoke c2/1 @p {"add":2}`, `invoke c3/1 @p {"add":3}`, "sync p upto=1")
	records, durable := w.Log("p")
	assert.Len(t, records, 3)
	assert.Equal(t, 1, durable)
	assert.Len(t, w.InFlight(), 2, "the sync released the first addition's messages alone")
	refused(t, w, "crash p lose=3")
	refused(t, w, "sync p upto=2")
	for lose := 0; lose <= 2; lose++ {
		v := w.Clone()
		apply(t, v, fmt.Sprintf("crash p lose=%d", lose))
		assert.False(t, v.Up("p"))
		assert.Nil(t, v.Node("p"))
		assert.Empty(t, v.Held("p"))
		assert.Empty(t, v.Timers("p"))
		records, durable := v.Log("p")
		assert.Len(t, records, 3-lose)
		assert.Equal(t, 3-lose, durable)
		refused(t, v, `invoke c1/1 @p {"add":1}`)
		st := apply(t, v, "restart p")
		assert.Len(t, st.Input.(protocol.Start).Records, 3-lose)
	}
	apply(t, w, "crash p lose=2 torn")
	records, _ = w.Log("p")
	assert.Len(t, records, 1)
}

func TestLinks(t *testing.T) {
	w := newWorld(t, world.Options{})
	apply(t, w, `invoke c1/1 @p {"add":1}`, "sync p", "cut p->r1")
	assert.True(t, w.IsCut("p", "r1"))
	assert.False(t, w.IsCut("r1", "p"))
	refused(t, w, "deliver p->r1 #1")
	refused(t, w, "cut p->r1")
	refused(t, w, "heal r1->p")
	refused(t, w, "cut p->p")
	refused(t, w, "deliver p->r2 #1")
	apply(t, w, "duplicate p->r1 #1", "drop p->r1 #1", "heal p->r1", "deliver p->r1 #1")
	refused(t, w, "deliver p->r1 #1")
	apply(t, w, "crash r2 lose=0")
	refused(t, w, "deliver p->r2 #2")
	apply(t, w, "restart r2", "deliver p->r2 #2")
}

func TestHangup(t *testing.T) {
	w := newWorld(t, world.Options{Clients: clients()})
	apply(t, w, `invoke c1/1 @p {"add":1}`, "sync p", "deliver p->r1 #1", "deliver p->r2 #2", "sync r1", "sync r2",
		"deliver r1->p #3", "hangup c1")
	refused(t, w, "hangup c1")
	st := apply(t, w, "deliver r2->p #4")
	require.Len(t, st.Replies, 1)
	assert.True(t, st.Replies[0].Lost)
	st = apply(t, w, `invoke c1/1 @p {"add":1}`)
	require.Len(t, st.Replies, 1)
	assert.False(t, st.Replies[0].Lost, "a client that invokes again listens again")
	assert.Equal(t, worldtest.Result{Total: 1}, st.Replies[0].Result)
}

func TestCheckpoint(t *testing.T) {
	p := logger{}
	w, err := world.New(p, world.Options{CheckContract: true})
	require.NoError(t, err)
	log := func(w *world.World) (s []string, durable int) {
		records, durable := w.Log("n")
		for _, r := range records {
			s = append(s, string(r))
		}
		return s, durable
	}
	apply(t, w, `invoke c/1 @n "a"`, `invoke c/2 @n "b"`, "sync n", `invoke c/3 @n "c"`, `invoke c/4 @n "!"`, `invoke c/5 @n "d"`)
	// The checkpoint is of two records, and then d.
	records, durable := log(w)
	assert.Equal(t, []string{"a", "b", "c", "!3", "!!", "d"}, records)
	assert.Equal(t, 2, durable)
	for lose, want := range [][]string{{"!3", "!!", "d"}, {"!3", "!!"}, {"a", "b", "c", "!3"}, {"a", "b", "c"}, {"a", "b"}} {
		v := w.Clone()
		apply(t, v, fmt.Sprintf("crash n lose=%d", lose))
		records, durable := log(v)
		assert.Equal(t, want, records, "lose=%d", lose)
		assert.Equal(t, len(want), durable)
		if lose != 2 { // the logger does not recover from half a checkpoint
			apply(t, v, "restart n")
		}
	}
	v := w.Clone()
	apply(t, v, "sync n upto=2")
	records, durable = log(v)
	assert.Equal(t, []string{"a", "b", "c", "!3", "!!", "d"}, records, "half a checkpoint stands for nothing")
	assert.Equal(t, 4, durable)
	apply(t, v, "sync n upto=1")
	records, durable = log(v)
	assert.Equal(t, []string{"!3", "!!", "d"}, records)
	assert.Equal(t, 2, durable)
	apply(t, w, "sync n")
	records, durable = log(w)
	assert.Equal(t, []string{"!3", "!!", "d"}, records)
	assert.Equal(t, 3, durable)
}

func TestBoundedCopies(t *testing.T) {
	unlimited := world.Bounds{Timeouts: world.Unlimited, Copies: 1}
	w := newWorld(t, world.Options{Bounds: &unlimited})
	apply(t, w, `invoke c1/1 @p {"add":1}`, "sync p")
	st := apply(t, w, "timeout p retransmit")
	assert.Len(t, st.Sent, 2)
	assert.Len(t, w.InFlight(), 2, "the second copies are lost")
}

func TestChoicesAreOpenAndBounded(t *testing.T) {
	b := world.Bounds{Timeouts: 1, PartialSyncs: 1, Retries: 1, Drops: 1, Duplicates: 1, Crashes: 1, Hangups: 1, Cuts: 1}
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 0))
		w := newWorld(t, world.Options{Clients: clients(), Bounds: &b})
		used := map[string]int{}
		n := 0
		for ; n < 500; n++ {
			choices := w.Choices()
			if len(choices) == 0 {
				break
			}
			c := choices[rng.IntN(len(choices))]
			for _, c := range choices {
				parsed, err := world.ParseChoice(w.Protocol(), c.String())
				require.NoError(t, err)
				require.Equal(t, c, parsed)
			}
			_, err := w.Apply(c)
			require.NoError(t, err)
			used[c.Kind.String()]++
		}
		require.Less(t, n, 500, "seed %d: a bounded world does not end", seed)
		for _, k := range []string{"timeout", "drop", "duplicate", "crash", "hangup", "cut"} {
			require.LessOrEqual(t, used[k], 1, "seed %d: %s", seed, k)
		}
	}
}

// What a run does must not depend on clones taken of it, nor show in them.
func TestClonesAreIndependent(t *testing.T) {
	for seed := range uint64(100) {
		rng := rand.New(rand.NewPCG(seed, 1))
		plain := newWorld(t, world.Options{Clients: clients()})
		cloned := newWorld(t, world.Options{Clients: clients()})
		type snapshot struct {
			w   *world.World
			enc []byte
		}
		var kept []snapshot
		for range 80 {
			choices := plain.Choices()
			require.Equal(t, choices, cloned.Choices())
			c := choices[rng.IntN(len(choices))]
			if rng.IntN(2) == 0 {
				kept = append(kept, snapshot{cloned, cloned.AppendState(nil)})
				cloned = cloned.Clone()
			}
			if rng.IntN(4) == 0 { // and a stray that goes elsewhere
				stray := cloned.Clone()
				_, err := stray.Apply(choices[rng.IntN(len(choices))])
				require.NoError(t, err)
			}
			a, err := plain.Apply(c)
			require.NoError(t, err)
			b, err := cloned.Apply(c)
			require.NoError(t, err)
			require.Equal(t, world.AppendOutput(nil, a.Output), world.AppendOutput(nil, b.Output))
			require.Equal(t, plain.AppendState(nil), cloned.AppendState(nil), "seed %d", seed)
		}
		for _, k := range kept {
			require.Equal(t, k.enc, k.w.AppendState(nil), "seed %d: a clone's step shows", seed)
		}
	}
}

// The encoding forgets the numbers of messages and nothing else that counts.
func TestStateIsAMultisetOfMessages(t *testing.T) {
	a, b := newWorld(t, world.Options{}), newWorld(t, world.Options{})
	apply(t, a, `invoke c1/1 @p {"add":1}`, "sync p")
	apply(t, b, `invoke c1/1 @p {"add":1}`, "sync p", "timeout p retransmit", "drop p->r1 #1", "drop p->r2 #4")
	assert.Equal(t, a.AppendState(nil), b.AppendState(nil))
	apply(t, b, "duplicate p->r1 #3")
	assert.NotEqual(t, a.AppendState(nil), b.AppendState(nil), "copies count")
	assert.Len(t, deliveries(b), 2, "identical messages are one choice")
	for _, line := range []string{"cut p->r1", "hangup c1", "crash p lose=0", "drop p->r1 #1", "timeout p retransmit"} {
		v := a.Clone()
		apply(t, v, line)
		assert.NotEqual(t, a.AppendState(nil), v.AppendState(nil), line)
	}
	x, y := newWorld(t, world.Options{}), newWorld(t, world.Options{})
	apply(t, x, `invoke c1/1 @p {"add":1}`)
	apply(t, y, `invoke c1/1 @p {"add":1}`, "crash p lose=0", "restart p")
	assert.NotEqual(t, x.AppendState(nil), y.AppendState(nil), "what is durable counts")
}

func deliveries(w *world.World) (d []world.Choice) {
	for _, c := range w.Choices() {
		if c.Kind == world.Deliver {
			d = append(d, c)
		}
	}
	return d
}

func TestObserverSeesCausality(t *testing.T) {
	var seen []protocol.Observation
	w := newWorld(t, world.Options{Observer: func(o protocol.Observation) { seen = append(seen, o) }})
	require.Len(t, seen, 3, "the first starts")
	apply(t, w, `invoke c1/1 @p {"add":1}`, "sync p", "deliver p->r1 #1", "sync r1", "crash p lose=0", "restart p", "deliver r1->p #3")
	require.Len(t, seen, 9)
	assert.Equal(t, []protocol.MessageID{"1", "2"}, seen[4].Sent)
	assert.Equal(t, protocol.MessageID("1"), seen[5].Received)
	assert.Empty(t, seen[5].Sent)
	assert.True(t, seen[4].Clock.Before(seen[5].Clock))
	assert.Equal(t, protocol.VectorClock{"p": 3, "r1": 2}, seen[5].Clock)
	assert.Equal(t, protocol.VectorClock{"p": 5, "r1": 3}, seen[8].Clock, "a clock counts over incarnations")
	assert.Equal(t, seen[8].Clock, w.Clock("p"))
}

func TestClocks(t *testing.T) {
	p := logger{}
	w, err := world.New(p, world.Options{Clocks: map[protocol.NodeID]world.Clock{"n": {Offset: 7, DriftPPM: -100_000}}})
	require.NoError(t, err)
	w.SetNow(1_000_000_500)
	apply(t, w, `invoke c/1 @n "now"`)
	assert.EqualValues(t, 900_000_450+7, w.Node("n").(*loggerNode).now)
}

func TestContractBreachesAreCaught(t *testing.T) {
	for _, bug := range []worldtest.Bug{worldtest.NoRecord, worldtest.SharedClone, worldtest.BadWire} {
		caught := false
		for seed := uint64(0); seed < 20 && !caught; seed++ {
			rng := rand.New(rand.NewPCG(seed, 2))
			w, err := world.New(worldtest.Counter{Replicas: 2, Bug: bug}, world.Options{Clients: clients(), CheckContract: true})
			require.NoError(t, err)
			for range 200 {
				choices := w.Choices()
				if _, err = w.Apply(choices[rng.IntN(len(choices))]); err != nil {
					break
				}
			}
			var broken *world.NodeError
			if caught = errors.As(err, &broken); caught {
				t.Logf("%s: %v", bug, err)
			}
		}
		assert.True(t, caught, "%s was not caught", bug)
	}
	// The control: the counter without a bug keeps the contract.
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 2))
		w := newWorld(t, world.Options{Clients: clients(), CheckContract: true})
		for range 200 {
			choices := w.Choices()
			_, err := w.Apply(choices[rng.IntN(len(choices))])
			require.NoError(t, err)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	p := worldtest.Counter{Replicas: 1}
	for _, o := range []world.Options{
		{Clients: []world.Client{{Name: "a b"}}},
		{Clients: []world.Client{{Name: "a"}, {Name: "a"}}},
		{Clocks: map[protocol.NodeID]world.Clock{"x": {}}},
	} {
		_, err := world.New(p, o)
		assert.Error(t, err)
	}
}
