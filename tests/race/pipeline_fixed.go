package main

func gen(n int) <-chan *int {
	c := make(chan *int)
	go func() {
		for i := 0; i < n; i++ {
			v := i
			c <- &v
		}
		close(c)
	}()
	return c
}
func square(in <-chan *int) <-chan *int {
	c := make(chan *int, 2)
	go func() {
		for p := range in {
			*p = *p * *p
			c <- p
		}
		close(c)
	}()
	return c
}
func main() {
	sum := 0
	for p := range square(gen(10)) {
		sum += *p
	}
	println(sum)
}
