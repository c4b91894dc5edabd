package host

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// responseBytesMax bounds what a client reads of an answer.
const responseBytesMax = 64 << 20

// Client talks to nodes over their HTTP API. It tries nothing twice: that is
// its user's to decide, who may send a request again under the same id.
type Client struct {
	// HTTP is the client to use; http.DefaultClient if it is nil.
	HTTP *http.Client
}

// RequestError is why a request got no reply.
type RequestError struct {
	Server  string
	Status  int // of HTTP; 0 when there was no answer
	Outcome Outcome
	Err     error
}

func (e *RequestError) Error() string {
	return fmt.Sprintf("%s: %v (outcome: %s)", e.Server, e.Err, e.Outcome)
}

func (e *RequestError) Unwrap() error { return e.Err }

// Do sends a request to the server at that address, such as 127.0.0.1:8000,
// and returns the result as JSON. The error is always a *RequestError. It says
// Unknown unless the server was never reached or said itself that the request
// was not executed.
func (c *Client) Do(ctx context.Context, server string, id protocol.RequestID, op protocol.Op) (json.RawMessage, error) {
	encoded, err := json.Marshal(op)
	if err != nil {
		return nil, &RequestError{server, 0, NotExecuted, err}
	}
	body, err := json.Marshal(request{id, encoded})
	if err != nil {
		return nil, &RequestError{server, 0, NotExecuted, err}
	}
	b, err := c.call(ctx, http.MethodPost, server, "/v1/requests", body)
	if err != nil {
		return nil, err
	}
	var got struct {
		protocol.RequestID
		Result json.RawMessage `json:"result"`
	}
	if err := decodeStrict(b, &got); err != nil {
		return nil, &RequestError{server, http.StatusOK, Unknown, err}
	}
	if got.RequestID != id {
		return nil, &RequestError{server, http.StatusOK, Unknown, fmt.Errorf("found the reply to request %s, expected that to %s", got.RequestID, id)}
	}
	return got.Result, nil
}

// Status asks a server how it is.
func (c *Client) Status(ctx context.Context, server string) (Status, error) {
	var s Status
	b, err := c.call(ctx, http.MethodGet, server, "/v1/status", nil)
	if err == nil {
		err = decodeStrict(b, &s)
	}
	return s, err
}

// EnableFailpoint arms a failpoint of a server by its full name.
func (c *Client) EnableFailpoint(ctx context.Context, server, name, terms string) error {
	_, err := c.call(ctx, http.MethodPut, server, "/v1/failpoints/"+name, []byte(terms))
	return err
}

// DisableFailpoint disarms it.
func (c *Client) DisableFailpoint(ctx context.Context, server, name string) error {
	_, err := c.call(ctx, http.MethodDelete, server, "/v1/failpoints/"+name, nil)
	return err
}

// Failpoints returns how often each failpoint of a server was evaluated.
func (c *Client) Failpoints(ctx context.Context, server string) (map[string]uint64, error) {
	var hits map[string]uint64
	b, err := c.call(ctx, http.MethodGet, server, "/v1/failpoints", nil)
	if err == nil {
		err = decodeStrict(b, &hits)
	}
	return hits, err
}

// call returns the body of a good answer.
func (c *Client) call(ctx context.Context, method, server, path string, body []byte) ([]byte, error) {
	// From when on there is a connection, the server may have read of the
	// request what we do not know to have been written.
	var reached atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { reached.Store(true) },
	})
	fail := func(status int, err error) ([]byte, error) {
		o := Unknown
		if !reached.Load() {
			o = NotExecuted
		}
		return nil, &RequestError{server, status, o, err}
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://"+server+path, bytes.NewReader(body))
	if err != nil {
		return fail(0, err)
	}
	client := c.HTTP
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	if err != nil {
		return fail(0, err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, responseBytesMax+1))
	if err == nil && len(b) > responseBytesMax {
		err = fmt.Errorf("found an answer of more than %d bytes", responseBytesMax)
	}
	if err != nil {
		return fail(resp.StatusCode, err)
	}
	if resp.StatusCode/100 == 2 {
		return b, nil
	}
	var f failure
	if err := json.Unmarshal(b, &f); err != nil || f.Error == "" {
		// Not one of our answers: of something in between, say.
		return fail(resp.StatusCode, fmt.Errorf("HTTP status %d: %.200q", resp.StatusCode, strings.TrimSpace(string(b))))
	}
	if f.Outcome != NotExecuted {
		f.Outcome = Unknown
	}
	return nil, &RequestError{server, resp.StatusCode, f.Outcome, errors.New(f.Error)}
}

// decodeStrict decodes JSON that holds nothing that v does not, and one value.
func decodeStrict(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	end := d.InputOffset()
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("found more after byte %d, expected the end", end)
	}
	return nil
}
