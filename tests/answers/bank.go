package main

import (
	"errors"
	"fmt"
	"sync"
)

type Account struct {
	sync.Mutex
	id      int
	balance float64
}
type InsufficientFunds struct {
	Need, Have float64
}

func (e InsufficientFunds) Error() string {
	return fmt.Sprintf("insufficient funds: need %.2f, have %.2f", e.Need, e.Have)
}

var ErrSame = errors.New("same account")

func transfer(a, b *Account, amt float64) (err error) {
	if a == b {
		return ErrSame
	}
	first, second := a, b
	if b.id < a.id {
		first, second = b, a
	}
	first.Lock()
	defer first.Unlock()
	second.Lock()
	defer second.Unlock()
	if a.balance < amt {
		return &InsufficientFunds{amt, a.balance}
	}
	a.balance -= amt
	b.balance += amt
	return nil
}

func main() {
	accs := []*Account{{id: 1, balance: 100}, {id: 2, balance: 50}, {id: 3}}
	var wg sync.WaitGroup
	for i := 0; i < 60; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			_ = transfer(accs[i%3], accs[(i+1)%3], float64(i%7))
		}(i)
	}
	wg.Wait()
	total := 0.0
	for _, a := range accs {
		total += a.balance
	}
	fmt.Printf("total %8.2f|%-10.1f|%+.3e\n", total, total, total)
	err := transfer(accs[0], accs[1], 1e9)
	var inf *InsufficientFunds
	if errors.As(err, &inf) {
		fmt.Printf("%v %T need=%g\n", inf.Need > 1, err, inf.Need)
	}
	fmt.Println(transfer(accs[0], accs[0], 1) == ErrSame)
	var e error = InsufficientFunds{1, 2}
	fmt.Println(e == InsufficientFunds{1, 2}, e)
}
