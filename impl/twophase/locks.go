package twophase

import "sort"

// lockTable is the strict two-phase locking table of one shard: a key is
// locked by any number of transactions in shared mode, or by one in exclusive
// mode. Nobody ever waits for a lock.
type lockTable struct {
	shared    map[string]map[TxnID]bool
	exclusive map[string]TxnID
}

func newLockTable() *lockTable {
	return &lockTable{shared: map[string]map[TxnID]bool{}, exclusive: map[string]TxnID{}}
}

// tryLock takes all the locks that the work needs, or none and returns false.
func (l *lockTable) tryLock(t TxnID, w work) bool {
	for _, k := range w.sharedKeys() {
		if x, ok := l.exclusive[k]; ok && x != t {
			return false
		}
	}
	for _, e := range w.write {
		if x, ok := l.exclusive[e.key]; ok && x != t {
			return false
		}
		for s := range l.shared[e.key] {
			if s != t {
				return false
			}
		}
	}
	for _, k := range w.sharedKeys() {
		if l.shared[k] == nil {
			l.shared[k] = map[TxnID]bool{}
		}
		l.shared[k][t] = true
	}
	for _, e := range w.write {
		l.exclusive[e.key] = t
	}
	return true
}

// unlock lets go of all the locks that the work took.
func (l *lockTable) unlock(t TxnID, w work) {
	for _, k := range w.sharedKeys() {
		delete(l.shared[k], t)
		if len(l.shared[k]) == 0 {
			delete(l.shared, k)
		}
	}
	for _, e := range w.write {
		if l.exclusive[e.key] == t {
			delete(l.exclusive, e.key)
		}
	}
}

// sharedKeys lists the keys that are compared or read, in order.
func (w work) sharedKeys() []string {
	keys := append([]string(nil), w.read...)
	for _, e := range w.compare {
		keys = append(keys, e.key)
	}
	sort.Strings(keys)
	return keys
}
