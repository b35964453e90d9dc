package main

import "sync"

var once sync.Once
var config map[string]int

func get() int {
	once.Do(func() { config = map[string]int{"a": 1} })
	return config["a"]
}
func main() {
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() { defer wg.Done(); _ = get() }()
	}
	wg.Wait()
	println(get())
}
