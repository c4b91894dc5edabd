package cluster

import (
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A receiver that has stopped reading holds up its own connection, and neither
// changes of the link nor its end.
func TestChangesDoNotWaitForAStalledReceiver(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	accepted := make(chan net.Conn, 1)
	go func() {
		c, err := l.Accept()
		if err == nil {
			accepted <- c // and never read from it
		}
	}()
	p, err := startProxy(l.Addr().String())
	require.NoError(t, err)
	c, err := net.Dial("tcp", p.address())
	require.NoError(t, err)
	defer c.Close()
	defer (<-accepted).Close()

	// Fill every buffer on the way: the write that finds no room times out.
	full := false
	for data := make([]byte, 1<<20); !full; {
		require.NoError(t, c.SetWriteDeadline(time.Now().Add(200*time.Millisecond)))
		_, err := c.Write(data)
		full = err != nil
	}
	done := make(chan bool)
	go func() {
		for _, d := range []direction{{delay: time.Second}, {cut: true}, {}, {delay: time.Hour}} {
			p.set(forth, d)
			p.set(back, d)
		}
		p.close()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("a change waits for the receiver")
	}
	assert.Empty(t, p.pairs)
}
