package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

func lines() {
	r, w, err := os.Pipe()
	fmt.Println(r.Name(), w.Name(), err)
	var got []string
	var wg sync.WaitGroup
	wg.Go(func() {
		for in := bufio.NewScanner(r); in.Scan(); {
			got = append(got, in.Text())
		}
	})
	for i := range 3 {
		fmt.Fprintln(w, "line", i)
		time.Sleep(time.Millisecond)
	}
	w.Close()
	wg.Wait()
	fmt.Println(strings.Join(got, ", "))
	r.Close()
}

func untilOneWaits() {
	buf := make([]byte, 4096)
	for !strings.Contains(string(buf[:runtime.Stack(buf, true)]), "[IO wait]") {
		runtime.Gosched()
	}
}

// A goroutine that waits for a pipe is told of with its reason.
func waits() {
	r, w, _ := os.Pipe()
	done := make(chan error)
	go func() {
		_, err := r.Read(make([]byte, 1))
		done <- err
	}()
	untilOneWaits()
	r.Close() // ends the wait
	fmt.Println(<-done)
	n, err := w.Write([]byte("x"))
	fmt.Println(n, err, errors.Is(err, syscall.EPIPE))
	fmt.Println(w.Close(), w.Close())
}

func deadlines() {
	r, w, _ := os.Pipe()
	r.SetReadDeadline(time.Now().Add(2 * time.Millisecond))
	n, err := r.Read(make([]byte, 1))
	fmt.Println(n, err, errors.Is(err, os.ErrDeadlineExceeded), os.IsTimeout(err))
	_, err = r.Read(make([]byte, 1)) // it stays over until it is set anew
	fmt.Println(err)
	r.SetReadDeadline(time.Now().Add(time.Hour))
	go func() {
		time.Sleep(time.Millisecond)
		r.SetReadDeadline(time.Unix(1, 0)) // wakes who waits
	}()
	_, err = r.Read(make([]byte, 1))
	fmt.Println(err)
	r.SetReadDeadline(time.Time{})
	go func() {
		untilOneWaits()
		w.SetWriteDeadline(time.Now().Add(2 * time.Millisecond))
	}()
	n, err = w.Write(make([]byte, 100000))
	fmt.Println(n, err)
	w.SetDeadline(time.Time{})
	go func() {
		w.Write(make([]byte, 200000))
		w.Close()
	}()
	all, err := io.ReadAll(r)
	fmt.Println(len(all), err)
	fmt.Println(os.Stdout.SetDeadline(time.Now()))
	fmt.Println(r.Close(), r.SetReadDeadline(time.Now()))
}

// Raw calls block their thread, and the P goes to others meanwhile.
func raw() {
	var p [2]int
	fmt.Println(syscall.Pipe(p[:]))
	go func() {
		time.Sleep(time.Millisecond)
		syscall.Write(p[1], []byte("raw"))
		syscall.Close(p[1])
	}()
	buf := make([]byte, 10)
	n, err := syscall.Read(p[0], buf)
	fmt.Println(n, err, string(buf[:n]))
	n, err = syscall.Read(p[0], buf)
	fmt.Println(n, err)
	fmt.Println(syscall.Close(p[0]), syscall.Close(p[0]))
	n, err = syscall.Read(p[0], buf)
	fmt.Println(n, err)
}

// Many at once: each pair of goroutines plays ping-pong over two pipes.
func many() {
	var wg sync.WaitGroup
	sums := make([]int, 20)
	for i := range sums {
		r1, w1, _ := os.Pipe()
		r2, w2, _ := os.Pipe()
		wg.Go(func() {
			b := make([]byte, 1)
			for range 10 {
				r1.Read(b)
				b[0]++
				w2.Write(b)
			}
			r1.Close()
			w2.Close()
		})
		wg.Go(func() {
			b := []byte{byte(i)}
			for range 10 {
				w1.Write(b)
				r2.Read(b)
			}
			sums[i] = int(b[0])
			w1.Close()
			r2.Close()
		})
	}
	wg.Wait()
	fmt.Println(sums)
}

func main() {
	lines()
	waits()
	deadlines()
	raw()
	many()
	in := bufio.NewReader(os.Stdin)
	for {
		s, err := in.ReadString('\n')
		fmt.Printf("%q %v\n", s, err)
		if err != nil {
			break
		}
	}
	fmt.Println(os.Stdin.Close(), os.Stdin.Close())
}

// input: typed
// input: twice
// expect: |0 |1 <nil>
// expect: line 0, line 1, line 2
// expect: read |0: file already closed
// expect: 0 write |1: broken pipe true
// expect: <nil> close |1: file already closed
// expect: 0 read |0: i/o timeout true true
// expect: read |0: i/o timeout
// expect: read |0: i/o timeout
// expect: 65536 write |1: i/o timeout
// expect: 265536 <nil>
// expect: file type does not support deadline
// expect: <nil> use of closed file
// expect: <nil>
// expect: 3 <nil> raw
// expect: 0 <nil>
// expect: <nil> bad file descriptor
// expect: -1 bad file descriptor
// expect: [10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29]
// expect: "typed\n" <nil>
// expect: "twice\n" <nil>
// expect: "" EOF
// expect: <nil> close /dev/stdin: file already closed
