//go:build failpoints

package failpoint

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Run by `go test -tags=failpoints ./impl/failpoint`: this package has no
// markers of its own, so it needs no overlay.

func TestEnableNeedsADeclaredName(t *testing.T) {
	full := Declare("example.com/p", "known")
	require.NoError(t, Enable(full("known"), "return(1)"))
	t.Cleanup(func() { require.NoError(t, Disable(full("known"))) })
	assert.ErrorContains(t, Enable("example.com/p/knwon", "return(1)"), `no failpoint "example.com/p/knwon"`)
	assert.ErrorContains(t, Disable("example.com/p/knwon"), "expected one of")
}

func TestEval(t *testing.T) {
	full := Declare("example.com/eval", "x", "never")
	name := full("x")
	value := func() any {
		v, err := Eval(name)
		if err != nil {
			return "no body"
		}
		return v
	}
	assert.Equal(t, "no body", value(), "not enabled")
	for terms, want := range map[string]any{
		"return(7)":      7,
		`return("a->b")`: "a->b",
		"return(true)":   true,
		"off":            "no body",
		"sleep(1)":       "no body",
		"print(1)":       "no body",
	} {
		require.NoError(t, Enable(name, terms))
		assert.Equal(t, want, value(), terms)
	}
	require.NoError(t, Enable(name, "1*return(1)->return(2)"))
	assert.Equal(t, []any{1, 2, 2}, []any{value(), value(), value()})
	require.NoError(t, Disable(name))
	require.NoError(t, Disable(name), "twice")
	assert.Equal(t, "no body", value(), "disabled")

	assert.EqualValues(t, 11, Hits()[name], "each evaluation counts, armed or not")
	n, there := Hits()[full("never")]
	assert.True(t, there)
	assert.Zero(t, n)
}

// The runtime's own Enable waits for the marker that it paused, for ever.
func TestEnableReleasesAPausedMarker(t *testing.T) {
	name := Declare("example.com/pause", "x")("x")
	require.NoError(t, Enable(name, "pause"))
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = Eval(name)
	}()
	require.NoError(t, Enable(name, "return(1)"))
	<-done
	require.NoError(t, Disable(name))
}

func TestTermsRefused(t *testing.T) {
	name := Declare("example.com/terms", "x")("x")
	for terms, why := range map[string]string{
		"":                      "expected a term",
		"retrun(1)":             "expected a term",
		"50%return(1)":          "cannot be seeded",
		"2*return(1)->5%panic":  "cannot be seeded",
		"return(1)x":            "expected -> or the end",
		"return(1)->":           "expected a term",
		"return(nil)":           "expected -> or the end",
		"break":                 "expected a term",
		`return("never closed)`: "expected -> or the end",
	} {
		assert.ErrorContains(t, Enable(name, terms), why, "terms %q", terms)
	}
}
