package twophase

import (
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// TestTranscripts drives one node at a time, as its driver would, and records
// what it does. Commands:
//
//	new node=c|p1|... [participants=2] [checkpoint=N]
//	step                 one input a line:
//	    recv NODE KIND TXN [oldest=T] [compare=k:v,...] [read=k,...] [write=k:v,...] [reads=k:v,...] [reason=R]
//	    request CLIENT/SEQ JSON
//	    timeout NAME
//	    sync [upto=N]    of the records that are not durable; all by default
//	    crash [lose=N]   of the records that are not durable; all by default; then start
//	state                what the node knows
//
// Each step also holds the node against its contract: a clone does the same,
// and a node recovered from the whole log has the same durable state.
func TestTranscripts(t *testing.T) {
	datadriven.Walk(t, "testdata/transcripts", func(t *testing.T, path string) {
		var d *driver
		datadriven.RunTest(t, path, func(t *testing.T, td *datadriven.TestData) string {
			switch td.Cmd {
			case "new":
				participants, every, id := 2, -1, ""
				td.ScanArgs(t, "node", &id)
				td.MaybeScanArgs(t, "participants", &participants)
				td.MaybeScanArgs(t, "checkpoint", &every)
				d = newDriver(t, New(participants, Options{CheckpointEvery: every}), protocol.NodeID(id))
				return d.describe(d.start())
			case "step":
				var b strings.Builder
				for _, line := range strings.Split(td.Input, "\n") {
					fmt.Fprintf(&b, "> %s\n%s", line, d.describe(d.line(line)))
				}
				return b.String()
			case "state":
				return stateText(d.node)
			}
			td.Fatalf(t, "expected new, step or state, found %s", td.Cmd)
			return ""
		})
	})
}

// driver is what stands around one node: its log.
type driver struct {
	t       *testing.T
	cluster *Cluster
	id      protocol.NodeID
	node    protocol.Node

	log         [][]byte
	durable     int // of them
	put, synced uint64
	checkpoint  int // where the last checkpoint begins in the log, or -1
	behind      int // and where it ends
}

func newDriver(t *testing.T, c *Cluster, id protocol.NodeID) *driver {
	return &driver{t: t, cluster: c, id: id, checkpoint: -1}
}

func (d *driver) start() protocol.Output {
	n, err := d.cluster.NewNode(d.id)
	require.NoError(d.t, err)
	d.node, d.put, d.synced, d.checkpoint, d.durable = n, 0, 0, -1, len(d.log)
	return d.step(protocol.Start{Records: append([][]byte(nil), d.log...)})
}

func (d *driver) step(in protocol.Input) protocol.Output {
	before := string(d.node.AppendState(nil))
	twin := d.node.Clone()
	require.Equal(d.t, before, string(twin.AppendState(nil)), "a clone's state")
	clones := twin.Step(0, in)
	require.Equal(d.t, before, string(d.node.AppendState(nil)), "a step of a clone shows")
	out := d.node.Step(0, in)
	require.Equal(d.t, clones, out, "a clone's output")
	require.NoError(d.t, out.Fatal)
	if out.Checkpoint {
		d.checkpoint = len(d.log)
	}
	d.log = append(d.log, out.Records...)
	d.put += uint64(len(out.Records))
	if out.Checkpoint {
		d.behind = len(d.log)
	}
	d.checkRecovery()
	return out
}

// checkRecovery recovers a node from the whole log.
func (d *driver) checkRecovery() {
	n, err := d.cluster.NewNode(d.id)
	require.NoError(d.t, err)
	log := d.log
	if d.checkpoint >= 0 {
		log = log[d.checkpoint:]
	}
	out := n.Step(0, protocol.Start{Records: append([][]byte(nil), log...)})
	require.NoError(d.t, out.Fatal)
	if out.Checkpoint { // it forgets what the log still says
		return
	}
	require.Equal(d.t, string(d.node.AppendDurable(nil)), string(n.AppendDurable(nil)), "the state recovered from the log")
}

func (d *driver) sync(n int) protocol.Output {
	d.synced += uint64(n)
	d.durable += n
	if d.checkpoint >= 0 && d.durable >= d.behind {
		d.log, d.durable = d.log[d.checkpoint:], d.durable-d.checkpoint
		d.checkpoint = -1
	}
	return d.step(protocol.Synced{Records: d.synced})
}

func (d *driver) crash(lose int) protocol.Output {
	d.log = d.log[:len(d.log)-lose]
	return d.start()
}

func (d *driver) line(line string) protocol.Output {
	f := strings.SplitN(line, " ", 3)
	volatile := len(d.log) - d.durable
	switch f[0] {
	case "recv":
		m := parseMessage(d.t, f[2])
		b, err := m.AppendBinary(nil)
		require.NoError(d.t, err)
		_, err = d.cluster.DecodePayload(b)
		require.NoError(d.t, err, "a message of the transcript could not be sent")
		return d.step(protocol.Receive{Message: protocol.Message{From: protocol.NodeID(f[1]), To: d.id, Payload: m}})
	case "request":
		client, seq, _ := strings.Cut(f[1], "/")
		n, err := strconv.ParseUint(seq, 10, 64)
		require.NoError(d.t, err)
		op, err := d.cluster.DecodeOp(json.RawMessage(f[2]))
		require.NoError(d.t, err)
		return d.step(protocol.Request{ID: protocol.RequestID{Client: client, Seq: n}, Op: op})
	case "timeout":
		return d.step(protocol.Timeout{Timer: f[1]})
	case "sync":
		return d.sync(argument(d.t, f[1:], "upto=", volatile))
	case "crash":
		return d.crash(argument(d.t, f[1:], "lose=", volatile))
	}
	d.t.Fatalf("expected recv, request, timeout, sync or crash, found %q", line)
	return protocol.Output{}
}

func argument(t *testing.T, words []string, name string, otherwise int) int {
	if len(words) == 0 {
		return otherwise
	}
	s, ok := strings.CutPrefix(words[0], name)
	require.True(t, ok, words[0])
	n, err := strconv.Atoi(s)
	require.NoError(t, err)
	require.LessOrEqual(t, n, otherwise)
	return n
}

func parseMessage(t *testing.T, text string) payload {
	words := strings.Fields(text)
	var m payload
	for k := range kindNames {
		if kindNames[k] == words[0] {
			m.kind = kind(k)
		}
	}
	require.NotZero(t, m.kind, text)
	var err error
	m.txn, err = parseTxnID(words[1])
	require.NoError(t, err)
	for _, w := range words[2:] {
		name, value, _ := strings.Cut(w, "=")
		var list []string
		var kvs []kv
		for _, e := range strings.Split(value, ",") {
			list = append(list, e)
			k, v, _ := strings.Cut(e, ":")
			kvs = append(kvs, kv{k, v})
		}
		switch name {
		case "oldest":
			m.oldest, err = parseTxnID(value)
			require.NoError(t, err)
		case "compare":
			m.work.compare = kvs
		case "read":
			m.work.read = list
		case "write":
			m.work.write = kvs
		case "reads":
			m.reads = kvs
		case "reason":
			m.reason = value
		default:
			t.Fatalf("unexpected %q in %q", w, text)
		}
	}
	return m
}

func kvText(name string, kvs []kv) string {
	if len(kvs) == 0 {
		return ""
	}
	var parts []string
	for _, e := range kvs {
		parts = append(parts, e.key+":"+e.value)
	}
	return " " + name + "=" + strings.Join(parts, ",")
}

func workText(w work) string {
	s := kvText("compare", w.compare)
	if len(w.read) > 0 {
		s += " read=" + strings.Join(w.read, ",")
	}
	return s + kvText("write", w.write)
}

func messageText(m payload) string {
	s := m.kind.String() + " " + m.txn.String()
	if m.kind == kindPrepare {
		s += " oldest=" + m.oldest.String()
	}
	s += workText(m.work) + kvText("reads", m.reads)
	if m.reason != "" {
		s += " reason=" + m.reason
	}
	return s
}

func (d *driver) describe(out protocol.Output) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, "  "+format+"\n", args...) }
	for _, a := range out.Actions {
		s := strings.TrimSpace(a.Slice + " " + a.Name)
		if len(a.Args) > 0 {
			s += fmt.Sprint(a.Args)
		}
		if p := a.Constants["Participants"]; p != nil {
			s += fmt.Sprintf(" with participants %v", p)
		}
		line("act %s", s)
	}
	for _, r := range out.Records {
		line("persist %s", recordText(d.t, r))
	}
	for _, m := range out.Messages {
		early := ""
		if m.Early {
			early = " (early)"
		}
		line("send %s %s%s", m.To, messageText(m.Payload.(payload)), early)
	}
	for _, r := range out.Replies {
		j, err := json.Marshal(r.Result)
		require.NoError(d.t, err)
		line("reply %s %s", r.ID, j)
	}
	for _, timer := range out.Timers {
		if timer.Cancel {
			line("cancel %s", timer.Name)
		} else {
			line("arm %s %s..%s", timer.Name, timer.Min, timer.Max)
		}
	}
	if b.Len() == 0 {
		return "  -\n"
	}
	return b.String()
}

func recordText(t *testing.T, b []byte) string {
	r := protocol.NewReader(b)
	s := ""
	switch k := recordKind(r.Byte()); k {
	case recEpoch:
		s = fmt.Sprintf("epoch %d", r.Uint())
	case recCommit:
		c := readCommitRecord(r)
		s = fmt.Sprintf("commit %s %v of %s%s", c.txn, c.participants, c.request, kvText("reads", c.reads))
	case recEnd:
		s = "end " + readTxn(r).String()
	case recOutcome:
		client, seq := r.String(), r.Uint()
		s = fmt.Sprintf("outcome %s/%d %+v", client, seq, readResult(r))
	case recPrepare:
		p, oldest := readPrepared(r)
		s = fmt.Sprintf("prepare %s oldest=%s%s%s", p.id, oldest, workText(p.work), kvText("reads", p.reads))
	case recDecision:
		s = fmt.Sprintf("decision %s %s", readTxn(r), []string{"?", "abort", "commit"}[r.Byte()])
	case recCheckpoint, recParticipantCheckpoint:
		return fmt.Sprintf("checkpoint of %d bytes", len(b))
	}
	require.NoError(t, r.Close())
	return s
}

// stateText says what a node knows, locks included.
func stateText(n protocol.Node) string {
	var b strings.Builder
	switch n := n.(type) {
	case *coordinator:
		fmt.Fprintf(&b, "epoch %d seq %d started %v waiting %d\n", n.epoch, n.seq, n.started, len(n.waiting))
		for _, t := range n.txns {
			fmt.Fprintf(&b, "txn %s of %s committed=%v votes=%v acks=%v\n", t.id, t.request, t.committed, t.votes, t.acks)
		}
		var names []string
		for name := range n.sessions {
			names = append(names, name)
		}
		sort.Strings(names)
		for _, name := range names {
			s := n.sessions[name]
			fmt.Fprintf(&b, "session %s at %d, settled %d %s\n", name, s.seq, s.settled, s.result.Outcome)
		}
		fmt.Fprintf(&b, "ended %v\n", n.ended)
	case *participant:
		fmt.Fprintf(&b, "oldest %s store %v\n", n.oldest, n.store)
		for _, t := range n.prepared {
			fmt.Fprintf(&b, "prepared %s%s%s\n", t.id, workText(t.work), kvText("reads", t.reads))
		}
		for _, x := range n.decided {
			fmt.Fprintf(&b, "decided %s %s prepared=%v\n", x.id, []string{"?", "abort", "commit"}[x.decision], x.prepared)
		}
		fmt.Fprintf(&b, "shared %v exclusive %v\n", n.locks.shared, n.locks.exclusive)
	}
	return b.String()
}
