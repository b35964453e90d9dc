package main

import "sync"

func main() {
	var m sync.Map
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v := i
			m.Store(i, &v)
			if p, ok := m.Load(i); ok {
				*p.(*int)++
			}
		}()
	}
	wg.Wait()
	n := 0
	m.Range(func(k, v any) bool { n += *v.(*int); return true })
	println(n)
}
