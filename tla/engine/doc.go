// Package engine asks a model checker about a specification, and there are two
// to ask: the Go engine of package check, and TLC. The same [Request] goes to
// either, and the same [Result] comes back, so that the two can be held against
// each other.
//
//	q := engine.Request{Modules: os.DirFS("my"), Folder: "my", Module: "Clock", Config: text}
//	r, err := engine.Go{}.Check(ctx, q)
//	if r.Verdict == tlc.Violated {
//		fmt.Println(r.Property, len(r.Trace))
//	}
//	t, err := engine.TLC{Checker: runner}.Check(ctx, q)
//	for _, d := range engine.Differences(r, t) {
//		fmt.Println("the engines disagree:", d)
//	}
//
// # What is compared
//
// [Differences] compares what both engines tell: verdict, what is violated,
// states generated, distinct states, states left, depth, and every state of the
// counterexample. Where one of them has no figure to tell, and that is known of
// it, the comparison leaves it out:
//
//   - TLC gives no figures of a violation in an initial state or an assumption,
//     and no depth when a temporal property is violated;
//   - with several workers TLC's depth varies, and of a violation all its
//     figures and its trace do;
//   - the Go engine checks no temporal property but the safety in it. A Result
//     that is unknown for that reason alone (Result.Unsupporting) is compared by
//     its figures with an OK of TLC, and with its violation of a temporal
//     property, which TLC looks for once its search is complete;
//   - where it met what it does not support in the middle of the search
//     (Result.GaveUp), there is nothing to compare.
//
// Everything else that differs is a defect of one of the two.
package engine
