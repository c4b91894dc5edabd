// Package trace is what a run did, for a specification to judge: the format,
// its writer and reader, the causal merge of the files of several nodes, and
// the slices of a run.
//
// The package depends on nothing else of Lockstep, so that any program can
// write traces:
//
//	w, err := trace.NewWriter(f, trace.Header{Spec: "TwoPhase", Node: "p1"})
//	w.Write(trace.Event{Node: "p1", Action: "RecvPrepare", Args: []any{"p1"},
//		Clock: clock, Local: map[string]any{"pstate": "prepared"}})
//
// # The format
//
// A trace is NDJSON: a JSON object a line, the header first, then one event a
// line. Nodes write separate files; [Merge] puts them into one order that
// respects what happened before what, by the vector clocks of the events.
//
// An event is one action of the specification that one node took, with its
// arguments and the variables of the specification that it changed. Local
// variables are functions on nodes, of which the event gives the value at its
// own node; Vars are given whole. What an event does not mention it leaves to
// the specification: the variable may change as the action says.
//
// Values use the ITF encoding (Apalache's ADR-015): booleans, strings and
// integers are JSON's own, sequences are arrays, records are objects, and
// {"#set": [...]}, {"#tup": [...]}, {"#map": [[k, v], ...]} and
// {"#bigint": "..."} are what they say. In Go they are bool, string, int64,
// []any, map[string]any, [Set], [Tuple], [Func] and [*math/big.Int].
//
// # Slices
//
// When the specification describes one transaction and the run has many, each
// event names the slice it belongs to, and each slice is judged as a behaviour
// of its own (parametric trace slicing; Chen and Roşu, TACAS 2009). An event
// without one in a sliced trace, such as a recovery, is an event of every slice.
package trace
