package protocol

// Renaming says what each node is to be called: a permutation of the nodes
// that exchanges interchangeable ones.
type Renaming func(NodeID) NodeID

// Symmetric is implemented by protocols some of whose nodes are
// interchangeable: exchange two of them everywhere in a world, and what can
// happen next, and what clients then see, is the same with the two exchanged.
// An explorer of all behaviours then need look at only one of the worlds that
// such exchanges make of each other (Clarke, Enders, Filkorn and Jha, 1996).
//
// It takes that no node prefers one of them, by its place in a list say; that
// nothing else distinguishes them, such as the keys that they hold, unless it
// is exchanged too; and that [Protocol.Server] never names one of them.
type Symmetric interface {
	Protocol

	// Interchangeable lists groups of nodes that can be exchanged within the
	// group. The nodes of the protocol, and those payloads that name nodes,
	// are Renamable.
	Interchangeable() [][]NodeID

	// AppendRenamedRecord appends a record of the node's log as it would be
	// after the renaming; of is the node's name before it.
	AppendRenamedRecord(b []byte, of NodeID, record []byte, r Renaming) []byte

	// RenamedTimer returns what a timer of that name would be called.
	RenamedTimer(name string, r Renaming) string
}

// Renamable is implemented by nodes and payloads of symmetric protocols.
type Renamable interface {
	// AppendRenamed appends the canonical encoding that the value would have
	// after the renaming. With a renaming that changes nothing, that is what
	// AppendState or AppendBinary appends.
	AppendRenamed(b []byte, r Renaming) []byte
}
