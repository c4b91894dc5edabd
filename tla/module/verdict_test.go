package module_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/module"
)

// testdata/verdicts.txt holds modules with SANY's verdict on each, as given by
// version 2.1, and ours where it differs. A text without a module of its own is
// the end of this one.
const verdictHead = `---- MODULE P ----
EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANTS a, b, c, d, S, T, f
VARIABLES x, y
`

func TestVerdictsOfSANY(t *testing.T) {
	data, err := os.ReadFile("testdata/verdicts.txt")
	require.NoError(t, err)
	cases := strings.Split(string(data), "%%% ")[1:]
	require.Greater(t, len(cases), 300)
	for _, c := range cases {
		head, body, _ := strings.Cut(c, "\n")
		name, verdict, ok := strings.Cut(head, " | ")
		require.True(t, ok, head)
		want, differs, _ := strings.Cut(verdict, ", here ")
		if differs != "" {
			want = differs
		}
		if !strings.Contains(body, "MODULE P") {
			body = verdictHead + body + "====\n"
		}
		_, err := module.LoadSource("P.tla", []byte(body), module.Options{})
		if want == "ok" {
			assert.NoError(t, err, "%s:\n%s", name, body)
		} else {
			assert.Error(t, err, "%s:\n%s", name, body)
		}
	}
}
