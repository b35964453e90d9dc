package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type key string

func work(ctx context.Context, name string, d time.Duration) error {
	select {
	case <-time.After(d):
		fmt.Println(name, "done", ctx.Value(key("user")))
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%s: %w (cause %v)", name, ctx.Err(), context.Cause(ctx))
	}
}

func main() {
	ctx := context.WithValue(context.Background(), key("user"), "ann")
	fmt.Println(ctx)
	c1, cancel := context.WithTimeout(ctx, 30*time.Millisecond)
	defer cancel()
	err := work(c1, "slow", time.Second)
	fmt.Println(err, errors.Is(err, context.DeadlineExceeded))
	fmt.Println(work(c1, "late", time.Second))
	c2, cancel2 := context.WithCancelCause(ctx)
	go func() { time.Sleep(10 * time.Millisecond); cancel2(errors.New("boss said stop")) }()
	err = work(c2, "cancelled", time.Second)
	fmt.Println(err, errors.Is(err, context.Canceled))
	fmt.Println(work(ctx, "quick", time.Millisecond))
	c3, cancel3 := context.WithCancel(c2)
	defer cancel3()
	fmt.Println(c3.Err(), context.Cause(c3))
	stop := context.AfterFunc(c1, func() {})
	fmt.Println(stop())
	fmt.Println(context.WithoutCancel(c2).Err())
	d, ok := c1.Deadline()
	fmt.Println(ok, !d.IsZero())
	fmt.Println(context.Background(), context.TODO(), c2)
	var de interface{ Timeout() bool }
	fmt.Println(errors.As(context.DeadlineExceeded, &de) && de.Timeout())
}
