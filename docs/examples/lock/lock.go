// Package lock is a lock server and its clients, as an example of a program that
// is not Lockstep's: it imports nothing of Lockstep but the recorder of package
// trace, in the lines that say "trace". Lock.tla beside it is what it should do.
//
// See the chapter on conformance, docs/conformance.md.
package lock

import (
	"sync"

	"github.com/lockstep-go/lockstep/conformance/trace"
)

// message is what goes between a client and the server.
type message struct {
	from  string
	kind  string      // "ask", "give back"; "yours" from the server
	stamp trace.Stamp // trace: what happened before it was sent
}

// Server gives the lock to one client at a time.
type Server struct {
	// Hasty gives the lock to everybody who asks, at once: the bug that a
	// trace shows.
	Hasty bool

	inbox   chan message
	clients map[string]chan message
	queue   []string
	tracer  *trace.Node // trace
}

// NewServer returns a server for these clients. Run serves them.
func NewServer(clients []string, tracer *trace.Node) *Server {
	s := &Server{inbox: make(chan message, 16), clients: map[string]chan message{}, tracer: tracer}
	for _, c := range clients {
		s.clients[c] = make(chan message, 1)
	}
	return s
}

// Run serves until the inbox is closed.
func (s *Server) Run() error {
	for m := range s.inbox {
		s.tracer.Receive(m.stamp) // trace
		switch m.kind {
		case "ask":
			s.queue = append(s.queue, m.from)
			if err := s.record("Enqueue", m.from); err != nil { // trace
				return err
			}
			if len(s.queue) == 1 || s.Hasty {
				s.grant(m.from)
			}
		case "give back":
			s.queue = s.queue[1:]
			if err := s.record("Dequeue", m.from); err != nil { // trace
				return err
			}
			if len(s.queue) > 0 && !s.Hasty {
				s.grant(s.queue[0])
			}
		}
	}
	return nil
}

func (s *Server) grant(client string) {
	s.clients[client] <- message{from: "server", kind: "yours", stamp: s.tracer.Stamp()}
}

// record is all that the server was given to be traced: the action, and the
// variable of the specification that it has changed.
func (s *Server) record(action, client string) error {
	queue := []any{}
	for _, c := range s.queue {
		queue = append(queue, c)
	}
	return s.tracer.Event(trace.Event{Action: action, Args: []any{client}, Vars: map[string]any{"queue": queue}})
}

// Client asks for the lock, does something while it holds it, and gives it back.
type Client struct {
	Name   string
	Server *Server
	Tracer *trace.Node // trace
}

// Do runs f while the client holds the lock.
func (c *Client) Do(f func()) error {
	if err := c.record("Ask", "waiting"); err != nil { // trace
		return err
	}
	c.send("ask")
	m := <-c.Server.clients[c.Name]
	c.Tracer.Receive(m.stamp)                            // trace
	if err := c.record("Enter", "holding"); err != nil { // trace
		return err
	}
	f()
	if err := c.record("Leave", "idle"); err != nil { // trace
		return err
	}
	c.send("give back")
	return nil
}

func (c *Client) send(kind string) {
	c.Server.inbox <- message{from: c.Name, kind: kind, stamp: c.Tracer.Stamp()}
}

func (c *Client) record(action, state string) error {
	return c.Tracer.Event(trace.Event{Action: action, Args: []any{c.Name}, Local: map[string]any{"state": state}})
}

// Run lets each client take the lock so many times.
func Run(s *Server, clients []*Client, times int, f func()) error {
	var all sync.WaitGroup
	errs := make([]error, len(clients)+1)
	for i, c := range clients {
		all.Go(func() {
			for range times {
				if errs[i] = c.Do(f); errs[i] != nil {
					return
				}
			}
		})
	}
	var server sync.WaitGroup
	server.Go(func() { errs[len(clients)] = s.Run() })
	all.Wait()
	close(s.inbox)
	server.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
