package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func raise(sig syscall.Signal) { syscall.Kill(syscall.Getpid(), sig) }

func main() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGUSR1, os.Interrupt)
	raise(syscall.SIGUSR1)
	s := <-c
	fmt.Println(s, s == syscall.SIGUSR1)
	fmt.Printf("%v %d %T\n", s, s, s)
	go func() {
		time.Sleep(time.Millisecond)
		p, _ := os.FindProcess(os.Getpid())
		p.Signal(os.Interrupt)
	}()
	fmt.Println(<-c)

	all := make(chan os.Signal, 10) // whatever comes
	signal.Notify(all)
	raise(syscall.SIGTERM)
	fmt.Println(<-all)
	select {
	case s := <-c:
		fmt.Println("not asked for:", s)
	default:
		fmt.Println("only what was asked for")
	}
	signal.Stop(all)

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGUSR2)
	fmt.Println(ctx)
	raise(syscall.SIGUSR2)
	<-ctx.Done()
	fmt.Println(ctx.Err(), context.Cause(ctx), errors.Is(context.Cause(ctx), context.Canceled))
	stop()

	signal.Ignore(syscall.SIGUSR2)
	fmt.Println(signal.Ignored(syscall.SIGUSR2), signal.Ignored(syscall.SIGUSR1))
	raise(syscall.SIGUSR2)
	time.Sleep(time.Millisecond)

	// A channel without room misses what comes.
	full := make(chan os.Signal)
	signal.Notify(full, syscall.SIGUSR1)
	raise(syscall.SIGUSR1)
	fmt.Println(<-c)
	fmt.Println(len(full))
	signal.Reset(syscall.SIGUSR1)
	func() {
		defer func() { fmt.Println(recover()) }()
		signal.Notify(nil)
	}()
	fmt.Println(syscall.Signal(40), os.Kill)
}

// expect: user defined signal 1 true
// expect: user defined signal 1 10 syscall.Signal
// expect: interrupt
// expect: terminated
// expect: only what was asked for
// expect: signal.NotifyContext(context.Background, [user defined signal 2])
// expect: context canceled user defined signal 2 signal received true
// expect: true false
// expect: user defined signal 1
// expect: 0
// expect: os/signal: Notify using nil channel
// expect: signal 40 killed
