package models

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/specs"
)

// With one feature alone RaftServer is the extension of Raft by that name: its
// steps are steps of the extension, says the model, and it has as many states, so
// none is missing.
func TestPartsOfRaftServer(t *testing.T) {
	family, err := specs.LoadFamily(specs.FS, "raft")
	require.NoError(t, err)
	for server, extension := range map[string]string{
		"server-only-prevote":    "prevote-smoke",
		"server-only-transfer":   "transfer-smoke",
		"server-only-sessions":   "sessions-established",
		"server-only-snapshot":   "snapshot-established",
		"server-only-readindex":  "readindex-established",
		"server-only-membership": "joint-established",
	} {
		one, err := family.Model(server)
		require.NoError(t, err)
		other, err := family.Model(extension)
		require.NoError(t, err)
		assert.Equal(t, other.Distinct, one.Distinct, "states of %s and %s", server, extension)
	}
}
