package syntax_test

import (
	"strings"
	"testing"

	"github.com/lockstep-go/lockstep/tla/syntax"
)

// BenchmarkParse parses a module of ordinary definitions, ten thousand lines.
func BenchmarkParse(b *testing.B) {
	const unit = `
Send(p, m) == /\ pc[p] = "ready"
              /\ \E q \in Proc \ {p} :
                   /\ msgs' = msgs \cup {[from |-> p, to |-> q, val |-> m + 1]}
                   /\ pc' = [pc EXCEPT ![p] = IF m > 3 THEN "done" ELSE @]
              /\ UNCHANGED <<log, clock>> \* the rest
`
	src := []byte("---- MODULE M ----\n" + strings.Repeat(unit, 10_000/6) + "====\n")
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := syntax.Parse("M.tla", src); err != nil {
			b.Fatal(err)
		}
	}
}
