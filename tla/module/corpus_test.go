package module_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// The modules that test the parser also resolve: SANY accepts them all but the
// one in Unicode, which its later versions do.
func TestParserCorpusResolves(t *testing.T) {
	paths, err := filepath.Glob("../syntax/testdata/*.tla")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		spec, err := module.Load(path, module.Options{})
		require.NoError(t, err, path)
		for _, m := range spec.Modules {
			for _, d := range m.Definitions {
				everyUseIsKnown(t, spec, d.Body)
			}
		}
	}
}

// everyUseIsKnown checks what a compiler relies on.
func everyUseIsKnown(t *testing.T, spec *module.Spec, e syntax.Expr) {
	syntax.Walk(e, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Apply:
			use := spec.Uses[n]
			if assert.NotNil(t, use, "%s at %s", n.Name, n.Span) {
				assert.NotNil(t, use.Object)
			}
		case *syntax.Bound:
			for _, id := range n.Names {
				assert.IsType(t, &module.Bound{}, spec.Defs[id], id.Name)
			}
		case *syntax.Lambda:
			for _, id := range n.Params {
				assert.IsType(t, &module.Param{}, spec.Defs[id], id.Name)
			}
		case *syntax.OpDef:
			assert.IsType(t, &module.Definition{}, spec.Defs[n.Name], n.Name.Name)
		}
		return true
	})
}
