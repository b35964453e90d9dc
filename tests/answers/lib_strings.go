package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "panic:", r)
		}
	}()
	f()
}

func main() {
	ss := []string{"", "a", "abc", "aaa", "a,b,c", ",a,,b,", "Hello World", "  x  y ", "héé世界", "\xffa\xfe", "ΑΣ σς", "ǅ ß ı İ", "ab\r\ncd\n", "banana", "aXbXc", "  ", "\u0085\u00a0z", "foo bar baz"}
	subs := []string{"", "a", "b", ",", "an", "ana", "X", "é", "界", "\xff", "abc", "zzz", " ", "o"}
	for _, s := range ss {
		b := []byte(s)
		for _, p := range subs {
			q := []byte(p)
			fmt.Println(strings.Contains(s, p), strings.Index(s, p), strings.LastIndex(s, p), strings.Count(s, p), strings.HasPrefix(s, p), strings.HasSuffix(s, p), strings.IndexAny(s, p), strings.LastIndexAny(s, p), strings.ContainsAny(s, p), strings.EqualFold(s, p), strings.Compare(s, p))
			fmt.Printf("%q %q %q %q\n", strings.Split(s, p), strings.SplitN(s, p, 2), strings.SplitAfter(s, p), strings.SplitAfterN(s, p, -1))
			fmt.Printf("%q %q %q %q %q %q\n", strings.Trim(s, p), strings.TrimLeft(s, p), strings.TrimRight(s, p), strings.TrimPrefix(s, p), strings.TrimSuffix(s, p), strings.ReplaceAll(s, p, "<>"))
			x, y, ok := strings.Cut(s, p)
			fmt.Printf("%q %q %v %q %q\n", x, y, ok, strings.Replace(s, p, "_", 1), strings.NewReplacer(p, "1", "b", "2", "aa", "3", "", "z").Replace(s))
			fmt.Println(bytes.Contains(b, q), bytes.Index(b, q), bytes.LastIndex(b, q), bytes.Count(b, q), bytes.IndexAny(b, p), bytes.EqualFold(b, q), bytes.Compare(b, q))
			fmt.Printf("%q %q %q %q\n", bytes.Split(b, q), bytes.SplitN(b, q, 2), bytes.Trim(b, p), bytes.ReplaceAll(b, q, []byte("<>")))
			fmt.Printf("%q %q %q\n", slices.Collect(strings.SplitSeq(s, p)), slices.Collect(strings.SplitAfterSeq(s, p)), slices.Collect(strings.Lines(s)))
			x, ok = strings.CutPrefix(s, p)
			y, ok2 := strings.CutSuffix(s, p)
			fmt.Printf("%q %v %q %v\n", x, ok, y, ok2)
		}
		fmt.Printf("%q %q %q %q %q %q\n", strings.ToUpper(s), strings.ToLower(s), strings.ToTitle(s), strings.Title(s), strings.TrimSpace(s), strings.Fields(s))
		fmt.Printf("%q %q %q %q\n", strings.ToValidUTF8(s, "?"), strings.Map(func(r rune) rune {
			if r == 'a' {
				return -1
			}
			return unicode.ToUpper(r)
		}, s), strings.Repeat(s, 2), strings.FieldsFunc(s, func(r rune) bool { return r == 'a' || r == ',' }))
		fmt.Println(strings.IndexByte(s, 'b'), strings.IndexRune(s, 'é'), strings.IndexRune(s, utf8.RuneError), strings.IndexFunc(s, unicode.IsSpace), strings.LastIndexFunc(s, unicode.IsLetter), strings.LastIndexByte(s, 'a'), utf8.ValidString(s), utf8.RuneCountInString(s))
		fmt.Printf("%q %q %q %v\n", bytes.ToUpper(b), bytes.Title(b), bytes.Fields(b), bytes.Runes(b))
		for i, r := range s {
			fmt.Print(i, ":", r, " ")
		}
		fmt.Println([]rune(s), []byte(s), string([]rune(s)))
	}
	try("repeat", func() { strings.Repeat("x", -1) })
	try("repeat2", func() { strings.Repeat("xx", 1<<62) })
	r := strings.NewReplacer("a", "1", "aa", "2", "aaa", "3", "<", "&lt;", "世", "W")
	fmt.Println(r.Replace("aaaa<世>"), strings.NewReplacer("", "X").Replace("ab"), strings.NewReplacer().Replace("x"))
	try("odd", func() { strings.NewReplacer("a") })
	xs := []int{5, 2, 8, 2, 9, 1, 5}
	ys := slices.Clone(xs)
	slices.Sort(ys)
	fmt.Println(ys, slices.IsSorted(ys), slices.Max(xs), slices.Min(xs), slices.Contains(xs, 8), slices.Index(xs, 2))
	fmt.Println(slices.BinarySearch(ys, 5))
	fmt.Println(slices.BinarySearch(ys, 6))
	fmt.Println(slices.Compact(slices.Clone(ys)), slices.Insert(slices.Clone(xs), 2, 100, 101), slices.Delete(slices.Clone(xs), 1, 3), slices.Replace(slices.Clone(xs), 0, 2, 7, 7, 7), slices.Equal(xs, ys), slices.Compare(xs, ys))
	try("insert", func() { slices.Insert(xs, 10, 1) })
	try("delete", func() { slices.Delete(xs, 3, 1) })
	try("max", func() { slices.Max([]int{}) })
	try("min", func() { slices.MinFunc([]string{}, strings.Compare) })
	try("grow", func() { slices.Grow(xs, -1) })
	try("chunk", func() { slices.Chunk(xs, 0) })
	try("repeat", func() { slices.Repeat(xs, -1) })
	for c := range slices.Chunk(xs, 3) {
		fmt.Print(c, cap(c), " ")
	}
	fmt.Println(slices.Collect(maps.Values(map[int]int{1: 2})), slices.Concat(xs, ys, nil), slices.Repeat([]int{1, 2}, 3))
	for i, v := range slices.Backward(xs) {
		fmt.Print(i, v, ";")
	}
	type P struct {
		n string
		a int
	}
	ps := []P{{"a", 3}, {"b", 1}, {"c", 3}, {"d", 2}, {"e", 1}}
	slices.SortStableFunc(ps, func(x, y P) int { return cmp.Compare(x.a, y.a) })
	fmt.Println(ps)
	slices.SortFunc(ps, func(x, y P) int { return cmp.Or(-cmp.Compare(x.a, y.a), strings.Compare(x.n, y.n)) })
	fmt.Println(ps)
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].n > ps[j].n })
	fmt.Println(ps, sort.SliceIsSorted(ps, func(i, j int) bool { return ps[i].n > ps[j].n }))
	i, ok := sort.Find(len(ys), func(i int) int { return cmp.Compare(8, ys[i]) })
	fmt.Println(i, ok, sort.Search(10, func(i int) bool { return i*i >= 50 }), sort.SearchInts(ys, 3), sort.SearchStrings([]string{"a", "c"}, "b"))
	sort.Sort(sort.Reverse(sort.IntSlice(xs)))
	fmt.Println(xs)
	m := map[string]int{"a": 1, "b": 2, "c": 3}
	m2 := maps.Clone(m)
	maps.DeleteFunc(m2, func(k string, v int) bool { return v > 1 })
	maps.Copy(m2, map[string]int{"z": 26})
	fmt.Println(m2, maps.Equal(m, m2), slices.Sorted(maps.Keys(m)), maps.Collect(slices.All([]string{"x", "y"})))
	// unstable sort order must agree with Go's pdqsort for equal keys
	big := make([]P, 200)
	for i := range big {
		big[i] = P{fmt.Sprint(i), i * 7 % 5}
	}
	b2 := slices.Clone(big)
	sort.Slice(big, func(i, j int) bool { return big[i].a < big[j].a })
	slices.SortFunc(b2, func(x, y P) int { return cmp.Compare(x.a, y.a) })
	fmt.Println(big)
	fmt.Println(b2)
	var bb bytes.Buffer
	bb.WriteString("hello world")
	bb.Truncate(7)
	fmt.Println(bb.String(), bb.Len(), string(bb.Next(3)), bb.String())
	bb.WriteByte('!')
	fmt.Fprintf(&bb, "%03d", 7)
	l, err := bb.ReadString('!')
	fmt.Printf("%q %v %q\n", l, err, bb.Bytes())
	_, _, err = bb.ReadRune()
	fmt.Println(err, bb.UnreadRune(), bb.UnreadByte(), bb.String())
	try("trunc", func() { bb.Truncate(100) })
	rd := strings.NewReader("héllo")
	rd.Seek(1, 0)
	c, n, err := rd.ReadRune()
	fmt.Println(c, n, err, rd.Len(), rd.Size(), rd.UnreadRune(), rd.Len())
	_, err = rd.Seek(-1, 0)
	fmt.Println(err)
}
