package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

var errBase = errors.New("base")

type codeError struct{ code int }

func (e codeError) Error() string { return fmt.Sprint("code ", e.code) }

func (e codeError) Is(target error) bool { return target == errBase && e.code == 7 }

type pointerError struct{ msg string }

func (e *pointerError) Error() string { return e.msg }

type timeouter interface{ Timeout() bool }

func chains() {
	wrapped := fmt.Errorf("outer: %w", fmt.Errorf("inner: %w", errBase))
	fmt.Println(wrapped, errors.Is(wrapped, errBase), errors.Unwrap(errors.Unwrap(wrapped)) == errBase)
	both := fmt.Errorf("%w and %w", &pointerError{"p"}, codeError{7})
	var p *pointerError
	var c codeError
	fmt.Println(both, errors.As(both, &p), p.msg, errors.As(both, &c), c.code, errors.Is(both, errBase))
	if e, ok := errors.AsType[codeError](both); ok {
		fmt.Println("found", e.code)
	}
	joined := errors.Join(errBase, nil, io.EOF)
	fmt.Printf("%q %v %v\n", joined, errors.Is(joined, io.EOF), errors.Is(joined, io.ErrUnexpectedEOF))
	fmt.Println(errors.Join(nil, nil) == nil, errors.Is(nil, errBase), errors.Is(nil, nil), errors.Unwrap(errBase))
	fmt.Printf("%T %T %T %T\n", errBase, wrapped, both, joined)
	for _, bad := range []any{nil, 3, new(int)} {
		func() {
			defer func() { fmt.Println(recover()) }()
			errors.As(errBase, bad)
		}()
	}
}

type key string

func contexts() {
	ctx := context.WithValue(context.Background(), key("user"), "ann")
	fmt.Println(ctx.Value(key("user")), ctx.Value("user"), ctx.Err(), ctx)
	parent, cancel := context.WithCancel(ctx)
	child, cancelChild := context.WithTimeout(parent, time.Hour)
	defer cancelChild()
	deadline, ok := child.Deadline()
	fmt.Println(ok, time.Until(deadline) > 59*time.Minute, child.Value(key("user")))
	stop := context.AfterFunc(parent, func() { fmt.Println("never") })
	fmt.Println(stop(), stop())
	cancel()
	<-child.Done()
	fmt.Println(child.Err(), parent.Err(), context.Cause(child), errors.Is(child.Err(), context.Canceled))
	caused, cancelCause := context.WithCancelCause(context.Background())
	cancelCause(errBase)
	cancelCause(io.EOF)
	fmt.Println(caused.Err(), context.Cause(caused))
	late, cancelLate := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancelLate()
	select {
	case <-late.Done():
		fmt.Println(late.Err(), errors.Is(late.Err(), context.DeadlineExceeded))
	case <-time.After(10 * time.Second):
		fmt.Println("too late")
	}
	var t timeouter
	fmt.Println(errors.As(late.Err(), &t), t.Timeout())
	past, cancelPast := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancelPast()
	fmt.Println(past.Err(), context.WithoutCancel(past).Err())
	fmt.Println(context.Background(), context.TODO())
	done := make(chan string)
	again, cancelAgain := context.WithCancel(context.Background())
	context.AfterFunc(again, func() { done <- "after" })
	cancelAgain()
	fmt.Println(<-done)
}

func main() {
	chains()
	contexts()
}

// expect: outer: inner: base true true
// expect: p and code 7 true p true 7 true
// expect: found 7
// expect: "base\nEOF" true false
// expect: true false true <nil>
// expect: *errors.errorString *fmt.wrapError *fmt.wrapErrors *errors.joinError
// expect: errors: target cannot be nil
// expect: errors: target must be a non-nil pointer
// expect: errors: *target must be interface or implement error
// expect: ann <nil> <nil> context.Background.WithValue(main.key, ann)
// expect: true true ann
// expect: true false
// expect: context canceled context canceled context canceled true
// expect: context canceled base
// expect: context deadline exceeded true
// expect: true true
// expect: context deadline exceeded <nil>
// expect: context.Background context.TODO
// expect: after
