package host

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

const (
	wireMagic   = "lockstep"
	wireVersion = 1
)

// appendFrame appends a frame that holds what body appends.
func appendFrame(b []byte, body func(*protocol.Writer)) []byte {
	start := len(b)
	w := protocol.Writer{B: append(b, 0, 0, 0, 0)}
	body(&w)
	binary.BigEndian.PutUint32(w.B[start:], uint32(len(w.B)-start-4))
	return w.B
}

// readFrame reads the body of a frame of at most that many bytes. It returns
// io.EOF when the input ends before the frame. It allocates no more than a
// small multiple of what it reads, whatever length the frame claims.
func readFrame(r io.Reader, bytesMax int) ([]byte, error) {
	var length [4]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		if err == io.ErrUnexpectedEOF {
			return nil, fmt.Errorf("found the end within a frame's length")
		}
		return nil, err
	}
	n := int64(binary.BigEndian.Uint32(length[:]))
	if n > int64(bytesMax) {
		return nil, fmt.Errorf("found a frame of %d bytes, expected at most %d", n, bytesMax)
	}
	var b bytes.Buffer
	if got, err := b.ReadFrom(io.LimitReader(r, n)); err != nil {
		return nil, err
	} else if got < n {
		return nil, fmt.Errorf("found the end after %d bytes of a frame, expected %d", got, n)
	}
	return b.Bytes(), nil
}

// hello is the first frame of a connection.
type hello struct {
	protocol string
	from, to protocol.NodeID
}

func (h hello) appendTo(b []byte) []byte {
	return appendFrame(b, func(w *protocol.Writer) {
		w.String(wireMagic)
		w.Uint(wireVersion)
		w.String(h.protocol)
		w.String(string(h.from))
		w.String(string(h.to))
	})
}

func readHello(b []byte) (h hello, err error) {
	r := protocol.NewReader(b)
	if magic := r.String(); r.Err() == nil && magic != wireMagic {
		r.Fail("found %.20q, expected %q", magic, wireMagic)
	}
	if v := r.Uint(); r.Err() == nil && v != wireVersion {
		r.Fail("found version %d of the format, expected %d", v, wireVersion)
	}
	h.protocol = r.String()
	h.from = protocol.NodeID(r.String())
	h.to = protocol.NodeID(r.String())
	if err := r.Close(); err != nil {
		return hello{}, fmt.Errorf("first frame: %w", err)
	}
	return h, nil
}

// An answer to hello is a frame with a reason to refuse, or none.
func appendAnswer(b []byte, refusal string) []byte {
	return appendFrame(b, func(w *protocol.Writer) { w.String(refusal) })
}

func readAnswer(b []byte) (refusal string, err error) {
	r := protocol.NewReader(b)
	refusal = r.String()
	return refusal, r.Close()
}

// envelope is a message as it travels: who it is from and to is known from
// the connection, and so is the name part of its id.
type envelope struct {
	incarnation, number uint64
	clock               []uint64 // by the place in Protocol.Nodes
	payload             protocol.Payload
}

func (e envelope) id(from protocol.NodeID) protocol.MessageID {
	return protocol.MessageID(fmt.Sprintf("%s.%d.%d", from, e.incarnation, e.number))
}

func (e envelope) appendTo(b []byte) []byte {
	return appendFrame(b, func(w *protocol.Writer) {
		w.Uint(e.incarnation)
		w.Uint(e.number)
		w.Uint(uint64(len(e.clock)))
		for _, k := range e.clock {
			w.Uint(k)
		}
		payload, _ := e.payload.AppendBinary(nil) // fails never, by contract
		w.String(string(payload))
	})
}

func readEnvelope(p protocol.Protocol, nodes int, b []byte) (envelope, error) {
	r := protocol.NewReader(b)
	e := envelope{incarnation: r.Uint(), number: r.Uint()}
	if n := r.Count(1); r.Err() == nil && n != nodes {
		r.Fail("found a vector clock of %d entries, expected %d", n, nodes)
	}
	if r.Err() == nil {
		e.clock = make([]uint64, nodes)
		for i := range e.clock {
			e.clock[i] = r.Uint()
		}
	}
	encoded := r.String()
	if err := r.Close(); err != nil {
		return envelope{}, fmt.Errorf("message: %w", err)
	}
	payload, err := p.DecodePayload([]byte(encoded))
	if err != nil {
		return envelope{}, fmt.Errorf("message: %w", err)
	}
	e.payload = payload
	return e, nil
}
