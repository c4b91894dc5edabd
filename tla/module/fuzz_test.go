package module_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// FuzzLoad checks that no input makes the resolver panic or hang, and that what
// it accepts is resolved throughout.
func FuzzLoad(f *testing.F) {
	paths, err := filepath.Glob("../syntax/testdata/*.tla")
	require.NoError(f, err)
	for _, path := range paths {
		src, err := os.ReadFile(path)
		require.NoError(f, err)
		f.Add(src)
	}
	data, err := os.ReadFile("testdata/verdicts.txt")
	require.NoError(f, err)
	for _, c := range strings.Split(string(data), "%%% ")[1:] {
		_, body, _ := strings.Cut(c, "\n")
		if !strings.Contains(body, "MODULE P") {
			body = verdictHead + body + "====\n"
		}
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		spec, err := module.LoadSource("fuzz", src, module.Options{})
		if err != nil {
			if _, ok := syntax.AsErrors(err); !ok {
				t.Fatalf("an error without a position: %v", err)
			}
			return
		}
		for _, m := range spec.Modules {
			for _, d := range m.Definitions {
				everyUseIsKnown(t, spec, d.Body)
			}
			for _, a := range m.Assumes {
				everyUseIsKnown(t, spec, a.Body)
			}
		}
	})
}
