// Package linearizability says whether what clients saw of a system could have
// come from one copy of it that does one operation at a time, each at some
// instant between its invocation and its return (Herlihy and Wing, TOPLAS 1990).
//
//	recorder := linearizability.NewRecorder(header, writer)  // during the run
//	id := recorder.Invoke("c1", op, now)
//	recorder.Return(id, result, now)
//
//	history, err := linearizability.ReadFile("run.history.ndjson", linearizability.Models()...)
//	result := linearizability.Check(ctx, linearizability.TxnKV(), history, linearizability.Options{})
//
// # Histories
//
// A [History] holds, for each operation, when it was invoked and how it ended:
// it returned a result, it failed (it certainly had no effect), or its outcome
// is unknown: it may have taken effect at any time after its invocation, even
// after the end of the history, or never. An operation that the history leaves
// open has an unknown outcome. The file format is in docs/formats-history.md.
//
// An interval is closed: operations that share an instant are concurrent, so
// that a coarse clock can never make a correct system look wrong. It can hide a
// violation, which is why a [Recorder] never writes the same time twice.
//
// # Models
//
// A [Model] is the sequential object: its operations, their results, one step.
// [Register], [KV] and [TxnKV] are built in. For TxnKV the object is the whole
// map and an operation is a transaction, so that linearizability is strict
// serializability (Papadimitriou, JACM 1979, with real-time order).
//
// # Unknown outcomes
//
// The checker asks Porcupine to place every operation, each between its ends.
// An operation of unknown outcome is given an end later than all else, and its
// step accepts whatever the state makes of it (see [Model.Step]). This loses
// nothing and admits nothing too much:
//
//   - It took effect at some instant after its invocation: that place is open.
//   - It took no effect, or takes effect after the end: it is placed last of
//     all, where nothing observes what it does.
//   - Its result was never seen, so the step need not constrain it. A compare
//     that does not hold is not a reason to refuse the step: the operation then
//     changes nothing.
//
// # Pruning and evidence
//
// An operation of unknown outcome all of whose written values nobody saw can
// be dropped before the search: given a linearization without it, place it
// last; given one with it, take it out, and every operation after it still
// finds the values that it saw, since none of them was written by the one that
// went. The same argument in one direction (taking out) makes the shrinking of
// a violation sound; shrink.go has it in full. What is left as evidence is
// violated itself, and so is every history that holds it.
//
// # Limits
//
// Deciding linearizability is NP-complete (Gibbons and Korach, SIAM J. Comput.
// 1997). [Check] has a time and a memory limit, and answers unknown, with the
// reason, when it runs into one. Unknown is never a pass; neither is a history
// that constrains nothing.
package linearizability
