package trace

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// randomValue makes a value as decodeValue would return it.
func randomValue(rng *rand.Rand, depth int) any {
	n := 9
	if depth == 0 {
		n = 4
	}
	list := func() []any {
		l := make([]any, rng.IntN(4))
		for i := range l {
			l[i] = randomValue(rng, depth-1)
		}
		return l
	}
	switch rng.IntN(n) {
	case 0:
		return rng.IntN(2) == 0
	case 1:
		return []string{"", "a", "p1", "<&>", "ü\u2028\x00\"\\", "#set", "日本"}[rng.IntN(7)]
	case 2:
		return []int64{0, 1, -1, maxSafe, -maxSafe, maxSafe + 1, -maxSafe - 1, 1<<63 - 1, -1 << 63}[rng.IntN(9)]
	case 3:
		x := new(big.Int).Lsh(big.NewInt(1+rng.Int64N(9)), uint(64+rng.IntN(200)))
		if rng.IntN(2) == 0 {
			x.Neg(x)
		}
		return x
	case 4:
		return list()
	case 5:
		return Tuple(list())
	case 6:
		return Set(list())
	case 7:
		m := map[string]any{}
		for range rng.IntN(4) {
			m[[]string{"", "a", "b", "é", "a#"}[rng.IntN(5)]] = randomValue(rng, depth-1)
		}
		return m
	default:
		f := Func{}
		seen := map[string]bool{}
		for range rng.IntN(4) {
			arg := randomValue(rng, depth-1)
			if k, err := appendValue(nil, arg, 0); err == nil && !seen[string(k)] {
				seen[string(k)] = true
				f = append(f, [2]any{arg, randomValue(rng, depth-1)})
			}
		}
		return f
	}
}

// shuffled is the same value, its sets and functions written in another order
// and elements of sets twice.
func shuffled(rng *rand.Rand, v any) any {
	list := func(l []any) []any {
		out := make([]any, len(l))
		for i, e := range l {
			out[i] = shuffled(rng, e)
		}
		return out
	}
	switch v := v.(type) {
	case []any:
		return list(v)
	case Tuple:
		return Tuple(list(v))
	case Set:
		out := append(list(v), list(v)...)
		rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
		return Set(out)
	case map[string]any:
		m := map[string]any{}
		for k, e := range v {
			m[k] = shuffled(rng, e)
		}
		return m
	case Func:
		f := make(Func, len(v))
		for i, j := range rng.Perm(len(v)) {
			f[i] = [2]any{shuffled(rng, v[j][0]), shuffled(rng, v[j][1])}
		}
		return f
	}
	return v
}

func TestValuesRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 3000 {
		v := randomValue(rng, 4)
		b, err := appendValue(nil, v, 0)
		require.NoError(t, err, "%#v", v)
		require.True(t, json.Valid(b), "%s", b)
		got, err := decodeValue(b)
		require.NoError(t, err, "%s", b)
		again, err := appendValue(nil, got, 0)
		require.NoError(t, err)
		require.Equal(t, string(b), string(again))
		require.IsType(t, v, got)
		same, err := appendValue(nil, shuffled(rng, v), 0)
		require.NoError(t, err)
		require.Equal(t, string(b), string(same), "equal values are written alike")
	}
}

func TestValuesAsITF(t *testing.T) {
	for _, x := range []struct {
		v    any
		want string
	}{
		{true, `true`}, {"a\nb", `"a\nb"`}, {7, `7`}, {uint64(1<<64 - 1), `{"#bigint":"18446744073709551615"}`},
		{int64(maxSafe), `9007199254740991`}, {int64(-maxSafe - 1), `{"#bigint":"-9007199254740992"}`},
		{[]any(nil), `[]`}, {Tuple{1, "a"}, `{"#tup":[1,"a"]}`}, {Set{"b", "a", "b"}, `{"#set":["a","b"]}`},
		{map[string]any{"b": 1, "a": Set{}}, `{"a":{"#set":[]},"b":1}`},
		{Func{{"p2", 2}, {"p1", 1}}, `{"#map":[["p1",1],["p2",2]]}`},
	} {
		b, err := appendValue(nil, x.v, 0)
		assert.NoError(t, err)
		assert.Equal(t, x.want, string(b))
	}
	b, err := json.Marshal([]any{Set{"a"}, Tuple{1}, Func{{1, 2}}})
	require.NoError(t, err)
	require.Equal(t, `[{"#set":["a"]},{"#tup":[1]},{"#map":[[1,2]]}]`, string(b))
}

func TestValuesThatAreNone(t *testing.T) {
	deep := any(1)
	for range maxDepth + 1 {
		deep = Set{deep}
	}
	type other struct{}
	for _, x := range []struct {
		v    any
		want string
	}{
		{nil, "a value of a trace is a bool, string, integer, []any, map[string]any, Set, Tuple or Func, found <nil>"},
		{Set{other{}}, "a value of a trace is a bool, string, integer, []any, map[string]any, Set, Tuple or Func, found trace.other"},
		{1.5, "a value of a trace is a bool, string, integer, []any, map[string]any, Set, Tuple or Func, found float64"},
		{"a\xff", `expected a string in UTF-8, found "a\xff"`},
		{map[string]any{"#set": 1}, `a field of a record does not begin with #, found "#set"`},
		{map[string]any{"\xff": 1}, `expected a string in UTF-8, found "\xff"`},
		{Func{{"a", 1}, {"b", 1}, {"a", 2}}, `expected each argument of a function once, found "a" again`},
		{deep, "a value nests at most 64 deep"},
		{new(big.Int).Lsh(big.NewInt(1), 1<<16), "an integer has at most 10000 digits"},
	} {
		_, err := appendValue(nil, x.v, 0)
		assert.EqualError(t, err, x.want)
	}
	nines := strings.Repeat("9", maxDigits+1)
	for _, x := range []struct{ text, want string }{
		{`null`, "expected a value, found null"},
		{`[1,null]`, "expected a value, found null"},
		{`1.5`, `expected an integer, found 1.5 (a large one is written {"#bigint": "..."})`},
		{`1e3`, `expected an integer, found 1e3 (a large one is written {"#bigint": "..."})`},
		{nines, `expected an integer, found ` + nines[:40] + `... (a large one is written {"#bigint": "..."})`},
		{`{"#bigint":7}`, "expected a decimal integer of at most 10000 digits as #bigint, found 7"},
		{`{"#bigint":"+7"}`, "expected a decimal integer of at most 10000 digits as #bigint, found +7"},
		{`{"#bigint":"0x7"}`, "expected a decimal integer of at most 10000 digits as #bigint, found 0x7"},
		{`{"#bigint":"` + nines + `"}`, "expected a decimal integer of at most 10000 digits as #bigint, found " + nines[:40] + "..."},
		{`{"#set":1}`, "expected an array behind #set, found 1"},
		{`{"#set":[],"a":1,"#tup":[]}`, "expected #set alone in its object, found 3 fields"},
		{`{"#seq":[]}`, "expected #set, #tup, #map or #bigint, found #seq"},
		{`{"#map":[[1]]}`, "expected a pair of argument and value in #map, found [1]"},
		{`{"#map":[1]}`, "expected a pair of argument and value in #map, found 1"},
		{`{"#map":[[1,2],[1,3]]}`, "expected each argument of #map once, found 1 again"},
		{`{"#map":[[{"#set":["a","b"]},2],[{"#set":["b","a"]},3]]}`, `expected each argument of #map once, found {"#set":["a","b"]} again`},
		{strings.Repeat("[", 70) + strings.Repeat("]", 70), "a value nests at most 64 deep"},
		{`{"b":null,"a":1.5}`, `expected an integer, found 1.5 (a large one is written {"#bigint": "..."})`},
		{`1 2`, "expected one value, found more behind it"},
	} {
		for range 5 { // the order of a map must not show
			_, err := decodeValue([]byte(x.text))
			assert.EqualError(t, err, x.want, x.text[:min(len(x.text), 50)])
		}
	}
}

// FuzzValue: what decodes is written in one way, which decodes to the same.
func FuzzValue(f *testing.F) {
	rng := rand.New(rand.NewPCG(2, 1))
	for range 30 {
		b, err := appendValue(nil, randomValue(rng, 4), 0)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := decodeValue(b)
		if err != nil {
			require.Less(t, len(err.Error()), 400, "an error is short")
			return
		}
		one, err := appendValue(nil, v, 0)
		require.NoError(t, err)
		w, err := decodeValue(one)
		require.NoError(t, err, "%s", one)
		two, err := appendValue(nil, w, 0)
		require.NoError(t, err)
		require.Equal(t, string(one), string(two), fmt.Sprint(v))
	})
}
