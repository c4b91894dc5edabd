package systems_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

// The code takes every step that the specification allows, and every action of
// it as it is explored.
func TestCodeAndSpecificationCoverEachOther(t *testing.T) {
	s, err := systems.Find("twophase")
	require.NoError(t, err)
	c, err := verify.Cover(t.Context(), s, nil)
	require.NoError(t, err)
	require.Empty(t, c.Violation)
	require.Empty(t, c.Limit)
	require.True(t, c.Whole(), "%v and %d more", c.Driven.Missing, c.Driven.MissingCut)
	require.Equal(t, c.Driven.Steps, c.Driven.StepsReached)
	for _, a := range c.Explored.Actions {
		require.NotZero(t, a.Reached, "%s is never taken in an exploration", a.Action)
	}
	t.Logf("explored %d transitions: %d of %d states, %d of %d steps", c.Transitions,
		c.Explored.StatesReached, c.Explored.States, c.Explored.StepsReached, c.Explored.Steps)
}
