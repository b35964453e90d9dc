package main

import "fmt"

func main() {
	a, b := make(chan int, 1), make(chan string, 1)
	select {
	case v := <-a:
		fmt.Println("a", v)
	default:
		fmt.Println("none")
	}
	a <- 5
	select {
	case v, ok := <-a:
		fmt.Println("a", v, ok)
	case s := <-b:
		fmt.Println("b", s)
	}
	b <- "text"
	select {
	case a <- 6:
		fmt.Println("sent")
	case b <- "full":
		fmt.Println("no")
	}
	var arr [2]string
	i := 1
	select {
	case arr[i] = <-b:
		fmt.Println(arr)
	}
	close(b)
	select {
	case s, ok := <-b:
		fmt.Printf("%q %v\n", s, ok)
	}
	done := make(chan struct{})
	out := make(chan [2]int)
	go func() {
		defer close(done)
		for p := range out {
			fmt.Println(p)
		}
	}()
	for i := range 3 {
		select {
		case out <- [2]int{i, i * i}:
		case <-done:
			return
		}
	}
	close(out)
	<-done
	var nilch chan int
	select {
	case nilch <- 1:
	case <-nilch:
	default:
		fmt.Println("nil never")
	}
loop:
	for n := 0; ; n++ {
		select {
		case v := <-a:
			fmt.Println("drained", v)
			if n > 5 {
				break
			}
			continue loop
		default:
			break loop
		}
	}
	res := make(chan func() (int, error), 2)
	res <- func() (int, error) { return 3, nil }
	n, err := (<-res)()
	fmt.Println(n, err, len(res), cap(res))
	type msg struct {
		id   int
		text string
		back chan<- int
	}
	back := make(chan int)
	msgs := make(chan msg)
	go func() {
		m := <-msgs
		m.back <- m.id + len(m.text)
	}()
	msgs <- msg{1, "four", back}
	fmt.Println(<-back)
}

// expect: none
// expect: a 5 true
// expect: sent
// expect: [ text]
// expect: "" false
// expect: [0 0]
// expect: [1 1]
// expect: [2 4]
// expect: nil never
// expect: drained 6
// expect: 3 <nil> 0 2
// expect: 5
