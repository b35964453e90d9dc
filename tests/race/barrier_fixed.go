package main

import "sync"

func main() {
	const n = 4
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	arrived, phase := 0, 0
	cells := make([]int, n)
	wait := func() {
		mu.Lock()
		p := phase
		arrived++
		if arrived == n {
			arrived = 0
			phase++
			cond.Broadcast()
		}
		for p == phase {
			cond.Wait()
		}
		mu.Unlock()
	}
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			cells[i] = i
			wait()
			s := 0
			for _, c := range cells {
				s += c
			}
			wait()
			cells[i] = s
		}()
	}
	wg.Wait()
	println(cells[0])
}
