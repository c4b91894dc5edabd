package syntax_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/syntax"
)

var rewrite = flag.Bool("rewrite", false, "rewrite the golden files from what the parser says now")

// testdata/errors.txt holds broken modules, each followed by "---- errors" and
// the errors it is to get.
func TestErrors(t *testing.T) {
	const path = "testdata/errors.txt"
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	var out strings.Builder
	for _, c := range strings.Split(string(data), "%%% ")[1:] {
		name, rest, _ := strings.Cut(c, "\n")
		src, want, _ := strings.Cut(rest, "--> \n")
		_, err := syntax.Parse("M.tla", []byte(src))
		got := "none\n"
		if err != nil {
			got = err.Error() + "\n"
		}
		out.WriteString("%%% " + name + "\n" + src + "--> \n" + got)
		if !*rewrite {
			assert.Equal(t, want, got, "%s:\n%s", name, src)
			assert.Error(t, err, name)
		}
	}
	if *rewrite {
		require.NoError(t, os.WriteFile(path, []byte(out.String()), 0o644))
	}
}

func TestErrorsAreCapped(t *testing.T) {
	_, err := syntax.Parse("M.tla", []byte("---- MODULE M ----\n"+strings.Repeat("A == )\n", 100)+"====\n"))
	es, ok := syntax.AsErrors(err)
	require.True(t, ok)
	assert.Len(t, es, syntax.MaxErrors)
}
