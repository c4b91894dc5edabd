package host_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/impl/host"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// echo replies with the operation, unless it is "silence".
func echo(now time.Duration, in protocol.Input) protocol.Output {
	if r, ok := in.(protocol.Request); ok && r.Op != "silence" {
		return protocol.Output{Replies: []protocol.Reply{{ID: r.ID, Result: r.Op}}}
	}
	return protocol.Output{}
}

func call(t *testing.T, method, url, body string, header ...string) (status int, answer string) {
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(b)
}

func TestRequests(t *testing.T) {
	c := newCluster(t, script{"a": echo}, func(cfg *host.Config) {
		cfg.BodyBytesMax = 1000
	})
	c.start()
	url := "http://" + c.clients["a"] + "/v1/requests"
	for body, want := range map[string]struct {
		status int
		answer string
	}{
		`{"client":"c","seq":1,"op":"hi"}`:    {200, `{"client":"c","seq":1,"result":"hi"}`},
		``:                                    {400, `"error":"EOF; expected {`},
		`{"client":"c","seq":1,"op":"hi"`:     {400, `"error":"unexpected EOF; expected {`},
		`{"client":"c","seq":1,"op":"hi"} {}`: {400, `found more after byte 32, expected the end`},
		`{"client":"c","seq":1,"opp":"hi"}`:   {400, `unknown field \"opp\"`},
		`{"client":"c","seq":-1,"op":"hi"}`:   {400, `cannot unmarshal number -1 into Go struct field`},
		`{"seq":1,"op":"hi"}`:                 {400, `client: found a name of 0 bytes, expected 1 to 256`},
		`{"client":"c","op":"hi"}`:            {400, `seq: found 0 or nothing, expected a number from 1`},
		`{"client":"c","seq":1}`:              {400, `op: found nothing, expected an operation`},
		`{"client":"c","seq":1,"op":7}`:       {400, `op: json: cannot unmarshal number into Go value of type string`},
		`{"client":"` + strings.Repeat("c", 257) + `","seq":1,"op":"hi"}`: {400, `client: found a name of 257 bytes`},
		`{"client":"c","seq":1,"op":"` + strings.Repeat("x", 1000) + `"}`: {413, `expected at most that many`},
	} {
		status, answer := call(t, "POST", url, body)
		assert.Equal(t, want.status, status, body)
		assert.Contains(t, answer, want.answer, body)
		if status != 200 {
			assert.Contains(t, answer, `"outcome":"not executed"`)
		}
	}
	status, _ := call(t, "GET", url, "")
	assert.Equal(t, 405, status)
	status, _ = call(t, "GET", "http://"+c.clients["a"]+"/", "")
	assert.Equal(t, 404, status)
	status, _ = call(t, "POST", url, `{"client":"c","seq":3,"op":"hi"}`, "Origin", "http://evil.example")
	assert.Equal(t, 403, status, "a page of another site")
}

func TestNoReplyInTime(t *testing.T) {
	c := newCluster(t, script{"a": echo}, func(cfg *host.Config) { cfg.RequestWait = 20 * time.Millisecond })
	c.start()
	status, answer := call(t, "POST", "http://"+c.clients["a"]+"/v1/requests", `{"client":"c","seq":2,"op":"silence"}`)
	assert.Equal(t, 504, status)
	assert.JSONEq(t, `{"error":"no reply to request c/2 within 20ms","outcome":"unknown"}`, answer)
}

// Two who ask under the same id both get the reply.
func TestTheSameRequestTwiceAtOnce(t *testing.T) {
	p := script{"a": func(now time.Duration, in protocol.Input) protocol.Output {
		if r, ok := in.(protocol.Request); ok && r.Op == "second" {
			return protocol.Output{Replies: []protocol.Reply{{ID: r.ID, Result: "both"}}}
		}
		return protocol.Output{}
	}}
	c := newCluster(t, p, nil)
	c.start()
	first := make(chan json.RawMessage)
	go func() {
		got, err := c.do("a", "c", 1, "first")
		assert.NoError(t, err)
		first <- got
	}()
	c.until("a", func(o protocol.Observation) bool { return strings.HasSuffix(o.Input.String(), "first") })
	got, err := c.do("a", "c", 1, "second")
	require.NoError(t, err)
	assert.Equal(t, `"both"`, string(got))
	assert.Equal(t, `"both"`, string(<-first))
}

func TestClientTellsTheOutcome(t *testing.T) {
	id := protocol.RequestID{Client: "c", Seq: 1}
	outcome := func(server string) host.Outcome {
		t.Helper()
		_, err := (&host.Client{HTTP: &http.Client{Transport: &http.Transport{}}}).Do(t.Context(), server, id, "op")
		var failed *host.RequestError
		require.ErrorAs(t, err, &failed)
		assert.Equal(t, server, failed.Server)
		return failed.Outcome
	}
	assert.Equal(t, host.NotExecuted, outcome(freeAddress(t)), "nobody listens")

	// A server that does something to the connection.
	server := func(do func(net.Conn)) string {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		t.Cleanup(func() { _ = l.Close() })
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				do(conn)
				_ = conn.Close()
			}
		}()
		return l.Addr().String()
	}
	answer := func(status, body string) string {
		return server(func(c net.Conn) {
			b := make([]byte, 4096)
			_, _ = c.Read(b)
			_, _ = io.WriteString(c, "HTTP/1.1 "+status+"\r\nContent-Length: "+strconv.Itoa(len(body))+"\r\n\r\n"+body)
		})
	}
	assert.Equal(t, host.Unknown, outcome(server(func(net.Conn) {})), "closed at once")
	assert.Equal(t, host.Unknown, outcome(answer("200 OK", `{"client":"c","seq":2,"result":1}`)), "another's reply")
	assert.Equal(t, host.Unknown, outcome(answer("200 OK", `{"client":"c","seq":1,"res`)), "half a reply")
	assert.Equal(t, host.Unknown, outcome(answer("502 Bad Gateway", "a proxy speaks")))
	assert.Equal(t, host.Unknown, outcome(answer("504 Gateway Timeout", `{"error":"late","outcome":"unknown"}`)))
	assert.Equal(t, host.Unknown, outcome(answer("500 Oops", `{"error":"late","outcome":"perhaps"}`)))
	assert.Equal(t, host.NotExecuted, outcome(answer("400 Bad Request", `{"error":"bad","outcome":"not executed"}`)))

	good, err := (&host.Client{}).Do(t.Context(), answer("200 OK", `{"client":"c","seq":1,"result":{"x":1}}`), id, "op")
	require.NoError(t, err)
	assert.JSONEq(t, `{"x":1}`, string(good))

	stuck := server(func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err = (&host.Client{}).Do(ctx, stuck, id, "op")
	var failed *host.RequestError
	require.ErrorAs(t, err, &failed)
	assert.Equal(t, host.Unknown, failed.Outcome)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

func failpointsCompiled() string { return strconv.FormatBool(failpoint.Compiled) }

func TestFailpointsOverHTTP(t *testing.T) {
	c := newCluster(t, script{"a": echo}, nil)
	c.start()
	client, server := &host.Client{}, c.clients["a"]
	const name = "github.com/lockstep-go/lockstep/impl/host/before-apply"
	if !failpoint.Compiled {
		err := client.EnableFailpoint(t.Context(), server, name, "return(1)")
		var failed *host.RequestError
		require.ErrorAs(t, err, &failed)
		assert.Equal(t, 501, failed.Status)
		assert.ErrorContains(t, err, "this build holds no failpoints")
		assert.ErrorContains(t, client.DisableFailpoint(t.Context(), server, name), "this build holds no failpoints")
		_, err = client.Failpoints(t.Context(), server)
		assert.ErrorContains(t, err, "this build holds no failpoints")
		return
	}
	hits, err := client.Failpoints(t.Context(), server)
	require.NoError(t, err)
	assert.NotZero(t, hits[name])
	assert.ErrorContains(t, client.EnableFailpoint(t.Context(), server, name+"s", "return(1)"), "no failpoint")
	assert.ErrorContains(t, client.EnableFailpoint(t.Context(), server, name, "retrun(1)"), "terms")
	require.NoError(t, client.EnableFailpoint(t.Context(), server, name, "return(1)"))
	require.NoError(t, client.DisableFailpoint(t.Context(), server, name))
	_, err = c.do("a", "c", 1, "fine")
	require.NoError(t, err)
}

// Each failpoint, in a build that holds them, does what it says.
func TestFailpointsStopOrLose(t *testing.T) {
	if !failpoint.Compiled {
		t.Skip("needs a build with failpoints: go test $(go run ./chaos/failpoints) ./impl/host")
	}
	const pkg = "github.com/lockstep-go/lockstep/impl/host/"
	p := script{"a": func(now time.Duration, in protocol.Input) protocol.Output {
		if r, ok := in.(protocol.Request); ok {
			return protocol.Output{Records: [][]byte{{1}}, Replies: []protocol.Reply{{ID: r.ID}},
				Messages: []protocol.Message{{From: "a", To: "b", Payload: text(r.Op.(string))}}}
		}
		return protocol.Output{}
	}, "b": nil}
	enable := func(name, terms string) {
		require.NoError(t, failpoint.Enable(pkg+name, terms))
		t.Cleanup(func() { require.NoError(t, failpoint.Disable(pkg+name)) })
	}
	for _, name := range []string{"before-apply", "after-apply", "before-release"} {
		c := newCluster(t, p, nil)
		c.start("a")
		enable(name, `1*return("stop")`)
		_, err := c.do("a", "c", 1, "x")
		assert.Error(t, err)
		assert.ErrorContains(t, c.wait("a"), "failpoint "+name+": stop")
	}
	c := newCluster(t, p, nil)
	c.start()
	enable("before-send", `1*return("lost")`)
	_, err := c.do("a", "c", 1, "lost")
	require.NoError(t, err)
	for seq := uint64(2); failpoint.Hits()[pkg+"before-send"] == 0; seq++ {
		_, err := c.do("a", "c", seq, "retry")
		require.NoError(t, err)
	}
	// The frames behind the one that is cut may be lost with the connection, and
	// it may be a retry that is: so this one is sent until it comes.
	enable("after-send", `1*return("sent, then cut")`)
	c.doUntil("a", "d", "sent", "b", received("sent"))
	require.NoError(t, c.stop("b"))
	for _, o := range c.seen["b"] {
		assert.False(t, received("lost")(o))
	}
}

func TestBodyOfARequestIsBounded(t *testing.T) {
	c := newCluster(t, script{"a": echo}, nil)
	c.start()
	status, answer := call(t, "POST", "http://"+c.clients["a"]+"/v1/requests", string(bytes.Repeat([]byte(" "), 1<<20+1)))
	assert.Equal(t, 413, status)
	assert.Contains(t, answer, "more than 1048576 bytes")
}
