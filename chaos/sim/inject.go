package sim

import (
	"time"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/impl/world"
)

// injector lets the plan's faults strike.
type injector struct {
	entries []entry
	byKind  [fault.Kinds][]int // indices of entries
}

// entry is a fault of the plan and what it is doing.
type entry struct {
	fault.Entry
	used int
	cut  []fault.Link // what the partition that is on has cut
}

// pendingCrash is a crash of a node that waits for its moment.
type pendingCrash struct {
	entry  int // index + 1; 0 is none
	moment fault.Moment
	number uint64 // so that an old coolDown does not call off a later crash
}

func (in *injector) plan(p fault.Plan) {
	for i, e := range p.Faults {
		in.entries = append(in.entries, entry{Entry: e})
		k := e.Fault.Kind()
		in.byKind[k] = append(in.byKind[k], i)
	}
}

// open says whether the entry may strike now.
func (s *simulator) open(e *entry) bool {
	return !s.settling && s.now >= e.From && (e.To == 0 || s.now < e.To) && (e.Budget == 0 || e.used < e.Budget)
}

func (s *simulator) count(e *entry) {
	e.used++
	s.rec.res.Faults[e.Fault.Kind()]++
}

// strikes says whether one of the plan's faults of the kind strikes the message
// or the request in hand.
func (s *simulator) strikes(k fault.Kind) bool {
	for _, i := range s.byKind[k] {
		e := &s.entries[i]
		if !s.open(e) {
			continue
		}
		hit := false
		switch f := e.Fault.(type) {
		case *fault.Loss:
			hit = f.Strikes(s.faults)
		case *fault.Duplication:
			hit = f.Strikes(s.faults)
		case *fault.Hangup:
			hit = f.Strikes(s.faults)
		}
		if hit {
			s.count(e)
			return true
		}
	}
	return false
}

// extra draws by how much a fault of the kind delays what is in hand.
func (s *simulator) extra(k fault.Kind) (by time.Duration, hit bool) {
	for _, i := range s.byKind[k] {
		e := &s.entries[i]
		if !s.open(e) {
			continue
		}
		span := fault.Span{}
		switch f := e.Fault.(type) {
		case *fault.Delay:
			span, hit = f.By, f.Strikes(s.faults)
		case *fault.Reordering:
			span, hit = f.By, f.Strikes(s.faults)
		case *fault.SlowFsync:
			span, hit = f.By, f.Strikes(s.faults)
		}
		if hit {
			s.count(e)
			return span.Draw(s.faults), true
		}
	}
	return 0, false
}

func (s *simulator) slowFsync() time.Duration {
	by, _ := s.extra(fault.KindSlowFsync)
	return by
}

// scheduleFaults plans the first strikes of the faults that strike by the clock.
func (s *simulator) scheduleFaults() {
	for i := range s.entries {
		s.scheduleStrike(i, s.entries[i].From)
	}
}

// scheduleStrike plans the next strike of an entry, counted from a time.
func (s *simulator) scheduleStrike(i int, from time.Duration) {
	var wait time.Duration
	switch f := s.entries[i].Fault.(type) {
	case *fault.Partition:
		wait = f.Next(s.faults)
	case *fault.Crash:
		wait = f.Next(s.faults)
	case *fault.Restart:
		wait = f.Next(s.faults)
	case *fault.Pause:
		wait = f.Next(s.faults)
	default:
		return
	}
	s.queue.push(event{at: from + wait, what: strike, number: uint64(i)})
}

func (s *simulator) handleFault(e event) {
	switch e.what {
	case strike:
		s.strike(int(e.number))
	case heal:
		s.heal(&s.entries[e.number])
	case bringUp:
		if m := &s.nodes[e.node]; e.incarnation == m.incarnation {
			s.bringUp(e.node)
		}
	case resume:
		if m := &s.nodes[e.node]; m.paused == e.at {
			m.paused = 0
		}
	case coolDown:
		if m := &s.nodes[e.node]; m.crash.number == e.number {
			m.crash.entry = 0
		}
	}
}

// strike lets an entry strike that strikes by the clock.
func (s *simulator) strike(i int) {
	e := &s.entries[i]
	if s.settling || e.To > 0 && s.now >= e.To || e.Budget > 0 && e.used >= e.Budget {
		return
	}
	lasts := time.Duration(0)
	switch f := e.Fault.(type) {
	case *fault.Partition:
		lasts = f.For.Draw(s.faults)
		for _, l := range f.Cuts(s.ids, s.faults) {
			e.cut = append(e.cut, l)
			link := &s.links[s.index(l.From)*len(s.ids)+s.index(l.To)]
			if link.cuts++; link.cuts == 1 {
				s.apply(world.Choice{Kind: world.Cut, From: l.From, To: l.To})
			}
		}
		if len(e.cut) > 0 {
			s.count(e)
			s.queue.push(event{at: s.now + lasts, what: heal, number: uint64(i)})
		}
	case *fault.Crash:
		if node, ok := s.victim(); ok {
			m := &s.nodes[node]
			m.crash = pendingCrash{entry: i + 1, moment: f.Moment(s.faults), number: m.crash.number + 1}
			// A moment that does not come within the mean time is not waited for.
			s.queue.push(event{at: s.now + f.Every, what: coolDown, node: node, number: m.crash.number})
			if m.crash.moment == fault.AtOnce {
				s.crash(node, f)
			}
		}
	case *fault.Restart:
		if node, ok := s.victim(); ok {
			s.count(e)
			s.takeDown(node, 0, false)
			s.bringUp(node)
		}
	case *fault.Pause:
		if node, ok := s.victim(); ok {
			s.count(e)
			lasts = f.For.Draw(s.faults)
			s.nodes[node].paused = s.now + lasts
			s.queue.push(event{at: s.now + lasts, what: resume, node: node})
		}
	}
	s.scheduleStrike(i, s.now+lasts)
}

// victim draws a node that is up and that nothing has been done to yet.
func (s *simulator) victim() (int, bool) {
	var able []int
	for i, id := range s.ids {
		if m := &s.nodes[i]; s.w.Up(id) && m.paused == 0 && m.crash.entry == 0 {
			able = append(able, i)
		}
	}
	if len(able) == 0 {
		return 0, false
	}
	return able[s.faults.IntN(len(able))], true
}

// momentOfCrash lets a crash happen that was waiting for what node i just did.
func (s *simulator) momentOfCrash(i int, fsynced bool) {
	m := &s.nodes[i]
	if m.crash.entry == 0 {
		return
	}
	if m.crash.moment == fault.AfterWrite && m.put > m.durable || m.crash.moment == fault.AfterFsync && fsynced {
		s.crash(i, s.entries[m.crash.entry-1].Fault.(*fault.Crash))
	}
}

// crash crashes node i now, for the crash that was pending.
func (s *simulator) crash(i int, f *fault.Crash) {
	m := &s.nodes[i]
	e := &s.entries[m.crash.entry-1]
	m.crash.entry = 0
	if !s.open(e) || !s.w.Up(s.ids[i]) {
		return
	}
	s.count(e)
	lose, torn := f.Loss(int(m.put-m.durable), s.faults)
	s.takeDown(i, lose, torn)
	s.queue.push(event{at: s.now + f.Down.Draw(s.faults), what: bringUp, node: i, incarnation: m.incarnation})
}

func (s *simulator) takeDown(i, lose int, torn bool) {
	m := &s.nodes[i]
	m.incarnation++
	m.timers, m.syncing, m.put, m.durable, m.paused = m.timers[:0], false, 0, 0, 0
	s.apply(world.Choice{Kind: world.Crash, Node: s.ids[i], Records: lose, Torn: torn})
}

func (s *simulator) bringUp(i int) {
	if s.w.Up(s.ids[i]) {
		return
	}
	s.apply(world.Choice{Kind: world.Restart, Node: s.ids[i]})
	s.unpark(&s.nodes[i].parked)
}

// heal ends the partition that an entry made.
func (s *simulator) heal(e *entry) {
	for _, l := range e.cut {
		link := &s.links[s.index(l.From)*len(s.ids)+s.index(l.To)]
		if link.cuts--; link.cuts == 0 {
			s.apply(world.Choice{Kind: world.Heal, From: l.From, To: l.To})
			s.unpark(&link.parked)
		}
	}
	e.cut = e.cut[:0]
}

// settle ends all faults.
func (s *simulator) settle() {
	s.settling, s.settled = true, s.now
	for i := range s.entries {
		s.heal(&s.entries[i])
	}
	for i := range s.nodes {
		s.nodes[i].paused, s.nodes[i].crash.entry = 0, 0
		s.bringUp(i)
	}
}
