package fault

import (
	"math/rand/v2"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Partition cuts links between nodes, every so often on average, for a time
// drawn from For, in one of the shapes. Of the messages on a cut link some are
// lost and some arrive after it has healed.
type Partition struct {
	Every  time.Duration
	For    Span
	Shapes []Shape
}

// Link is one direction between two nodes.
type Link struct{ From, To protocol.NodeID }

// Kind returns KindPartition.
func (*Partition) Kind() Kind { return KindPartition }

// Next draws the time until it strikes next.
func (p *Partition) Next(rng *rand.Rand) time.Duration { return next(p.Every, rng) }

// Cuts draws a shape and the links that it cuts: at least one, if there are two
// nodes.
func (p *Partition) Cuts(nodes []protocol.NodeID, rng *rand.Rand) []Link {
	if len(nodes) < 2 {
		return nil
	}
	shape := p.Shapes[rng.IntN(len(p.Shapes))]
	side := make([]bool, len(nodes))
	if shape == Isolate {
		side[rng.IntN(len(nodes))] = true
	} else {
		// Neither side empty: the first and the last of a random order differ.
		order := rng.Perm(len(nodes))
		side[order[0]] = true
		for _, i := range order[1 : len(order)-1] {
			side[i] = rng.IntN(2) == 0
		}
	}
	var cut []Link
	for i, from := range nodes {
		for j, to := range nodes {
			if side[i] && !side[j] || side[j] && !side[i] && shape != OneWay {
				cut = append(cut, Link{from, to})
			}
		}
	}
	return cut
}

func (p *Partition) fields() []field {
	return []field{every(&p.Every), span("for", &p.For), shapeList(&p.Shapes)}
}
