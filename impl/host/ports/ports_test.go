package ports_test

import (
	"net"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/host/ports"
)

// Many take ports at once on one machine, as when packages are tested.
func TestBlocksShareNoPort(t *testing.T) {
	a, err := ports.Take(ports.Max)
	require.NoError(t, err)
	defer a.Release()
	b, err := ports.Take(ports.Max)
	require.NoError(t, err)
	defer b.Release()
	seen := map[string]bool{}
	for i := range ports.Max {
		for _, block := range []*ports.Block{a, b} {
			assert.False(t, seen[block.Address(i)], block.Address(i))
			seen[block.Address(i)] = true
		}
	}
}

func TestPortsAreFreeAndStayInTheBlock(t *testing.T) {
	_, err := ports.Take(ports.Max + 1)
	assert.ErrorContains(t, err, "at most 63")

	a, err := ports.Take(1)
	require.NoError(t, err)
	l, err := net.Listen("tcp", a.Address(0))
	require.NoError(t, err)
	a.Release()
	b, err := ports.Take(1) // not the same block: its first port is in use
	require.NoError(t, err)
	assert.NotEqual(t, a.Address(0), b.Address(0))
	b.Release()
	require.NoError(t, l.Close())
}
