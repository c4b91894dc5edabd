package cluster

import (
	"fmt"
	"net"
	"os"
	"strconv"
)

// Ports are taken in blocks, below the range from which kernels pick the ports
// of outgoing connections (32768 on Linux, 49152 elsewhere). The first port of
// a block is held open for as long as the cluster lives, which keeps other
// clusters away from the rest of it: a node that is down, whose port is free
// for the moment, does not lose it to one of them.
const (
	blockSize  = 64
	blockFirst = 20000
	blocks     = 190
)

type ports struct {
	held net.Listener
	base int
}

// takePorts reserves a block of which n ports beside the first are free.
func takePorts(n int) (*ports, error) {
	var last error
	for i := range blocks {
		p := &ports{base: blockFirst + blockSize*((i+os.Getpid())%blocks)}
		if p.held, last = net.Listen("tcp", p.address(0)); last != nil {
			continue
		}
		if last = p.probe(n); last == nil {
			return p, nil
		}
		p.held.Close()
	}
	return nil, fmt.Errorf("cluster: found no %d free ports from %d to %d: %w", n+1, blockFirst, blockFirst+blocks*blockSize-1, last)
}

func (p *ports) probe(n int) error {
	for i := 1; i <= n; i++ {
		l, err := net.Listen("tcp", p.address(i))
		if err != nil {
			return err
		}
		l.Close()
	}
	return nil
}

func (p *ports) address(i int) string {
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(p.base+i))
}

func (p *ports) release() { p.held.Close() }
