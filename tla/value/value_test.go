package value

import (
	"math/rand"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
)

func mustFail(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		e, ok := recover().(*Error)
		if assert.True(t, ok, "no *Error was raised") {
			assert.Contains(t, e.Msg, want)
		}
	}()
	f()
}

func TestCanonicalForms(t *testing.T) {
	l := NewLocal(NewStore())
	one, two := Int(1), Int(2)
	assert.Equal(t, l.Tuple(two, one), l.Func([]Value{one, two}, []Value{two, one}))
	a, b := l.Str("a"), l.Str("b")
	assert.Equal(t, l.Record([]Value{a, b}, []Value{one, two}), l.Func([]Value{b, a}, []Value{two, one}))
	assert.Equal(t, l.Tuple(), l.Func(nil, nil))
	assert.Equal(t, l.SetOf(one, two), l.Interval(1, 2))
	assert.Equal(t, "[a |-> 1, b |-> 2]", l.Print(l.Record([]Value{b, a}, []Value{two, one})))
	assert.Equal(t, "(0 :> 1 @@ 2 :> 2)", l.Print(l.Func([]Value{two, Int(0)}, []Value{two, one})))
}

func TestUpdateHashesLikeBuilding(t *testing.T) {
	l := NewLocal(NewStore())
	r := rand.New(rand.NewSource(1))
	for range 200 {
		vs := []Value{Int(r.Int31n(3)), Int(r.Int31n(3)), Int(r.Int31n(3))}
		f := l.Tuple(vs...)
		i := r.Intn(3)
		vs[i] = Int(r.Int31n(3))
		assert.Equal(t, l.Tuple(vs...), l.Update(f, Int(int32(i+1)), vs[i]))
	}
	f := l.Tuple(Int(1))
	assert.Equal(t, f, l.Update(f, Int(9), Int(9)))
}

func TestOrder(t *testing.T) {
	l := NewLocal(NewStore())
	z, a, m := l.Str("z"), l.Str("a"), l.Model("m")
	set := func(vs ...Value) Value { return l.SetOf(vs...) }
	assert.Equal(t, `{"z", "a"}`, l.Print(set(a, z)), "strings in the order first seen")
	assert.Equal(t, "{m, {}, {3}, {1, 2}}", l.Print(set(set(Int(2), Int(1)), set(Int(3)), m, set())))
	assert.Equal(t, "{<<>>, <<1>>, <<3>>, <<1, 2>>}", l.Print(set(l.Tuple(Int(3)), l.Tuple(Int(1), Int(2)), l.Tuple(), l.Tuple(Int(1)))))
	mustFail(t, "Attempted to compare integer 1 with non-integer:\n\"a\"", func() { set(Int(1), a) })
	mustFail(t, "Attempted to check equality of integer 1 with non-integer:\n\"a\"", func() { l.Equal(Int(1), a) })
	mustFail(t, "equality", func() { l.Equal(set(Int(1)), set(a)) })
	mustFail(t, "differently-typed", func() { l.Equal(l.Model("p_1"), l.Model("q_1")) })
	assert.False(t, l.Equal(set(Int(1)), set(a, z)), "sets of different sizes differ whatever they hold")
	assert.False(t, l.Equal(m, Int(1)))
}

func TestLazySets(t *testing.T) {
	l := NewLocal(NewStore())
	s123 := l.Interval(1, 3)
	big := l.Powerset(l.Interval(1, 1000))
	assert.True(t, l.Member(s123, big))
	assert.True(t, l.Equal(l.Powerset(l.SetOf()), l.SetOf(l.SetOf())))
	assert.Equal(t, "{{}, {1}, {2}, {3}, {1, 2}, {1, 3}, {2, 3}, {1, 2, 3}}", l.Print(l.Powerset(s123)))
	fs := l.FuncSet(l.Interval(1, 2), l.Interval(5, 6))
	assert.Equal(t, "{<<5, 5>>, <<5, 6>>, <<6, 5>>, <<6, 6>>}", l.Print(fs))
	assert.True(t, l.Member(l.Tuple(Int(7)), l.SeqSet(Nat)))
	assert.False(t, l.Member(l.Tuple(Int(-7)), l.SeqSet(Nat)))
	assert.True(t, l.Member(Int(-1), l.Cup(Nat, l.SetOf(Int(-1)))))
	assert.EqualValues(t, 4, l.Cardinality(fs))
	mustFail(t, "Overflow", func() { l.Cardinality(big) })
	mustFail(t, "too many", func() { l.Force(big) })
	mustFail(t, "not enumerable", func() { l.Force(Nat) })
	pair := l.Tuple(l.Powerset(s123), Int(1))
	assert.True(t, pair.IsLazy())
	assert.False(t, l.Canon(pair).IsLazy())
	assert.True(t, l.Equal(pair, l.Canon(pair)))
	assert.Equal(t, l.Interval(0, 5000), l.Interval(0, 5000))
	assert.Equal(t, l.Canon(l.Interval(0, 5000)), l.Canon(l.Cup(l.Interval(0, 5000), l.SetOf(Int(3)))))
}

// Set algebra on handles against bit sets.
func TestSetAlgebra(t *testing.T) {
	l := NewLocal(NewStore())
	of := func(bits int) Value {
		mark := l.Mark()
		for i := 19; i >= 0; i-- {
			if bits>>i&1 == 1 {
				l.Push(l.Tuple(Int(int32(i)), Int(1)))
			}
		}
		return l.SetFrom(mark)
	}
	r := rand.New(rand.NewSource(2))
	for range 500 {
		a, b := r.Intn(1<<20), r.Intn(1<<20)
		if r.Intn(2) == 0 {
			b &= a
		}
		va, vb := of(a), of(b)
		assert.Equal(t, of(a|b), l.Cup(va, vb))
		assert.Equal(t, of(a&b), l.Cap(va, vb))
		assert.Equal(t, of(a&^b), l.Diff(va, vb))
		assert.Equal(t, b&^a == 0, l.Subset(vb, va))
		i := r.Intn(20)
		assert.Equal(t, a>>i&1 == 1, l.Member(l.Tuple(Int(int32(i)), Int(1)), va))
	}
}

func TestConcurrentInterning(t *testing.T) {
	s := NewStore()
	const workers, n = 4, 5000
	got := make([][]Value, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			l := NewLocal(s)
			for i := range n {
				v := l.Tuple(Int(int32(i)), l.SetOf(Int(int32(i%7)), Int(int32(i%11))))
				got[w] = append(got[w], v)
			}
		})
	}
	wg.Wait()
	for w := 1; w < workers; w++ {
		assert.Equal(t, got[0], got[w])
	}
}

func BenchmarkTuple(b *testing.B) {
	l := NewLocal(NewStore())
	for i := range b.N {
		l.Tuple(Int(int32(i&1023)), Int(7), Int(8))
	}
}

func BenchmarkUpdate(b *testing.B) {
	l := NewLocal(NewStore())
	f := l.Tuple(Int(1), Int(7), Int(8), Int(1), Int(1), Int(1), Int(1))
	for i := range b.N {
		l.Update(f, Int(int32(i%7+1)), Int(int32(i&1023)))
	}
}
