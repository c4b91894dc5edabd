//go:build !unix

package cluster

import (
	"errors"
	"syscall"
)

var errNoSignals = errors.New("this system cannot pause processes")

func childAttributes() *syscall.SysProcAttr { return nil }

func (p *process) pause() error     { return errNoSignals }
func (p *process) resume() error    { return nil }
func (p *process) terminate() error { return p.stdin.Close() }

func (p *process) killed() bool { return true } // the status does not say
