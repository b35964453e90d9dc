package main

import (
	"fmt"
	"os"
	"sync"
	"time"
)

var wg sync.WaitGroup

func reader(r *os.File) {
	defer wg.Done()
	var b [1]byte
	r.Read(b[:])
	r.Close()
}

func main() {
	var writers []*os.File
	for range 100 {
		r, w, err := os.Pipe()
		if err != nil {
			panic(err)
		}
		writers = append(writers, w)
		wg.Add(1)
		go reader(r)
	}
	time.Sleep(10 * time.Millisecond) // now all wait
	for _, w := range writers {
		w.Write([]byte{1})
		w.Close()
	}
	wg.Wait()
	fmt.Println("all 100 have read")
}
