package fault

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/impl/world/worldtest"
)

func TestPlansReadAsTheyPrint(t *testing.T) {
	var all []Plan
	for _, name := range Names() {
		p, err := Named(name)
		require.NoError(t, err)
		require.NoError(t, p.Check())
		all = append(all, p)
	}
	for seed := range uint64(500) {
		p := Generate(seed)
		require.Equal(t, p, Generate(seed))
		require.NoError(t, p.Check())
		all = append(all, p)
	}
	for _, p := range all {
		got, err := ReadPlan("x", strings.NewReader(p.String()))
		require.NoError(t, err, "%s", p)
		require.Equal(t, p, got)
	}
	assert.NotEqual(t, Generate(1).Faults, Generate(2).Faults)
	_, err := Named("storm")
	assert.ErrorContains(t, err, `calm, lossy, partitions, crashes, everything, found "storm"`)
}

func TestGenerateDrawsEveryKind(t *testing.T) {
	var drawn [Kinds]int
	for seed := range uint64(100) {
		for _, e := range Generate(seed).Faults {
			drawn[e.Fault.Kind()]++
		}
	}
	for k, n := range drawn {
		assert.NotZero(t, n, Kind(k))
	}
}

func TestReadPlanRefuses(t *testing.T) {
	const head = "# lockstep plan 1\nplan x\n"
	for text, want := range map[string]string{
		"":                                                    `p:1: expected "# lockstep plan 1", found the end`,
		"# lockstep plan 2\n":                                 `p:1: expected "# lockstep plan 1", found "# lockstep plan 2"`,
		"# lockstep plan 1\n# nothing\n":                      "p:2: expected plan NAME, found the end",
		"# lockstep plan 1\nloss rate=0":                      "p:2: expected plan NAME before the first fault",
		"# lockstep plan 1\nplan a b":                         "p:2: plan: expected a name",
		head + "\nfire rate=1":                                `p:4: expected a fault (loss,`,
		head + "loss":                                         "p:3: loss: expected rate, found no rate",
		head + "loss rate=2":                                  "p:3: loss: rate: expected a probability from 0 to 1",
		head + "loss rate=NaN":                                "a probability",
		head + "loss rate=0.1 rate=0.1":                       "at most once",
		head + "loss rate=0.1 by=1ms":                         `found "by=1ms"`,
		head + "loss rate=0.1 budget=-1":                      "expected a count",
		head + "loss rate=0.1 from=2s to=1s":                  "expected from before to",
		head + "delay rate=0.1 by=2ms..1ms":                   "lower end first",
		head + "delay rate=0.1 by=-1ms":                       "expected a duration",
		head + "delay rate=0.1 by=99999h":                     "at most",
		head + "pause every=0s for=1ms":                       "at least 1ms",
		head + "partition every=1s for=1s shapes=":            "some of split,one-way,isolate",
		head + "partition every=1s for=1s shapes=split,split": "each once",
	} {
		_, err := ReadPlan("p", strings.NewReader(text))
		assert.ErrorContains(t, err, want, text)
	}
	assert.ErrorContains(t, Plan{Name: "x", Faults: []Entry{{Fault: &Loss{math.NaN()}}}}.Check(), "probability")
	assert.Error(t, Plan{Name: "x", Faults: []Entry{{Fault: &Partition{Every: time.Second}}}}.Check())
}

func FuzzReadPlan(f *testing.F) {
	for _, name := range Names() {
		p, err := Named(name)
		require.NoError(f, err)
		f.Add(p.String())
	}
	f.Add(Generate(3).String())
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadPlan("p", strings.NewReader(text))
		if err != nil {
			return
		}
		again, err := ReadPlan("p", strings.NewReader(p.String()))
		if err != nil || again.String() != p.String() {
			t.Fatalf("%q prints as %q, which reads as %q, %v", text, p, again, err)
		}
	})
}

func TestPartitionsHaveTheirShapes(t *testing.T) {
	nodes := []protocol.NodeID{"a", "b", "c", "d"}
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 0))
		for _, shape := range shapes {
			cut := map[Link]bool{}
			for _, l := range (&Partition{Shapes: []Shape{shape}}).Cuts(nodes, rng) {
				cut[l] = true
			}
			require.NotEmpty(t, cut)
			degree := map[protocol.NodeID]int{}
			for l := range cut {
				require.NotEqual(t, l.From, l.To)
				require.Equal(t, shape != OneWay, cut[Link{l.To, l.From}], "%s", shape)
				degree[l.From]++
			}
			if shape == Isolate {
				require.Len(t, cut, 6)
			}
			// Two sides, and each link from one to the other: complete bipartite.
			if shape == OneWay {
				require.Contains(t, []int{3, 4}, len(cut))
				for _, n := range degree {
					require.Equal(t, len(cut)/len(degree), n)
				}
			}
		}
	}
	assert.Empty(t, (&Partition{Shapes: shapes}).Cuts(nodes[:1], rand.New(rand.NewPCG(0, 0))))
}

func TestCrashLoss(t *testing.T) {
	rng := rand.New(rand.NewPCG(0, 0))
	seen := map[string]bool{}
	for range 300 {
		lose, torn := (&Crash{Lose: 0.5, Torn: 0.5}).Loss(3, rng)
		seen[fmt.Sprint(lose, torn)] = true
		lose, torn = (&Crash{Lose: 1, Torn: 1}).Loss(0, rng)
		require.Zero(t, lose)
		require.False(t, torn)
	}
	assert.Len(t, seen, 7, "%v", seen)
	assert.False(t, seen["0 true"])
}

const scheduleText = `# lockstep schedule 1
protocol counter
option replicas 2
seed 42
plan lossy
0s invoke c1/1 @p {"add":1}
1.5ms sync p
1.5ms cut p->r1
2.000001ms deliver p->r2 #2
1m0.25s crash r2 lose=1 torn
`

func open(h Header) (protocol.Protocol, error) {
	if h.Protocol != "counter" {
		return nil, fmt.Errorf("expected counter, found %q", h.Protocol)
	}
	return worldtest.Counter{Replicas: 2}, nil
}

func TestScheduleReadsAsItPrints(t *testing.T) {
	s, p, err := ReadSchedule("s", strings.NewReader(scheduleText), open)
	require.NoError(t, err)
	assert.Equal(t, "counter", p.Name())
	assert.Equal(t, scheduleText, s.String())
	assert.Equal(t, Header{"counter", []Option{{"replicas", "2"}}, 42, "lossy"}, s.Header)
	require.Len(t, s.Events, 5)
	assert.Equal(t, 2000001*time.Nanosecond, s.Events[3].At)

	byHand := "# lockstep schedule 1\n\n# by hand\nprotocol counter\n  \nsync p\n# then\n3ms sync p upto=2\nrestart p  \n"
	s, _, err = ReadSchedule("s", strings.NewReader(byHand), open)
	require.NoError(t, err)
	assert.Equal(t, "# lockstep schedule 1\nprotocol counter\nseed 0\n0s sync p\n3ms sync p upto=2\n3ms restart p\n", s.String())
}

func TestReadScheduleRefuses(t *testing.T) {
	const head = "# lockstep schedule 1\nprotocol counter\n"
	for text, want := range map[string]string{
		"":                                     `s:1: expected "# lockstep schedule 1", found the end`,
		"# lockstep plan 1":                    `found "# lockstep plan 1"`,
		"# lockstep schedule 1\n":              "s:1: expected protocol NAME",
		"# lockstep schedule 1\nsync p":        "s:2: expected protocol NAME",
		"# lockstep schedule 1\n\nprotocol x":  `s:3: expected counter, found "x"`,
		head + "protocol counter":              "s:3: expected one line \"protocol\" at most",
		head + "option a 1\noption a 2":        "s:4: expected one line \"option a\"",
		head + "seed -1":                       "s:3: expected seed NUMBER",
		head + "sync p\nfly p":                 "s:4: expected a choice",
		head + "sync p\nseed 3":                "s:4: expected a choice",
		head + "2ms sync p\n1ms sync p":        "s:4: expected a time from 2ms",
		head + "2 sync p":                      "s:3: expected a duration",
		head + "1ms":                           "s:3: expected a choice",
		head + `invoke c1/1 @p {"sub":1}`:      "s:3: invoke: operation",
		head + strings.Repeat("x", lineMax+10): "s:3: bufio.Scanner: token too long",
	} {
		_, _, err := ReadSchedule("s", strings.NewReader(text), open)
		assert.ErrorContains(t, err, want, "%.80s", text)
	}
	_, _, err := ReadSchedule("s", failingReader{}, open)
	assert.ErrorContains(t, err, "s:1: disk on fire")
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, errors.New("disk on fire") }

func FuzzReadSchedule(f *testing.F) {
	f.Add(scheduleText)
	f.Add("# lockstep schedule 1\nprotocol counter\n3ms sync p\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, _, err := ReadSchedule("s", strings.NewReader(text), open)
		if err != nil {
			return
		}
		again, _, err := ReadSchedule("s", strings.NewReader(s.String()), open)
		if err != nil || again.String() != s.String() {
			t.Fatalf("%q prints as %q, which reads as %v, %v", text, s, again, err)
		}
	})
}

func FuzzDurations(f *testing.F) {
	for _, d := range []int64{0, 1, 999, 1000, 1500, 1e6, 1234567, 1e9, 1000000001, 59999999999, 6e10, 3600e9 + 5} {
		f.Add(d)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		d := time.Duration(n)
		if d < 0 || d > durationMax {
			return
		}
		text := string(appendDuration(nil, d))
		if text != d.String() {
			t.Fatalf("%d prints as %s, expected %s", n, text, d)
		}
		if got, err := parseDuration(text); err != nil || got != d {
			t.Fatalf("%s reads as %d, %v, expected %d", text, got, err, n)
		}
	})
}

// A long random run, of which a short part makes a certain thing true: a
// replica has lost an entry that the primary has seen it acknowledge.
func TestShrink(t *testing.T) {
	found := 0
	for seed := range uint64(300) {
		p := worldtest.Counter{Replicas: 2, Bug: worldtest.AckEarly}
		newWorld := func() *world.World {
			// Without cuts, which would be most of the choices.
			bounds := world.Bounds{Timeouts: -1, PartialSyncs: -1, Retries: -1, Drops: -1, Duplicates: -1, Crashes: -1}
			w, err := world.New(p, world.Options{Bounds: &bounds, Clients: []world.Client{
				{Name: "c1", Ops: []protocol.Op{worldtest.Op{Add: 1}, worldtest.Op{Add: 2}}},
				{Name: "c2", Ops: []protocol.Op{worldtest.Op{Add: 4}, worldtest.Op{Get: true}}},
			}})
			require.NoError(t, err)
			return w
		}
		failed := func(w *world.World) bool { return worldtest.CheckCommitted(w) != nil }
		w := newWorld()
		rng := rand.New(rand.NewPCG(seed, 0))
		var events []Event
		for len(events) < 300 && !failed(w) {
			choices := w.Choices()
			c := choices[rng.IntN(len(choices))]
			_, err := w.Apply(c)
			require.NoError(t, err)
			events = append(events, Event{0, c})
		}
		if !failed(w) {
			continue
		}
		found++
		trial := func(steps []Step) ([]Step, bool) {
			w := newWorld()
			bad := false
			var applied []Step
			for _, st := range steps {
				fit, ok := st.Fit(w)
				if !ok {
					continue
				}
				if _, err := w.Apply(fit.Choice); err != nil {
					require.ErrorIs(t, err, world.ErrNotOpen)
					continue
				}
				applied = append(applied, fit)
				if bad = failed(w); bad {
					break
				}
			}
			return applied, bad
		}
		steps := Steps(newWorld(), events)
		require.Len(t, steps, len(events))
		short, _ := Shrink(steps, trial, 5000)
		require.NotEmpty(t, short)
		// An addition, a sync (or a crash that loses nothing of it, and a restart),
		// then an append and an acknowledgement for each replica; and another
		// local minimum may be a little longer.
		require.LessOrEqual(t, len(short), 8, "seed %d: %v", seed, short)
		for i := range short { // 1-minimal
			without := append(append([]Step(nil), short[:i]...), short[i+1:]...)
			_, bad := trial(without)
			require.False(t, bad, "seed %d: %v fails without %v", seed, short, short[i])
		}
		// It replays exactly, as plain choices.
		w = newWorld()
		for _, s := range short {
			_, err := w.Apply(s.Choice)
			require.NoError(t, err)
		}
		require.True(t, failed(w))
		// The controls: a limit binds, and what does not fail is not shrunk.
		_, trials := Shrink(steps, trial, 3)
		require.LessOrEqual(t, trials, 3)
		none, _ := Shrink(steps, func(s []Step) ([]Step, bool) { return s, false }, 100)
		require.Nil(t, none)
	}
	assert.Greater(t, found, 20, "the bug shows too seldom for this test to say much")
}
