//go:build unix && !linux

package cluster

import "syscall"

// childAttributes keeps the signals of the parent's terminal from the child.
func childAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}

// awaitStop trusts that SIGSTOP takes effect soon.
func (p *process) awaitStop() {}
