package main

import (
	"strings"
	"sync"
)

func main() {
	var b strings.Builder
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		b.WriteString("a")
	}()
	b.WriteString("b")
	wg.Wait()
	_ = b.Len()
}
