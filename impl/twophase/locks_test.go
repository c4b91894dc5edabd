package twophase

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// held is the obvious model of the lock table: who holds what.
type held map[TxnID]work

func (h held) conflict(t TxnID, w work) bool {
	reads := func(w work, key string) bool {
		for _, e := range w.compare {
			if e.key == key {
				return true
			}
		}
		for _, k := range w.read {
			if k == key {
				return true
			}
		}
		return false
	}
	writes := func(w work, key string) bool {
		for _, e := range w.write {
			if e.key == key {
				return true
			}
		}
		return false
	}
	for u, x := range h {
		for k := range 5 {
			key := fmt.Sprint(k)
			if u != t && (writes(w, key) && (reads(x, key) || writes(x, key)) || reads(w, key) && writes(x, key)) {
				return true
			}
		}
	}
	return false
}

func randomWork(rng *rand.Rand) work {
	var w work
	for k := range 5 {
		key := fmt.Sprint(k)
		if rng.IntN(4) == 0 {
			w.compare = append(w.compare, kv{key, ""})
		}
		if rng.IntN(4) == 0 {
			w.read = append(w.read, key)
		}
		if rng.IntN(5) == 0 {
			w.write = append(w.write, kv{key, "v"})
		}
	}
	return w
}

// TestLocksAgainstModel takes and releases locks at random. A table that
// refuses is as it was, and one whose locks are all released is empty.
func TestLocksAgainstModel(t *testing.T) {
	taken, refused := 0, 0
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 1))
		table, model := newLockTable(), held{}
		for range 60 {
			id := TxnID{1, uint64(1 + rng.IntN(6))}
			if w, ok := model[id]; ok {
				if rng.IntN(2) == 0 {
					table.unlock(id, w)
					delete(model, id)
				}
				continue
			}
			w := randomWork(rng)
			before := table.clone()
			conflict := model.conflict(id, w)
			require.Equal(t, !conflict, table.tryLock(id, w), "seed %d: %s wants %+v, held %+v", seed, id, w, model)
			if conflict {
				refused++
				require.Equal(t, before, table, "seed %d: a refusal takes nothing", seed)
			} else {
				taken++
				model[id] = w
			}
		}
		for id, w := range model {
			table.unlock(id, w)
		}
		require.Equal(t, newLockTable(), table, "seed %d", seed)
	}
	require.Greater(t, taken, 1000)
	require.Greater(t, refused, 1000)
}

// A state is told apart by its locks and by its count of votes, even where a
// seeded bug makes them other than what the rest of the state implies.
func TestStatesOfSeededBugsAreToldApart(t *testing.T) {
	c := New(1, Options{})
	made, err := c.NewNode("p1")
	require.NoError(t, err)
	p := made.(*participant)
	free := p.AppendState(nil)
	w := work{read: []string{"a"}, write: []kv{{"b", "1"}}}
	require.True(t, p.locks.tryLock(TxnID{1, 1}, w))
	locked := p.AppendState(nil)
	require.NotEqual(t, free, locked)
	p.locks.unlock(TxnID{1, 1}, work{read: []string{"a"}})
	half := p.AppendState(nil)
	require.NotEqual(t, locked, half)
	require.NotEqual(t, free, half)

	k := &coordinator{cluster: c, sessions: map[string]*session{}, txns: []*txn{{id: TxnID{1, 1}, votes: []protocol.NodeID{"p1"}}}}
	once := k.AppendState(nil)
	k.txns[0].votes = []protocol.NodeID{"p1", "p1"}
	require.NotEqual(t, once, k.AppendState(nil))
}
