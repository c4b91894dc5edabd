package syntax_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/syntax"
)

func TestTidy(t *testing.T) {
	got, err := syntax.Tidy("M.tla", []byte("\n\n text\t\r\n---- MODULE M ----  \r\n\n\n\n\nA ==\t/\\ TRUE\t\\* tab\n\t/\\ \"a\tb\"\t\n====\n\n"))
	require.NoError(t, err)
	assert.Equal(t, " text\n---- MODULE M ----\n\n\nA ==    /\\ TRUE \\* tab\n        /\\ \"a\tb\"\n====\n", string(got))
	_, err = syntax.Tidy("M.tla", []byte("---- MODULE M ----\nA == \n====\n"))
	assert.Error(t, err)
}

func TestTidyKeepsEveryTokenInItsColumn(t *testing.T) {
	for path, src := range corpus(t) {
		text, err := syntax.Tidy(path, src)
		require.NoError(t, err)
		m, err := syntax.Parse(path, src)
		require.NoError(t, err)
		again, err := syntax.Parse(path, text)
		require.NoError(t, err, path)
		assert.Equal(t, len(m.Comments), len(again.Comments), path)
		if strings.Count(string(src), "\n\n\n\n") == 0 && !strings.HasPrefix(string(src), "\n") {
			for i := range m.Units {
				assert.Equal(t, m.Units[i].Where(), again.Units[i].Where(), path)
			}
		}
		require.Equal(t, stripped(m), stripped(again), path)
		twice, err := syntax.Tidy(path, text)
		require.NoError(t, err)
		assert.Equal(t, string(text), string(twice), path)
	}
}
