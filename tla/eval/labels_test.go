package eval_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/check"
)

// The actions of a trace have TLC's names and places. The module's only
// behaviour takes each of them once.
func TestLabelsOfActions(t *testing.T) {
	src, err := os.ReadFile("testdata/actions/Labels.tla")
	require.NoError(t, err)
	m := newModel(t, strings.Replace(string(src), "MODULE Labels", "MODULE M", 1), "INIT Init\nNEXT Next\nINVARIANT Inv\nCHECK_DEADLOCK FALSE\n")
	r := m.Run(context.Background(), check.Options{})
	require.Equal(t, check.Violated, r.Verdict)
	var got []string
	for _, s := range r.Trace[1:] {
		got = append(got, s.Action+" "+s.At.Span.String())
	}
	assert.Equal(t, strings.Split(`A line 5, col 6 to line 5, col 39
A line 5, col 6 to line 5, col 39
C line 9, col 9 to line 9, col 33
C line 10, col 9 to line 11, col 27
D line 12, col 22 to line 12, col 50
G line 13, col 6 to line 13, col 46
H line 14, col 20 to line 14, col 48
J line 15, col 7 to line 15, col 31
K line 16, col 6 to line 16, col 51
M line 17, col 6 to line 17, col 47
Next line 21, col 58 to line 21, col 89
Next line 22, col 28 to line 22, col 58
N line 18, col 9 to line 18, col 39
O line 19, col 24 to line 19, col 54`, "\n"), got)
}
