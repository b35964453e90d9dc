package main

import (
	"cmp"
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
	"maps"
	"slices"
	"sort"
)

type person struct {
	name string
	age  int
}

type byAge []person

func (b byAge) Len() int           { return len(b) }
func (b byAge) Less(i, j int) bool { return b[i].age < b[j].age }
func (b byAge) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

// scrambled has many equal keys, so that the order of equals shows.
func scrambled(n, keys int) []person {
	p := make([]person, n)
	x := uint32(n)
	for i := range p {
		x = x*1664525 + 1013904223
		p[i] = person{fmt.Sprint("p", i), int(x>>16) % keys}
	}
	return p
}

func sum(p []person) int {
	h := 17
	for _, x := range p {
		for i := 0; i < len(x.name); i++ {
			h = (h*31 + int(x.name[i])) % 1000003
		}
		h = (h*31 + x.age) % 1000003
	}
	return h
}

func sorting() {
	for _, n := range []int{0, 1, 5, 12, 13, 40, 60, 200, 1000} {
		for _, keys := range []int{1, 3, 50, 100000} {
			a, b, c, d := scrambled(n, keys), scrambled(n, keys), scrambled(n, keys), scrambled(n, keys)
			sort.Sort(byAge(a))
			sort.Slice(b, func(i, j int) bool { return b[i].age < b[j].age })
			slices.SortFunc(c, func(x, y person) int { return cmp.Compare(x.age, y.age) })
			sort.SliceStable(d, func(i, j int) bool { return d[i].age < d[j].age })
			fmt.Println(n, keys, sum(a), sum(b), sum(c), sum(d), sort.IsSorted(byAge(a)))
		}
	}
	up := make([]person, 300)
	for i := range up {
		up[i] = person{fmt.Sprint(i), i / 4}
	}
	sort.Sort(sort.Reverse(byAge(up)))
	fmt.Println(sum(up))
	sort.Sort(byAge(up))
	fmt.Println(sum(up))
	up[7], up[200] = up[200], up[7]
	sort.Stable(byAge(up))
	fmt.Println(sum(up))
	x := []int{3, 1, 2}
	sort.Ints(x)
	s := []string{"b", "a", "c"}
	sort.Strings(s)
	f := []float64{2.5, -1, 3}
	sort.Float64s(f)
	fmt.Println(x, s, f, sort.SearchInts(x, 2), sort.SearchStrings(s, "bb"), sort.IntsAreSorted(x))
	fmt.Println(sort.Search(100, func(i int) bool { return i*i >= 50 }))
	fmt.Println(sort.Find(3, func(i int) int { return 2 - x[i] }))
}

func slicing() {
	s := []int{1, 2, 3, 4, 5}
	fmt.Println(slices.Contains(s, 3), slices.Index(s, 4), slices.Max(s), slices.Min(s), slices.Equal(s, s[:3]))
	s = slices.Insert(s, 2, 10, 11)
	fmt.Println(s, len(s))
	s = slices.Delete(s, 1, 3)
	fmt.Println(s)
	s = slices.Replace(s, 0, 2, 7, 8, 9)
	fmt.Println(s, slices.Compare(s, []int{7, 8}))
	slices.Reverse(s)
	fmt.Println(s, slices.IsSorted(s))
	slices.Sort(s)
	fmt.Println(s)
	fmt.Println(slices.BinarySearch(s, 8))
	fmt.Println(slices.Compact([]int{1, 1, 2, 2, 2, 3, 1}), slices.Concat(s[:1], s[3:]), slices.Repeat([]int{1, 2}, 3))
	fmt.Println(slices.Collect(slices.Values(s)), slices.Sorted(maps.Keys(map[string]int{"z": 1, "a": 2})))
	for c := range slices.Chunk(s, 4) {
		fmt.Print(c, " ")
	}
	for i, v := range slices.Backward(s) {
		fmt.Print(i, "=", v, " ")
	}
	fmt.Println(slices.DeleteFunc(s, func(n int) bool { return n%2 == 0 }))
	m := map[string]int{"a": 1, "b": 2}
	c := maps.Clone(m)
	c["c"] = 3
	maps.DeleteFunc(c, func(k string, v int) bool { return v == 1 })
	fmt.Println(maps.Equal(m, c), len(m), c, maps.Collect(slices.All([]string{"x", "y"})))
	fmt.Println(cmp.Compare("a", "b"), cmp.Less(2, 1), cmp.Or(0, 3, 4))
}

type intHeap []int

func (h intHeap) Len() int           { return len(h) }
func (h intHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h intHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *intHeap) Push(x any)        { *h = append(*h, x.(int)) }
func (h *intHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

func containers() {
	h := &intHeap{5, 2, 8, 1}
	heap.Init(h)
	heap.Push(h, 3)
	(*h)[0] = 6
	heap.Fix(h, 0)
	heap.Remove(h, 1)
	for h.Len() > 0 {
		fmt.Print(heap.Pop(h), " ")
	}
	fmt.Println(h.Len())
	l := list.New()
	e4 := l.PushBack(4)
	e1 := l.PushFront(1)
	l.InsertBefore(3, e4)
	l.InsertAfter(2, e1)
	l.MoveToFront(e4)
	l.MoveAfter(e1, e4)
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value, " ")
	}
	fmt.Println(l.Len(), l.Remove(e4), l.Len(), l.Back().Value)
	r := ring.New(5)
	for i := 0; i < r.Len(); i++ {
		r.Value = i
		r = r.Next()
	}
	r.Unlink(2)
	r.Do(func(v any) { fmt.Print(v, " ") })
	fmt.Println(r.Move(2).Value, r.Len())
}

func main() {
	sorting()
	slicing()
	containers()
}

// expect: 0 1 17 17 17 17 true
// expect: 0 3 17 17 17 17 true
// expect: 0 50 17 17 17 17 true
// expect: 0 100000 17 17 17 17 true
// expect: 1 1 615567 615567 615567 615567 true
// expect: 1 3 615568 615568 615568 615568 true
// expect: 1 50 615613 615613 615613 615613 true
// expect: 1 100000 631063 631063 631063 631063 true
// expect: 5 1 134716 134716 134716 134716 true
// expect: 5 3 483906 483906 483906 483906 true
// expect: 5 50 160106 160106 160106 160106 true
// expect: 5 100000 972107 972107 972107 972107 true
// expect: 12 1 797306 797306 797306 797306 true
// expect: 12 3 377098 377098 377098 377098 true
// expect: 12 50 898400 898400 898400 898400 true
// expect: 12 100000 461514 461514 461514 461514 true
// expect: 13 1 10667 10667 10667 10667 true
// expect: 13 3 693068 693068 693068 661173 true
// expect: 13 50 389164 389164 389164 297801 true
// expect: 13 100000 593966 593966 593966 593966 true
// expect: 40 1 492404 492404 492404 492404 true
// expect: 40 3 392937 392937 392937 236037 true
// expect: 40 50 582577 582577 582577 698326 true
// expect: 40 100000 616940 616940 616940 616940 true
// expect: 60 1 622126 622126 622126 622126 true
// expect: 60 3 379950 379950 379950 256040 true
// expect: 60 50 326155 326155 326155 924805 true
// expect: 60 100000 254001 254001 254001 254001 true
// expect: 200 1 417877 417877 417877 417877 true
// expect: 200 3 61832 61832 61832 870832 true
// expect: 200 50 841947 841947 841947 642453 true
// expect: 200 100000 216852 216852 216852 216852 true
// expect: 1000 1 97276 97276 97276 97276 true
// expect: 1000 3 871911 871911 871911 220082 true
// expect: 1000 50 192298 192298 192298 164164 true
// expect: 1000 100000 707124 707124 707124 708782 true
// expect: 723049
// expect: 262151
// expect: 262151
// expect: [1 2 3] [a b c] [-1 2.5 3] 1 2 true
// expect: 8
// expect: 1 true
// expect: true 3 5 1 false
// expect: [1 2 10 11 3 4 5] 7
// expect: [1 11 3 4 5]
// expect: [7 8 9 3 4 5] 1
// expect: [5 4 3 9 8 7] false
// expect: [3 4 5 7 8 9]
// expect: 4 true
// expect: [1 2 3 1] [3 7 8 9] [1 2 1 2 1 2]
// expect: [3 4 5 7 8 9] [a z]
// expect: [3 4 5 7] [8 9] 5=9 4=8 3=7 2=5 1=4 0=3 [3 5 7 9]
// expect: false 2 map[b:2 c:3] map[0:x 1:y]
// expect: -1 false 3
// expect: 2 5 6 8 0
// expect: 4 1 2 3 4 4 3 3
// expect: 0 3 4 4 3
