package explore_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/linearizability"
)

// The slow and obvious search that the fast one is held against: no memo, no
// hashes, no sleep sets, whole encodings in a map, and with each state all that
// the clients saw, in the order in which they saw it.

type naive struct {
	states, transitions, depth, terminal int
	violated                             string // the check, and
	length                               int    // of the shortest schedule
}

type naiveState struct {
	w    *world.World
	seen []string // what the clients saw
}

func exploreNaively(t testing.TB, cfg explore.Config) (n naive) {
	b := cfg.Bounds.Bounds
	w, err := world.New(cfg.Protocol, world.Options{Clients: cfg.Clients, Bounds: &b})
	require.NoError(t, err)
	key := func(s naiveState) string {
		k := string(s.w.AppendState(nil))
		if cfg.Model != nil {
			k += strings.Join(s.seen, "\n")
		}
		return k
	}
	level := []naiveState{{w: w}}
	seen := map[string]bool{key(level[0]): true}
	if cfg.Invariant != nil && cfg.Invariant(w) != nil {
		return naive{states: 1, violated: explore.CheckInvariant}
	}
	for len(level) > 0 {
		var next []naiveState
		for _, s := range level {
			choices := s.w.Choices()
			if len(choices) == 0 {
				n.terminal++
			}
			for _, c := range choices {
				v := naiveState{s.w.Clone(), append([]string(nil), s.seen...)}
				n.transitions++
				st, err := v.w.Apply(c)
				require.NoError(t, err)
				if c.Kind == world.Invoke {
					v.see("invoke", c.Request.String(), c.Op)
				}
				returned := false
				for _, r := range st.Replies {
					if !r.Lost {
						returned = v.see("return", r.ID.String(), r.Result) || returned
					}
				}
				if cfg.Invariant != nil && cfg.Invariant(v.w) != nil {
					n.violated, n.length = explore.CheckInvariant, n.depth+1
				} else if returned && cfg.Model != nil && v.judge(t, cfg) == linearizability.VerdictViolated && n.violated == "" {
					n.violated, n.length = explore.CheckHistory, n.depth+1
				}
				if k := key(v); !seen[k] {
					seen[k] = true
					next = append(next, v)
				}
			}
		}
		if n.violated != "" {
			return n
		}
		if len(next) > 0 {
			n.depth++
		}
		level = next
	}
	n.states = len(seen)
	return n
}

// see takes down the first invocation, and the first return, of a request. It
// reports false if it was seen before.
func (s *naiveState) see(what, id string, v any) bool {
	b, _ := json.Marshal(v)
	for _, e := range s.seen {
		if strings.HasPrefix(e, what+" "+id+" ") {
			return false
		}
	}
	s.seen = append(s.seen, fmt.Sprintf("%s %s %s", what, id, b))
	return true
}

func (s *naiveState) judge(t testing.TB, cfg explore.Config) linearizability.Verdict {
	r := linearizability.NewRecorder(linearizability.Header{Model: cfg.Model.Name()}, nil)
	open := map[string]uint64{}
	for i, e := range s.seen {
		part := strings.SplitN(e, " ", 3)
		client, _, _ := strings.Cut(part[1], "/")
		if part[0] == "return" {
			r.Return(open[client], json.RawMessage(part[2]), int64(i))
			delete(open, client)
			continue
		}
		if id, ok := open[client]; ok {
			r.Unknown(id, "", int64(i))
		}
		open[client] = r.Invoke(client, json.RawMessage(part[2]), int64(i))
	}
	h, err := r.History(cfg.Model)
	require.NoError(t, err)
	return linearizability.Check(t.Context(), cfg.Model, h, linearizability.Options{}).Verdict
}
