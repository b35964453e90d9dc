// Package order sorts by index: whoever calls it says how two places compare and how they are exchanged.
//
// The order in which equal elements end up is no promise, but programs show it, so Sort makes the choices that Go's
// pattern-defeating quicksort makes (O. Peters, arXiv:2106.05123): the same pivots, limits and exchanges.
package order

type Less func(i, j int) bool

type Swap func(i, j int)

type sorter struct {
	less Less
	swap Swap
}

const (
	smallRun    = 12 // insertion sort does these
	ninther     = 50 // from here on a pivot is the median of medians
	allSwapped  = 12 // exchanges of a choice of pivot in a falling sequence
	patientRuns = 5  // misplaced elements that a nearly sorted sequence may have
)

func bitLen(n int) int {
	l := 0
	for ; n > 0; n >>= 1 {
		l++
	}
	return l
}

func Sort(n int, less Less, swap Swap) {
	s := sorter{less, swap}
	s.quick(0, n, bitLen(n))
}

// quick sorts [a, b). After limit bad pivots heapsort takes over.
func (s *sorter) quick(a, b, limit int) {
	balanced, partitioned := true, true
	for b-a > smallRun {
		if limit == 0 {
			s.heap(a, b)
			return
		}
		if !balanced {
			s.shuffle(a, b)
			limit--
		}
		pivot, exchanges := s.choose(a, b)
		rising := exchanges == 0
		if exchanges == allSwapped {
			s.reverse(a, b)
			pivot = b - 1 - (pivot - a)
			rising = true
		}
		if balanced && partitioned && rising && s.nearlySorted(a, b) {
			return
		}
		// What stands before a is no larger than anything here; equal to the pivot means that the pivot is the least.
		if a > 0 && !s.less(a-1, pivot) {
			a = s.partitionEqual(a, b, pivot)
			continue
		}
		n := b - a
		var mid int
		mid, partitioned = s.partition(a, b, pivot)
		if left, right := mid-a, b-mid; left < right {
			balanced = left >= n/8
			s.quick(a, mid, limit)
			a = mid + 1
		} else {
			balanced = right >= n/8
			s.quick(mid+1, b, limit)
			b = mid
		}
	}
	s.insertion(a, b)
}

func (s *sorter) insertion(a, b int) {
	for i := a + 1; i < b; i++ {
		for j := i; j > a && s.less(j, j-1); j-- {
			s.swap(j, j-1)
		}
	}
}

func (s *sorter) siftDown(root, n, first int) {
	for {
		child := 2*root + 1
		if child >= n {
			return
		}
		if child+1 < n && s.less(first+child, first+child+1) {
			child++
		}
		if !s.less(first+root, first+child) {
			return
		}
		s.swap(first+root, first+child)
		root = child
	}
}

func (s *sorter) heap(a, b int) {
	n := b - a
	for i := (n - 1) / 2; i >= 0; i-- {
		s.siftDown(i, n, a)
	}
	for i := n - 1; i >= 0; i-- {
		s.swap(a, a+i)
		s.siftDown(0, i, a)
	}
}

// shuffle moves three elements of the middle to places that look random, against patterns that make bad pivots.
func (s *sorter) shuffle(a, b int) {
	n := b - a
	if n < 8 {
		return
	}
	random := uint64(n)
	mask := uint64(1)<<uint(bitLen(n)) - 1
	at := a + n/4*2
	for i := 0; i < 3; i++ {
		random ^= random << 13
		random ^= random >> 7
		random ^= random << 17
		other := int(random & mask)
		if other >= n {
			other -= n
		}
		s.swap(at-1+i, a+other)
	}
}

// median of three places; counts the exchanges that it would take to sort them.
func (s *sorter) median(a, b, c int, exchanges *int) int {
	if s.less(b, a) {
		*exchanges++
		a, b = b, a
	}
	if s.less(c, b) {
		*exchanges++
		b, c = c, b
	}
	if s.less(b, a) {
		*exchanges++
		a, b = b, a
	}
	return b
}

func (s *sorter) choose(a, b int) (pivot, exchanges int) {
	n := b - a
	i, j, k := a+n/4, a+n/4*2, a+n/4*3
	if n < 8 {
		return j, 0
	}
	if n >= ninther {
		i = s.median(i-1, i, i+1, &exchanges)
		j = s.median(j-1, j, j+1, &exchanges)
		k = s.median(k-1, k, k+1, &exchanges)
	}
	j = s.median(i, j, k, &exchanges)
	return j, exchanges
}

func (s *sorter) reverse(a, b int) {
	for i, j := a, b-1; i < j; i, j = i+1, j-1 {
		s.swap(i, j)
	}
}

// nearlySorted mends a few misplaced elements; false if there are more than a few.
func (s *sorter) nearlySorted(a, b int) bool {
	i := a + 1
	for step := 0; step < patientRuns; step++ {
		for i < b && !s.less(i, i-1) {
			i++
		}
		if i == b {
			return true
		}
		if b-a < ninther {
			return false
		}
		s.swap(i, i-1)
		if i-a >= 2 {
			for j := i - 1; j >= 1 && s.less(j, j-1); j-- {
				s.swap(j, j-1)
			}
		}
		if b-i >= 2 {
			for j := i + 1; j < b && s.less(j, j-1); j++ {
				s.swap(j, j-1)
			}
		}
	}
	return false
}

// partition puts what is less than the pivot before it, the rest behind; tells whether it stood so already.
func (s *sorter) partition(a, b, pivot int) (mid int, already bool) {
	s.swap(a, pivot)
	i, j := a+1, b-1
	already = true
	for {
		for i <= j && s.less(i, a) {
			i++
		}
		for i <= j && !s.less(j, a) {
			j--
		}
		if i > j {
			s.swap(j, a)
			return j, already
		}
		s.swap(i, j)
		i++
		j--
		already = false
	}
}

// partitionEqual puts what equals the pivot first; nothing is less.
func (s *sorter) partitionEqual(a, b, pivot int) int {
	s.swap(a, pivot)
	i, j := a+1, b-1
	for {
		for i <= j && !s.less(a, i) {
			i++
		}
		for i <= j && s.less(a, j) {
			j--
		}
		if i > j {
			return i
		}
		s.swap(i, j)
		i++
		j--
	}
}

// Stable keeps equal elements in their order: runs by insertion, then merged in place.
func Stable(n int, less Less, swap Swap) {
	s := sorter{less, swap}
	run := 20
	for a := 0; a < n; a += run {
		s.insertion(a, min(a+run, n))
	}
	for ; run < n; run *= 2 {
		for a := 0; a+run < n; a += 2 * run {
			s.merge(a, a+run, min(a+2*run, n))
		}
	}
}

// merge joins the sorted [a, m) and [m, b): it cuts both so that the outer pieces belong outside, turns the inner ones
// round, and goes on with the halves.
func (s *sorter) merge(a, m, b int) {
	if a >= m || m >= b || !s.less(m, m-1) {
		return
	}
	if b-a == 2 {
		s.swap(a, m)
		return
	}
	var i, j int
	if m-a > b-m {
		i = a + (m-a)/2
		j = s.firstNotLess(m, b, i)
	} else {
		j = m + (b-m)/2
		i = s.firstGreater(a, m, j)
	}
	s.rotate(i, m, j)
	mid := i + j - m
	s.merge(a, i, mid)
	s.merge(mid, j, b)
}

// firstNotLess is the first place of [lo, hi) that is not less than x.
func (s *sorter) firstNotLess(lo, hi, x int) int {
	for lo < hi {
		h := lo + (hi-lo)/2
		if s.less(h, x) {
			lo = h + 1
		} else {
			hi = h
		}
	}
	return lo
}

// firstGreater is the first place of [lo, hi) that x is less than.
func (s *sorter) firstGreater(lo, hi, x int) int {
	for lo < hi {
		h := lo + (hi-lo)/2
		if s.less(x, h) {
			hi = h
		} else {
			lo = h + 1
		}
	}
	return lo
}

// rotate exchanges the neighbours [a, m) and [m, b).
func (s *sorter) rotate(a, m, b int) {
	s.reverse(a, m)
	s.reverse(m, b)
	s.reverse(a, b)
}
