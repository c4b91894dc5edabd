package fault

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

const ms = time.Millisecond

// The named plans, in the order in which Names lists them.
var plans = []struct{ name, text string }{
	{"calm", ""},
	{"lossy", `
loss rate=0.08
duplication rate=0.08
delay rate=0.1 by=1ms..60ms
reordering rate=0.15 by=1ms..60ms
hangup rate=0.1
`},
	{"partitions", `
partition every=250ms for=20ms..400ms shapes=split,one-way,isolate
loss rate=0.01
`},
	{"crashes", `
crash every=120ms down=1ms..150ms lose=0.7 torn=0.3
restart every=400ms
slow-fsync rate=0.1 by=1ms..40ms
pause every=300ms for=5ms..150ms
`},
	{"everything", `
loss rate=0.04
duplication rate=0.04
delay rate=0.05 by=1ms..60ms
reordering rate=0.08 by=1ms..60ms
hangup rate=0.06
partition every=500ms for=20ms..300ms shapes=split,one-way,isolate
crash every=250ms down=1ms..150ms lose=0.7 torn=0.3
restart every=800ms
slow-fsync rate=0.06 by=1ms..40ms
pause every=600ms for=5ms..150ms
`},
}

// Names lists the named plans.
func Names() []string {
	names := make([]string, len(plans))
	for i, p := range plans {
		names[i] = p.name
	}
	return names
}

// Named returns the plan of that name: calm (no faults at all), lossy,
// partitions, crashes or everything.
func Named(name string) (Plan, error) {
	for _, p := range plans {
		if p.name == name {
			return ReadPlan("plan "+name, strings.NewReader(planTitle+"\nplan "+name+"\n"+p.text))
		}
	}
	return Plan{}, fmt.Errorf("expected one of the plans %s, found %q", strings.Join(Names(), ", "), name)
}

// Generate draws a plan from a seed: some of the faults, mild or harsh, some of
// them for a part of the run only.
func Generate(seed uint64) Plan {
	rng := rand.New(rand.NewPCG(seed, 0x706c616e))
	p := Plan{Name: fmt.Sprintf("random-%d", seed)}
	harshness := 0.02 + 0.3*rng.Float64()*rng.Float64()
	rate := func() float64 { return float64(int(1000*harshness*rng.Float64())+1) / 1000 }
	half := func() float64 { return float64(rng.IntN(21)) / 20 }
	times := func(most time.Duration) Span {
		low := ms * time.Duration(1+rng.IntN(10))
		return Span{low, low + ms*time.Duration(rng.Int64N(int64(most/ms)))}
	}
	often := func() time.Duration { return ms * time.Duration(50+rng.IntN(1000)) }
	for k := range Kinds {
		if rng.IntN(2) == 0 {
			continue
		}
		var e Entry
		switch Kind(k) {
		case KindLoss:
			e.Fault = &Loss{rate()}
		case KindDuplication:
			e.Fault = &Duplication{rate()}
		case KindDelay:
			e.Fault = &Delay{rate(), times(200 * ms)}
		case KindReordering:
			e.Fault = &Reordering{rate(), times(200 * ms)}
		case KindHangup:
			e.Fault = &Hangup{rate()}
		case KindSlowFsync:
			e.Fault = &SlowFsync{rate(), times(100 * ms)}
		case KindPartition:
			var some []Shape
			for _, s := range shapes {
				if rng.IntN(2) == 0 {
					some = append(some, s)
				}
			}
			if some == nil {
				some = shapes
			}
			e.Fault = &Partition{often(), times(500 * ms), some}
		case KindCrash:
			e.Fault = &Crash{often(), times(300 * ms), half(), half()}
		case KindRestart:
			e.Fault = &Restart{often()}
		case KindPause:
			e.Fault = &Pause{often(), times(300 * ms)}
		}
		if rng.IntN(4) == 0 {
			e.From = ms * time.Duration(rng.IntN(300))
		}
		if rng.IntN(4) == 0 {
			e.To = e.From + ms*time.Duration(100+rng.IntN(1000))
		}
		if rng.IntN(6) == 0 {
			e.Budget = 1 + rng.IntN(5)
		}
		p.Faults = append(p.Faults, e)
	}
	return p
}
