package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPrintsFlagsOrNames(t *testing.T) {
	const program = "./chaos/failpoints/overlay/testdata/program"
	var out bytes.Buffer
	require.NoError(t, run(&out, []string{"-dir", t.TempDir(), program}))
	flags := strings.Fields(out.String())
	require.Len(t, flags, 2)
	assert.Equal(t, "-tags=failpoints", flags[0])
	assert.FileExists(t, strings.TrimPrefix(flags[1], "-overlay="))

	out.Reset()
	require.NoError(t, run(&out, []string{"-list", program}))
	assert.Contains(t, strings.Fields(out.String()), "github.com/lockstep-go/lockstep/chaos/failpoints/overlay/testdata/program/before")

	assert.ErrorContains(t, run(&out, []string{"./nowhere"}), "found no folder")
}
