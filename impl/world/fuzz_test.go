package world_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/impl/world/worldtest"
)

var choiceLines = []string{
	"deliver p1->c #17", "drop a->b #1", "duplicate a->b #18446744073709551615", "timeout c retransmit/3",
	`timeout c "two words"`, `timeout c ""`, "sync c", "sync c upto=2", "restart p2", "crash p2 lose=2", "crash p2 lose=1 torn",
	"cut a->b", "heal a->b", "hangup c1", `invoke c1/1 @c {"add":1}`, `invoke c-1/7 @c {"get":true}`,
}

func TestParseChoiceInvertsString(t *testing.T) {
	for _, line := range choiceLines {
		c, err := world.ParseChoice(worldtest.Counter{}, line)
		require.NoError(t, err, line)
		assert.Equal(t, line, c.String())
	}
}

func TestParseChoiceRefuses(t *testing.T) {
	for line, want := range map[string]string{
		"":                         "expected a choice (deliver, timeout,",
		"fly a->b":                 `found "fly"`,
		"deliver a->b":             "expected deliver FROM->TO #NUMBER",
		"deliver a->b #0":          "from 1",
		"deliver a->b #01":         "from 1",
		"deliver a-b #1":           "expected FROM->TO",
		"deliver a->b->c #1":       "expected a name",
		"deliver a->b  #1":         "expected a name",
		"timeout c":                "timer's name",
		`timeout c "plain"`:        "timer's name",
		"sync c upto=0":            "at least 1",
		"sync c 2":                 "expected upto=",
		"sync ":                    "expected a name",
		"crash c":                  "expected lose=",
		"crash c lose=0 torn":      "at least 1",
		"crash c lose=-1":          "count",
		"crash c lose=1 torn ":     "count",
		`invoke c1 @c {"add":1}`:   "CLIENT/NUMBER",
		`invoke c1/0 @c {"add":1}`: "from 1",
		`invoke c1/1 c {"add":1}`:  "expected @NODE",
		`invoke c1/1 @c {"add":`:   "as JSON",
		`invoke c1/1 @c {"put":1}`: "unknown field",
		`invoke c1/1 @c {}`:        "either add or get",
		"restart p2 ":              "expected a name",
		"hangup":                   "expected a name",
	} {
		_, err := world.ParseChoice(worldtest.Counter{}, line)
		assert.ErrorContains(t, err, want, line)
	}
}

// Whatever is accepted is printed in a form that reads as the same choice.
func FuzzParseChoice(f *testing.F) {
	for _, line := range choiceLines {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		c, err := world.ParseChoice(worldtest.Counter{}, line)
		if err != nil {
			return
		}
		text := c.String()
		if c.Kind != world.Invoke && text != line {
			t.Fatalf("%q is accepted and printed as %q", line, text)
		}
		again, err := world.ParseChoice(worldtest.Counter{}, text)
		if err != nil || again != c {
			t.Fatalf("%q is printed as %q, which reads as %v, %v", line, text, again, err)
		}
	})
}

// Whatever fields a choice has, its text reads as the choice.
func FuzzChoiceString(f *testing.F) {
	f.Add(uint8(world.Timeout), "c", "p", uint64(3), "a b\x00", 2, true)
	f.Fuzz(func(t *testing.T, kind uint8, a, b string, n uint64, timer string, k int, torn bool) {
		if world.CheckName(a) != nil || world.CheckName(b) != nil || n == 0 || k < 1 || k > 1<<30 {
			return
		}
		c := world.Choice{Kind: world.Kind(kind%uint8(world.Kinds-1) + 1)}
		switch c.Kind {
		case world.Deliver, world.Drop, world.Duplicate:
			c.From, c.To, c.Message = protocol.NodeID(a), protocol.NodeID(b), n
		case world.Cut, world.Heal:
			c.From, c.To = protocol.NodeID(a), protocol.NodeID(b)
		case world.Timeout:
			c.Node, c.Timer = protocol.NodeID(a), timer
		case world.Sync:
			c.Node, c.Records = protocol.NodeID(a), k
		case world.Crash:
			c.Node, c.Records, c.Torn = protocol.NodeID(a), k, torn
		case world.Restart:
			c.Node = protocol.NodeID(a)
		case world.Hangup:
			c.Request.Client = a
		case world.Invoke:
			c.Request, c.Node, c.Op = protocol.RequestID{Client: a, Seq: n}, protocol.NodeID(b), worldtest.Op{Add: k}
		}
		got, err := world.ParseChoice(worldtest.Counter{}, c.String())
		if err != nil || got != c {
			t.Fatalf("%+v is printed as %q, which reads as %+v, %v", c, c, got, err)
		}
	})
}
