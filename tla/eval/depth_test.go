package eval_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Recursion without end is an error of the specification, however its steps are
// nested; it neither ends the process nor takes long to come back from.
func TestRecursionWithoutEnd(t *testing.T) {
	for _, expr := range []string{
		`LET RECURSIVE F(_) F(n) == F(n + 1) IN F(0)`,
		`LET RECURSIVE F(_) F(n) == 1 + F(F(n)) IN F(0)`,
		`LET f[n \in Nat] == CHOOSE x \in {f[n + 1]} : TRUE IN f[0]`,
		`LET RECURSIVE F(_) F(n) == LET b == [z \in {n} |-> F(z + 1)] IN b[n] IN F(0)`,
		`LET RECURSIVE F(_) F(n) == {q \in {n} : \A r \in {q} : CASE r = 0 -> F(n) = {} [] OTHER -> r = F(r)} IN F(0)`,
	} {
		assert.True(t, strings.HasPrefix(evaluate(t, "Integers", expr), "error: This was a stack overflow"), expr)
	}
	assert.Equal(t, "5000", evaluate(t, "Integers", `LET RECURSIVE F(_) F(n) == IF n = 0 THEN 0 ELSE 1 + F(n - 1) IN F(5000)`))
}
