package linearizability

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"
	"time"
)

// Verdict is the answer of a check. Only VerdictOK is a pass.
type Verdict string

// The verdicts.
const (
	VerdictOK       Verdict = "ok"
	VerdictViolated Verdict = "violated"
	VerdictUnknown  Verdict = "unknown"
)

// Options are the limits of a check; the zero value is usable.
type Options struct {
	// Timeout bounds the search for a verdict, and once more the search for
	// the evidence of a violation. 0 is no limit.
	Timeout time.Duration

	// MemoryMax bounds, in bytes, the estimated size of the set of visited
	// states of each search; as many searches run at a time as there are CPUs.
	// It does not depend on the machine, so a check that it ends ends the same
	// everywhere. 0 is 512 MiB.
	MemoryMax int64
}

const memoryMaxDefault = 512 << 20

// Result is what a check found.
type Result struct {
	Verdict Verdict

	// Reason says why a verdict is unknown, or what is violated; empty for ok.
	Reason string

	// Counts of the history's operations: all, by outcome, and those that were
	// left out of the search since they can make no difference. Partitions are
	// the groups of operations that were searched apart.
	Operations, Returned, Unknown, Failed, Pruned, Partitions int

	// Violation is the evidence, of the smallest violated partition.
	Violation *Violation
}

// Violation is the evidence that a history is not linearizable.
type Violation struct {
	// Operations are the violated partition up to the first return that makes
	// it so (that of Culprit); those that return later count as unknown.
	Operations []Operation
	Culprit    Operation

	// Prefixes are the longest linearizable orders of some of Operations that
	// the search found, longest first: each cannot be continued. At most
	// prefixesMax of them.
	Prefixes [][]Operation

	// Core is a small part of Operations that is violated already, and whose
	// violation proves the history's. What the contradiction does not need is
	// forgotten: a result (the outcome is then unknown), or what a transaction
	// saw (only its writes are then left). Taking out or forgetting any one
	// thing more leaves nothing proved, unless Limited.
	Core []Operation

	// Limited says why the evidence is larger than it need be, if a limit cut
	// the search for it short. It is evidence all the same.
	Limited string
}

const prefixesMax = 8

// Check says whether the history, whose operations m must have decoded, is
// linearizable. Cancelling ctx makes the verdict unknown, as a limit does.
func Check(ctx context.Context, m Model, h *History, opts Options) Result {
	r := Result{Operations: len(h.Operations)}
	for _, o := range h.Operations {
		switch o.Outcome {
		case Return:
			r.Returned++
		case Fail:
			r.Failed++
		default:
			r.Unknown++
		}
	}
	if m.Name() != h.Header.Model {
		return r.unknown(fmt.Sprintf("expected a history of the model %s, found one of %s", m.Name(), h.Header.Model))
	}
	if r.Returned == 0 {
		return r.unknown(fmt.Sprintf("nothing to check: none of %d operations returned a result", r.Operations))
	}
	partitions, constrained := prepare(m, h.Operations)
	r.Partitions, r.Pruned = len(partitions), r.Operations
	for _, p := range partitions {
		r.Pruned -= len(p)
	}
	if constrained == 0 {
		return r.unknown(fmt.Sprintf("nothing to check: no operation that returned saw or changed anything (%d did return)", r.Returned))
	}

	found := searchAll(ctx, m, partitions, opts)
	var violated, undecided []int
	for i, f := range found {
		switch f.verdict {
		case VerdictViolated:
			violated = append(violated, i)
		case VerdictUnknown:
			undecided = append(undecided, i)
		}
	}
	switch {
	case len(violated) > 0:
		smallest := violated[0]
		for _, i := range violated {
			if len(partitions[i]) < len(partitions[smallest]) {
				smallest = i
			}
		}
		r.Verdict = VerdictViolated
		r.Violation = explain(ctx, m, partitions[smallest], opts)
		c := r.Violation.Culprit
		r.Reason = fmt.Sprintf("not linearizable in %d of %d partitions: no order explains %q, operation %d of client %s, which returned at time %d",
			len(violated), len(partitions), m.DescribeOp(c.Op, c.Result), c.ID, c.Client, c.Ended)
		return r
	case len(undecided) > 0:
		i := undecided[0]
		return r.unknown(fmt.Sprintf("%s in %d of %d partitions, the first of %d operations", found[i].reason, len(undecided), len(partitions), len(partitions[i])))
	}
	r.Verdict = VerdictOK
	return r
}

func (r Result) unknown(reason string) Result {
	r.Verdict, r.Reason = VerdictUnknown, reason
	return r
}

// searchAll searches every partition, as many at a time as there are CPUs. None
// is cut short because another was violated: the result then does not depend
// on who was faster.
func searchAll(ctx context.Context, m Model, partitions [][]Operation, opts Options) []finding {
	ctx, cancel := withTimeout(ctx, opts.Timeout)
	defer cancel()
	found := make([]finding, len(partitions))
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, p := range partitions {
		slots <- struct{}{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			found[i] = search(ctx, m, p, opts)
			<-slots
		}()
	}
	wg.Wait()
	return found
}

func withTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, d, fmt.Errorf("time limit of %v reached", d))
}

func (o Options) memoryMax() int64 {
	switch {
	case o.MemoryMax == 0:
		return memoryMaxDefault
	case o.MemoryMax < 0:
		return math.MaxInt64
	}
	return o.MemoryMax
}
