package main

import "sync"

func work(parts [][]int) (sum int) {
	var wg sync.WaitGroup
	sums := make([]int, len(parts))
	for i, p := range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, v := range p {
				sums[i] += v
			}
		}()
	}
	wg.Wait()
	for _, s := range sums {
		sum += s
	}
	return sum
}
func main() {
	all := make([]int, 1000)
	for i := range all {
		all[i] = i
	}
	println(work([][]int{all[:250], all[250:500], all[500:750], all[750:]}))
}
