package main

func main() {
	c := make(chan int, 4)
	s := 0
	go func() {
		for i := 0; i < 4; i++ {
			c <- i
		}
		s = 10
		close(c)
	}()
	for v := range c {
		_ = v
	}
	println(s)
}
