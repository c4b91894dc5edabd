package cluster

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// childAttributes makes the kernel kill the child when its parent dies, and
// keeps the signals of the parent's terminal from it.
func childAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// awaitStop waits until a process that was sent SIGSTOP has stopped, with all
// its threads, or has ended: kill(2) does not.
func (p *process) awaitStop() {
	poll := time.NewTicker(100 * time.Microsecond)
	defer poll.Stop()
	for {
		var info unix.Siginfo
		err := unix.Waitid(unix.P_PID, p.cmd.Process.Pid, &info, unix.WSTOPPED|unix.WNOHANG|unix.WNOWAIT, nil)
		if err != nil && err != unix.EINTR || info.Signo != 0 {
			return
		}
		select {
		case <-poll.C:
		case <-p.exited:
			return
		}
	}
}
