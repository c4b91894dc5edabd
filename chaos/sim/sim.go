package sim

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
)

// Run runs one simulation. An error says that the configuration is wrong or
// that the scheduler is; what the protocol does wrong is Result.Violation.
func Run(cfg Config) (*Result, error) {
	if err := cfg.defaults(); err != nil {
		return nil, err
	}
	if cfg.Workload == nil {
		return nil, fmt.Errorf("simulate: expected a workload, found none")
	}
	rec, err := newRecorder(&cfg)
	if err != nil {
		return nil, fmt.Errorf("simulate: %w", err)
	}
	s := newSimulator(&cfg, rec)
	if s.over = rec.res.Violation != nil; !s.over {
		s.begin()
	}
	for s.err == nil && !s.over {
		s.next()
	}
	if s.err != nil {
		return nil, fmt.Errorf("simulate seed %d: %w", cfg.Seed, s.err)
	}
	return rec.finish(), nil
}

// simulator is the seeded scheduler of one run.
type simulator struct {
	cfg *Config
	rec *recorder
	w   *world.World
	ids []protocol.NodeID

	now   time.Duration
	queue queue
	over  bool
	err   error

	// Each concern draws from a stream of its own, so that a change of one
	// leaves the others' draws alone.
	network, disks, clocks, faults *rand.Rand

	nodes   []machine
	links   []link // by from*len(ids)+to
	clients []*caller
	injector

	settling bool // no faults any more
	settled  time.Duration
	waiting  int // clients that are not done

	sent    []*world.Envelope // of the step in hand
	replies []world.Reply
}

// machine is what the scheduler knows of a node's surroundings.
type machine struct {
	incarnation uint64
	syncing     bool
	put         uint64 // records put out by this incarnation
	durable     uint64 // and how many of them are durable
	timers      []armed
	armings     uint64
	paused      time.Duration // until then; 0: not paused
	parked      []event       // messages that wait for it to come back
	crash       pendingCrash
}

// armed is a timer that is armed, for an event of the same arming.
type armed struct {
	name   string
	arming uint64
}

// link is one direction between two nodes.
type link struct {
	last   time.Duration // arrival of the last message in order
	cuts   int           // partitions that cut it
	parked []event       // messages that wait for it to heal
}

func newSimulator(cfg *Config, rec *recorder) *simulator {
	stream := func(n uint64) *rand.Rand { return rand.New(rand.NewPCG(cfg.Seed, n)) }
	s := &simulator{cfg: cfg, rec: rec, w: rec.w, ids: cfg.Protocol.Nodes(),
		network: stream(1), disks: stream(2), clocks: stream(3), faults: stream(4)}
	s.nodes = make([]machine, len(s.ids))
	s.links = make([]link, len(s.ids)*len(s.ids))
	for i := range cfg.Clients {
		s.clients = append(s.clients, newCaller(i, stream(100+uint64(i))))
	}
	s.waiting = len(s.clients)
	s.injector.plan(cfg.Plan)
	return s
}

// begin takes up what the nodes did at their first start, and lets the clients
// and the faults begin.
func (s *simulator) begin() {
	for i, id := range s.ids {
		for _, t := range s.w.Timers(id) {
			s.arm(i, t)
		}
		records, durable := s.w.Log(id)
		s.nodes[i].put, s.nodes[i].durable = uint64(len(records)), uint64(durable)
		s.fsync(i)
	}
	s.sent = append(s.sent[:0], s.w.InFlight()...)
	s.travel()
	for i := range s.clients {
		s.queue.push(event{at: s.cfg.Think.Draw(s.clients[i].Rand), what: think, client: i})
	}
	s.scheduleFaults()
	if s.waiting == 0 {
		s.settle()
	}
}

// next handles the next event.
func (s *simulator) next() {
	switch {
	case s.rec.res.Events >= s.cfg.EventsMax:
		s.stop(fmt.Sprintf("stopped after %d choices at %v of virtual time", s.cfg.EventsMax, s.now))
		return
	case s.settling && s.queue.len() == 0:
		s.stop("")
		return
	}
	if s.queue.len() == 0 { // clients have time-outs: they are done, or nothing will happen to them
		s.settle()
		return
	}
	e := s.queue.pop()
	if !s.settling && e.at >= s.cfg.Duration {
		s.queue.push(e)
		s.now = max(s.now, s.cfg.Duration)
		s.settle()
		return
	}
	if s.settling && (s.waiting == 0 && e.at >= s.settled+s.cfg.Settle || e.at >= s.settled+s.cfg.SettleMax) {
		s.stop("")
		return
	}
	s.now = max(s.now, e.at)
	s.handle(e)
}

func (s *simulator) stop(why string) {
	s.over = true
	s.rec.res.Incomplete = why
}

// handle lets an event happen, unless it is stale or has to wait.
func (s *simulator) handle(e event) {
	switch e.what {
	case arrive, fire, synced, request:
		if m := &s.nodes[e.node]; m.paused > 0 { // it all waits until the node goes on
			e.at = m.paused
			s.queue.push(e)
			return
		}
	}
	switch e.what {
	case arrive:
		s.arrive(e)
	case fire:
		s.fire(e)
	case synced:
		s.synced(e)
	case think, request, giveUp, retry, hangUp:
		s.handleClient(e)
	default:
		s.handleFault(e)
	}
}

// apply lets a choice happen, and does what follows from it.
func (s *simulator) apply(c world.Choice) {
	if s.over || s.err != nil {
		return
	}
	st, ok, err := s.rec.apply(s.now, c)
	if err != nil {
		s.err = err
		return
	}
	if !ok {
		s.over = true
		return
	}
	if st.Node == "" {
		return
	}
	i := s.index(st.Node)
	m := &s.nodes[i]
	for _, t := range st.Output.Timers {
		s.arm(i, t)
	}
	m.put += uint64(len(st.Output.Records))
	// The step's slices last until the next choice, and what follows makes some.
	s.replies = append(s.replies[:0], st.Replies...)
	for _, r := range s.replies {
		s.answered(r)
	}
	s.sent = append(s.sent[:0], st.Sent...)
	s.travel()
	s.fsync(i)
	s.momentOfCrash(i, c.Kind == world.Sync)
}

func (s *simulator) index(id protocol.NodeID) int {
	for i, n := range s.ids {
		if n == id {
			return i
		}
	}
	return -1
}

// arm plans the firing of a timer, or forgets it.
func (s *simulator) arm(i int, t protocol.Timer) {
	m := &s.nodes[i]
	at := -1
	for j := range m.timers {
		if m.timers[j].name == t.Name {
			at = j
		}
	}
	if t.Cancel {
		if at >= 0 {
			m.timers[at] = m.timers[len(m.timers)-1]
			m.timers = m.timers[:len(m.timers)-1]
		}
		return
	}
	m.armings++
	if at < 0 {
		at = len(m.timers)
		m.timers = append(m.timers, armed{name: t.Name})
	}
	m.timers[at].arming = m.armings
	span := t.Min
	if t.Max > t.Min {
		span += time.Duration(s.clocks.Int64N(int64(t.Max-t.Min) + 1))
	}
	if c, ok := s.cfg.Clocks[s.ids[i]]; ok { // measured by a clock that drifts
		span = time.Duration(float64(span) / (1 + float64(c.DriftPPM)/1e6))
	}
	s.queue.push(event{at: s.now + span, what: fire, node: i, name: t.Name, number: m.armings, incarnation: m.incarnation})
}

// fire fires a timer, if it is still the one that was armed then.
func (s *simulator) fire(e event) {
	m := &s.nodes[e.node]
	if e.incarnation != m.incarnation {
		return
	}
	for j, t := range m.timers {
		if t.name == e.name && t.arming == e.number {
			m.timers[j] = m.timers[len(m.timers)-1]
			m.timers = m.timers[:len(m.timers)-1]
			s.apply(world.Choice{Kind: world.Timeout, Node: s.ids[e.node], Timer: e.name})
			return
		}
	}
}

// fsync starts an fsync, if there is something to sync and none is under way.
func (s *simulator) fsync(i int) {
	m := &s.nodes[i]
	if m.syncing || m.put == m.durable {
		return
	}
	m.syncing = true
	took := s.cfg.Fsync.Draw(s.disks) + s.slowFsync()
	s.queue.push(event{at: s.now + took, what: synced, node: i, number: m.put, incarnation: m.incarnation})
}

// synced ends an fsync.
func (s *simulator) synced(e event) {
	m := &s.nodes[e.node]
	if e.incarnation != m.incarnation {
		return
	}
	c := world.Choice{Kind: world.Sync, Node: s.ids[e.node]}
	if e.number < m.put {
		c.Records = int(e.number - m.durable)
	}
	m.syncing, m.durable = false, e.number
	s.apply(c)
}
