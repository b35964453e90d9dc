// alloc20: 20 GB in all over a small live heap.
package main

import "fmt"

func main() {
	live := make([][]byte, 1024)
	sum := 0
	for i := 0; i < 20_000_000; i++ {
		b := make([]byte, 1000)
		b[i%1000] = byte(i)
		live[i%1024] = b
		sum += int(live[(i*7)%1024%(i%1024+1)][0])
	}
	fmt.Println("alloc20", sum)
}
