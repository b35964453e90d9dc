package main

import (
	"fmt"
	"sync"
	"time"
)

const N = 5

type Fork struct{ sync.Mutex }
type Philosopher struct {
	name        string
	left, right *Fork
	meals       int
}

func (p *Philosopher) dine(rounds int, host chan struct{}, wg *sync.WaitGroup) {
	defer wg.Done()
	for range rounds {
		host <- struct{}{}
		p.left.Lock()
		p.right.Lock()
		p.meals++
		time.Sleep(100 * time.Microsecond)
		p.right.Unlock()
		p.left.Unlock()
		<-host
	}
}

func main() {
	var forks [N]Fork
	names := [...]string{"Plato", "Kant", "Hume", "Marx", "Mill"}
	ps := make([]*Philosopher, N)
	host := make(chan struct{}, N-1)
	var wg sync.WaitGroup
	for i := range ps {
		ps[i] = &Philosopher{name: names[i], left: &forks[i], right: &forks[(i+1)%N]}
		wg.Add(1)
		go ps[i].dine(4, host, &wg)
	}
	wg.Wait()
	for _, p := range ps {
		fmt.Printf("%-6s ate %d\n", p.name, p.meals)
	}
}
