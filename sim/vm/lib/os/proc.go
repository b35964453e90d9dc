package os

import (
	"errors"
	"syscall"
)

// Args is the command line: the program's name, then its arguments.
var Args = commandLine()

func commandLine() []string {
	all := make([]string, nargs())
	for i := range all {
		all[i] = arg(i)
	}
	return all
}

func Getenv(key string) string {
	v, _ := lookup(key)
	return v
}

func LookupEnv(key string) (string, bool) { return lookup(key) }

// A Signal is one of the operating system's.
type Signal interface {
	String() string
	Signal() // only to tell it from other Stringers
}

var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)

func Getpid() int { return syscall.Getpid() }

// Process is the program itself; others are out of its reach.
type Process struct{ Pid int }

func FindProcess(pid int) (*Process, error) { return &Process{pid}, nil }

func (p *Process) Signal(sig Signal) error {
	s, ok := sig.(syscall.Signal)
	if !ok {
		return errors.New("os: unsupported signal type")
	}
	return syscall.Kill(p.Pid, s)
}

func (p *Process) Kill() error { return p.Signal(Kill) }
