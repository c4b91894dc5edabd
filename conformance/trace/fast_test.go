package trace

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the fast way reads, the slow way reads the same.
func samePlain(t *testing.T, b []byte) bool {
	t.Helper()
	var fast, slow Event
	if !readPlain(b, &fast) {
		return false
	}
	require.NoError(t, slow.readStrictly(b), "%s", b)
	require.True(t, reflect.DeepEqual(fast, slow), "%s\nfast %#v\nslow %#v", b, fast, slow)
	return true
}

func TestPlainEventsAreReadAlike(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	plain := 0
	for range 3000 {
		e := typical(1)[0]
		e.Seq = 1 + rng.Uint64N(1e6)
		e.Args = []any{randomValue(rng, 3)}
		e.Local = map[string]any{"x": randomValue(rng, 4), "y": randomValue(rng, 1)}
		if rng.IntN(4) == 0 {
			e.Vars = map[string]any{"v": randomValue(rng, 3)}
			e.Sent = nil
			e.Constants = map[string]any{"C": randomValue(rng, 2)}
		}
		b, err := json.Marshal(e)
		require.NoError(t, err)
		if samePlain(t, b) {
			plain++
		}
		for range 20 { // and so with a byte changed
			c := append([]byte(nil), b...)
			c[rng.IntN(len(c))] = "\"\\{}[]:,#0-9anull \x00\xff"[rng.IntN(20)]
			samePlain(t, c)
		}
	}
	require.Greater(t, plain, 100)
	for _, e := range typical(100) {
		e.Seq = 1
		b, err := json.Marshal(e)
		require.NoError(t, err)
		require.True(t, samePlain(t, b), "an ordinary event is read the fast way: %s", b)
	}
}

func FuzzPlain(f *testing.F) {
	for _, e := range typical(3) {
		b, err := json.Marshal(e)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte(`{"node":"a","seq":1,"clock":{"a":1},"action":"A","args":[{"#set":[1,-2]},{"#bigint":"-07"}],"vars":{"x":{"y":true}},"recv":"1","sent":["2"]}`))
	f.Fuzz(func(t *testing.T, b []byte) { samePlain(t, b) })
}
