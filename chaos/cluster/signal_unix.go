//go:build unix

package cluster

import "syscall"

func (p *process) pause() error {
	err := p.cmd.Process.Signal(syscall.SIGSTOP)
	if err == nil {
		p.awaitStop()
	}
	return err
}

func (p *process) resume() error    { return p.cmd.Process.Signal(syscall.SIGCONT) }
func (p *process) terminate() error { return p.cmd.Process.Signal(syscall.SIGTERM) }

// killed reports whether a reaped process was ended by SIGKILL.
func (p *process) killed() bool {
	status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}
