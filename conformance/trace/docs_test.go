package trace

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The example of the page that describes the format is a trace.
func TestDocsExample(t *testing.T) {
	page, err := os.ReadFile("../../docs/formats-trace.md")
	require.NoError(t, err)
	_, example, _ := strings.Cut(string(page), "```json\n")
	example, _, found := strings.Cut(example, "```\n")
	require.True(t, found)
	h, events, err := readAll(example)
	require.NoError(t, err)
	merged, err := Merge(events)
	require.NoError(t, err)
	require.NoError(t, checkOrder(merged))
	list, err := Slices(h, merged)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Len(t, list[0].Events, 4, "the first start of p1 is concurrent with Begin, and so may stand behind it")
}
