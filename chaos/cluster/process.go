package cluster

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
)

// process is a running child, or one that was reaped.
type process struct {
	cmd    *exec.Cmd
	stdin  io.Closer
	exited chan struct{} // closed once it is reaped
	err    error         // then: how it ended

	// The Cluster's mu's:
	told  told            // what it was last told to do
	armed map[string]bool // the failpoints that may end it
}

type told int

const (
	nothing told = iota
	fail         // by a failpoint
	stop
	kill
)

// spawner starts processes from one thread, which lives as long as it does:
// Linux sends the signal of a parent's death when the thread that started the
// child ends, and the Go runtime ends threads as it likes.
type spawner struct {
	requests chan func()
	ended    chan struct{}
}

func newSpawner() *spawner {
	s := &spawner{requests: make(chan func()), ended: make(chan struct{})}
	go func() {
		defer close(s.ended)
		runtime.LockOSThread()
		for start := range s.requests {
			start()
		}
	}()
	return s
}

func (s *spawner) close() {
	close(s.requests)
	<-s.ended
}

// spawn starts a program. Its standard input is a pipe that ends with this
// process, and its output is appended to the two files.
func (s *spawner) spawn(args, env []string, outPath, errPath string) (*process, error) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(append(os.Environ(), parentEnv+"=1"), env...)
	cmd.SysProcAttr = childAttributes()
	for path, to := range map[string]*io.Writer{outPath: &cmd.Stdout, errPath: &cmd.Stderr} {
		f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		*to = f
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	started := make(chan error)
	s.requests <- func() { started <- cmd.Start() }
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", args[0], err)
	}
	p := &process{cmd: cmd, stdin: stdin, exited: make(chan struct{}), armed: map[string]bool{}}
	go func() {
		p.err = cmd.Wait()
		close(p.exited)
	}()
	return p, nil
}

func (p *process) running() bool {
	select {
	case <-p.exited:
		return false
	default:
		return true
	}
}
