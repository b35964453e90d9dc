package main

import (
	"fmt"
	"runtime"
	"sort"
	"sync"
)

type Job struct {
	ID   int
	Data []int
}
type Result struct {
	Job    Job
	Sum    int
	Worker int
}

func worker(id int, jobs <-chan Job, results chan<- Result, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range jobs {
		s := 0
		for _, d := range j.Data {
			s += d
			runtime.Gosched()
		}
		results <- Result{j, s, id}
	}
}

func main() {
	jobs := make(chan Job, 5)
	results := make(chan Result, 5)
	var wg sync.WaitGroup
	for w := 1; w <= 3; w++ {
		wg.Add(1)
		go worker(w, jobs, results, &wg)
	}
	go func() {
		for i := range 20 {
			jobs <- Job{i, []int{i, i * i, i + 1}}
		}
		close(jobs)
	}()
	go func() { wg.Wait(); close(results) }()
	sums := map[int]int{}
	for r := range results {
		sums[r.Job.ID] = r.Sum
	}
	keys := make([]int, 0, len(sums))
	for k := range sums {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	for _, k := range keys {
		fmt.Printf("%2d -> %4d\n", k, sums[k])
	}
	fmt.Println(sums)
}
