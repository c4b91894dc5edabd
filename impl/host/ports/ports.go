// Package ports reserves loopback ports for nodes that come and go: a node that
// is down must not lose its port to another program meanwhile.
package ports

import (
	"fmt"
	"net"
	"os"
	"strconv"
)

// Ports are taken in blocks, below the range from which kernels pick the ports
// of outgoing connections (32768 on Linux, 49152 elsewhere). The first port of
// a block is held open for as long as the block is, which keeps other blocks
// away from the rest of it.
const (
	blockSize  = 64
	blockFirst = 20000
	blocks     = 190
)

// Max is the number of ports in a block.
const Max = blockSize - 1

// Block is a number of ports, on which nobody else listens who takes theirs
// from a block too.
type Block struct {
	held net.Listener
	base int
}

// Take reserves a block of which the first n <= Max ports are free.
func Take(n int) (*Block, error) {
	if n > Max {
		return nil, fmt.Errorf("ports: expected at most %d, found %d", Max, n)
	}
	var last error
	for i := range blocks {
		b := &Block{base: blockFirst + blockSize*((i+os.Getpid())%blocks)}
		if b.held, last = net.Listen("tcp", address(b.base)); last != nil {
			continue
		}
		if last = b.probe(n); last == nil {
			return b, nil
		}
		b.Release()
	}
	return nil, fmt.Errorf("ports: found no %d free ports from %d to %d: %w", n+1, blockFirst, blockFirst+blocks*blockSize-1, last)
}

func (b *Block) probe(n int) error {
	for i := range n {
		l, err := net.Listen("tcp", b.Address(i))
		if err != nil {
			return err
		}
		_ = l.Close()
	}
	return nil
}

// Address is that of port i of the block, from 0.
func (b *Block) Address(i int) string { return address(b.base + 1 + i) }

// Release gives the block back.
func (b *Block) Release() { _ = b.held.Close() }

func address(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
