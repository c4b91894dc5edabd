package linearizability

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func draw(t *testing.T, h *History, opsMax int) (page, cut string) {
	t.Helper()
	r := Check(context.Background(), TxnKV(), h, Options{})
	var b bytes.Buffer
	cut, err := Draw(context.Background(), &b, TxnKV(), h, r, opsMax)
	require.NoError(t, err)
	return b.String(), cut
}

func staleRead(t *testing.T, extra int) *History {
	h := []txn{
		{"c1", 0, 10, `{"write":{"x":"1"}}`, committed},
		{"c1", 2000, 3000, `{"write":{"x":"<b>2</b>"}}`, "unknown"},
		{"c1", 4000, 5000, `{"read":["x"]}`, `{"outcome":"committed","reads":{"x":"<b>2</b>"}}`},
		{"c<2>", 6000, 7000, `{"read":["x"]}`, `{"outcome":"committed","reads":{"x":"1"}}`},
	}
	for i := range extra {
		from := int64(100 + 20*i)
		h = append(h, txn{fmt.Sprintf("e%d", i), 5, 15, fmt.Sprintf(`{"read":["y%d"],"write":{"x":"e%d"}}`, i, i), "unknown"},
			txn{fmt.Sprintf("g%d", i), from, from + 10, `{"read":["x"]}`, `{"outcome":"committed","reads":{"x":"1"}}`})
	}
	history := txns(t, h)
	history.Faults = []Annotation{{1500, "p1", "crash p1"}, {3500, "", "cut p1 p2"}, {10000, "p1", "restart p1"}}
	return history
}

// The picture shows operations, states and faults, loads nothing from
// elsewhere, and takes nothing from a history for HTML.
func TestDraw(t *testing.T) {
	page, cut := draw(t, staleRead(t, 0), 0)
	assert.Equal(t, "1 of 3 faults are not drawn", cut)
	for _, want := range []string{"crash p1", "cut p1 p2", "not shown", "write x=1 → committed", `{x=1}`, "operation 3", "<svg"} {
		assert.Contains(t, page, want)
	}
	for _, not := range []string{"<b>2", "src=", "href=", "@import", "https://"} {
		assert.NotContains(t, page, not)
	}
	// Tooltips are HTML: escaped once by us, and once more as JSON.
	assert.Contains(t, page, `client c\u0026lt;2\u0026gt;, operation 3`)
	assert.Contains(t, page, `{x=\u0026lt;b\u0026gt;2\u0026lt;/b\u0026gt;}`)
}

func TestDrawCuts(t *testing.T) {
	_, cut := draw(t, staleRead(t, 20), 10)
	assert.Contains(t, cut, "drawn is the core of the violation, 4 of the")
	assert.Contains(t, cut, "40 of 44 operations are not drawn")

	_, cut = draw(t, staleRead(t, 0), 2)
	assert.Contains(t, cut, "what shows the violation is not drawn")

	ok := []txn{{"c1", 0, 10, `{"write":{"x":"1"}}`, committed}, {"c2", 20, 30, `{"write":{"x":"2"}}`, committed},
		{"c3", 0, 10, `{"write":{"y":"1"}}`, committed}}
	_, cut = draw(t, txns(t, ok), 1)
	assert.Equal(t, "1 of 2 partitions are drawn whole; 2 of 3 operations are not drawn", cut)
	_, cut = draw(t, txns(t, ok[:2]), 1)
	assert.Equal(t, "0 of 1 partitions are drawn whole; 1 of 2 operations are not drawn", cut)
	_, cut = draw(t, txns(t, ok), 0)
	assert.Empty(t, cut)
}

// A page is written whole or not at all.
func TestDrawFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "history.html")
	empty := txns(t, nil)
	_, err := DrawFile(context.Background(), path, TxnKV(), empty, Check(context.Background(), TxnKV(), empty, Options{}), 0)
	require.Error(t, err)
	assert.NoFileExists(t, path)

	h := staleRead(t, 0)
	_, err = DrawFile(context.Background(), path, TxnKV(), h, Check(context.Background(), TxnKV(), h, Options{}), 0)
	require.NoError(t, err)
	page, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(strings.ToLower(string(page)), "<!doctype html>"))
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}

// Porcupine replays each order that it draws and panics at a step that the
// model refuses: no history, cut or not, may bring it there.
func TestDrawRandom(t *testing.T) {
	for seed := range uint64(200) {
		g := newGenerator("txnkv", seed)
		h := load(t, "txnkv", g.history(10))
		r := Check(context.Background(), TxnKV(), h, Options{})
		var b bytes.Buffer
		if _, err := Draw(context.Background(), &b, TxnKV(), h, r, 1+g.rng.IntN(8)); err != nil {
			require.Contains(t, err.Error(), "nothing to draw", "seed %d", seed)
		}
	}
}
