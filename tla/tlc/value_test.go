package tlc

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseValue(t *testing.T) {
	for text, want := range map[string]any{
		"0":                       int64(0),
		"-17":                     int64(-17),
		"TRUE":                    true,
		"FALSE":                   false,
		`"a \"b\" \\ \n\t\r"`:     "a \"b\" \\ \n\t\r",
		`"ä"`:                     "ä",
		`""`:                      "",
		"p1":                      ModelValue("p1"),
		"null":                    ModelValue("null"),
		"{}":                      Set{},
		"<<>>":                    Tuple{},
		"{1, {2}, p1}":            Set{int64(1), Set{int64(2)}, ModelValue("p1")},
		"<<<<>>, << 1 >>>>":       Tuple{Tuple{}, Tuple{int64(1)}},
		"1..3":                    Set{int64(1), int64(2), int64(3)},
		"-1..0":                   Set{int64(-1), int64(0)},
		"3..1":                    Set{},
		"{{}, 1..1}":              Set{Set{}, Set{int64(1)}},
		"[a |-> 1, b_2 |-> <<>>]": Record{{"a", int64(1)}, {"b_2", Tuple{}}},
		"(p1 :> 1)":               Function{{ModelValue("p1"), int64(1)}},
		"( -1 :>\n      << 1,\n   2 >> @@\n  0 :> \"zero\" )": Function{
			{int64(-1), Tuple{int64(1), int64(2)}}, {int64(0), "zero"}},
		"(<<1, 2>> :> (p :> {}))": Function{{Tuple{int64(1), int64(2)}, Function{{ModelValue("p"), Set{}}}}},
		"9223372036854775807":     int64(math.MaxInt64),
	} {
		got, err := ParseValue(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
}

func TestParseValueRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                     "expected a value, found the end",
		"1 2":                  `byte 3: expected the end of the value, found "2"`,
		"<<1":                  "expected a comma or >>, found the end",
		"{1; 2}":               `expected a comma or }, found "; 2}"`,
		"[a -> 2]":             "expected |->",
		"[a |-> 2":             "expected a comma or ]",
		"(1 @@ 2)":             "expected :>",
		"(1 :> 2":              "expected @@ or )",
		`"open`:                "expected the end of the string",
		"\"two\nlines\"":       "expected the end of the string on its line",
		`"\q"`:                 "expected one of",
		"\"\xff\"":             "expected a string in UTF-8",
		"Nat":                  "does not enumerate",
		"SUBSET {1}":           "does not enumerate",
		"1..":                  "expected an integer",
		"0..65536":             "more than 65536 elements",
		"99999999999999999999": "expected an integer of 64 bits",
		"-9223372036854775808..9223372036854775807": "more than 65536 elements",
		strings.Repeat("{", 100_000):                "nested deeper than 500",
	} {
		_, err := ParseValue(text)
		assert.ErrorContains(t, err, want, clip(text))
	}
}

func TestStateRoundTrip(t *testing.T) {
	text := "2: <Tick line 13, col 9 to line 16, col 23 of module Ok>\n/\\ count = 1\n/\\ log = ( 0 :>\n      << 1, 2 >> )\n"
	s, err := parseState(text)
	require.NoError(t, err)
	assert.Equal(t, text, s.String())
	s, err = parseState("1: <Initial predicate>\nx = Nat")
	require.NoError(t, err)
	assert.Equal(t, Opaque("Nat"), s.Variables[0].Value, "what does not parse is kept as text")
	for _, bad := range []string{"", "x = 1", "1: Tick", "1: <Tick>", "1: <Tick>\n", "1: <Tick>\nx : 1", "1: <Tick>\nx = 1\ny = 2"} {
		_, err := parseState(bad)
		assert.Error(t, err, bad)
	}
}

func FuzzParseValue(f *testing.F) {
	for _, s := range []string{"1", "<<1, {TRUE}, [a |-> \"x\\n\"], (1 :> p @@ 2 :> 0..3)>>", "Nat", "\"", "-", "1..2..3", "{{{"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := ParseValue(text)
		if err != nil {
			return
		}
		// What is printed as TLC prints it reads back as the same value.
		again, err := ParseValue(show(v))
		if err != nil || !assert.ObjectsAreEqual(v, again) {
			t.Fatalf("%q reads as %#v, but %q as %#v, %v", text, v, show(v), again, err)
		}
	})
}

// show prints a value as TLC does, on one line.
func show(v any) string {
	list := func(open, end string, n int, item func(int) string) string {
		var parts []string
		for i := range n {
			parts = append(parts, item(i))
		}
		return open + strings.Join(parts, map[bool]string{true: " @@ ", false: ", "}[open == "("]) + end
	}
	switch v := v.(type) {
	case string:
		return `"` + strings.NewReplacer("\\", `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`, "\f", `\f`).Replace(v) + `"`
	case bool:
		return map[bool]string{true: "TRUE", false: "FALSE"}[v]
	case ModelValue:
		return string(v)
	case Set:
		return list("{", "}", len(v), func(i int) string { return show(v[i]) })
	case Tuple:
		return list("<<", ">>", len(v), func(i int) string { return show(v[i]) })
	case Record:
		return list("[", "]", len(v), func(i int) string { return v[i].Name + " |-> " + show(v[i].Value) })
	case Function:
		return list("(", ")", len(v), func(i int) string { return show(v[i].Argument) + " :> " + show(v[i].Value) })
	case int64:
		return strconv.FormatInt(v, 10)
	}
	panic("no value")
}
