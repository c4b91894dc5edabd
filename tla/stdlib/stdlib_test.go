package stdlib_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/stdlib"
)

func TestEveryModuleResolves(t *testing.T) {
	require.NotEmpty(t, stdlib.Names())
	for _, name := range stdlib.Names() {
		src, ok := stdlib.Source(name)
		require.True(t, ok, name)
		spec, err := module.LoadSource(name+".tla", src, module.Options{})
		require.NoError(t, err, name)
		assert.Empty(t, spec.Warnings, name)
	}
}

func TestEveryNativeIsDeclared(t *testing.T) {
	for _, op := range stdlib.Natives() {
		src, ok := stdlib.Source(op.Module)
		require.True(t, ok, op.Module)
		spec, err := module.LoadSource("M.tla", []byte("---- MODULE M ----\nEXTENDS "+op.Module+"\n====\n"), module.Options{})
		require.NoError(t, err)
		use := spec.Root.Lookup(op.Name)
		require.NotNil(t, use, "%s of %s, in %d bytes", op.Name, op.Module, len(src))
		def, ok := use.Object.(*module.Definition)
		require.True(t, ok)
		assert.True(t, def.Native, "%s of %s", op.Name, op.Module)
	}
}

func TestSourceRefusesPaths(t *testing.T) {
	for _, name := range []string{"", "../stdlib", "natives.go", "No_such"} {
		_, ok := stdlib.Source(name)
		assert.False(t, ok, name)
	}
}
