package main

func dive(depth int) int {
	return 1 + dive(depth+1)
}

func main() {
	dive(0)
}
