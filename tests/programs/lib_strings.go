package main

import (
	"fmt"
	"strings"
	"unicode"
)

func quoted(parts []string) {
	fmt.Printf("%d %q\n", len(parts), parts)
}

func searching() {
	for _, s := range []string{"", "abc", "abcabc", "héllo wörld", "日本語日本"} {
		for _, sub := range []string{"", "a", "bc", "ö", "本", "xyz", "lo"} {
			fmt.Print(strings.Index(s, sub), strings.LastIndex(s, sub), strings.Count(s, sub), strings.Contains(s, sub),
				strings.HasPrefix(s, sub), strings.HasSuffix(s, sub), " ")
		}
		fmt.Println(strings.IndexByte(s, 'c'), strings.LastIndexByte(s, 'c'), strings.IndexRune(s, '本'),
			strings.IndexAny(s, "öcl"), strings.LastIndexAny(s, "öcl"), strings.IndexFunc(s, unicode.IsSpace),
			strings.ContainsAny(s, "xyz"), strings.ContainsRune(s, 'a'), strings.IndexRune(s, 0xFFFD))
	}
}

func cutting() {
	quoted(strings.Split("a,b,c", ","))
	quoted(strings.Split("", ","))
	quoted(strings.Split("abc", ""))
	quoted(strings.Split("", ""))
	quoted(strings.SplitN("a,b,c,d", ",", 2))
	quoted(strings.SplitN("a,b", ",", 0))
	quoted(strings.SplitN("日本語", "", 2))
	quoted(strings.SplitAfter("a,b,c", ","))
	quoted(strings.SplitAfterN("a,b,c", ",", 2))
	quoted(strings.Fields("  foo bar\tbaz\n "))
	quoted(strings.Fields("   "))
	quoted(strings.FieldsFunc("a1b22c", unicode.IsDigit))
	fmt.Println(strings.Cut("key=value=x", "="))
	fmt.Println(strings.Cut("none", "="))
	fmt.Println(strings.CutPrefix("prefix-rest", "prefix-"))
	fmt.Println(strings.CutSuffix("a.go", ".go"))
}

func trimming() {
	fmt.Printf("%q %q %q %q\n", strings.TrimSpace(" \t x y \n"), strings.Trim("xxhixx", "x"), strings.TrimLeft("aab", "a"),
		strings.TrimRight("baa", "a"))
	fmt.Printf("%q %q %q\n", strings.TrimPrefix("foobar", "foo"), strings.TrimSuffix("foobar", "bar"),
		strings.TrimFunc("123abc456", unicode.IsDigit))
	fmt.Printf("%q %q\n", strings.Trim("", "x"), strings.Trim("xxx", "x"))
}

func changing() {
	fmt.Println(strings.ToUpper("hello ä ß"), strings.ToLower("HELLO ÄÖ"), strings.Title("go is fun, isn't it"))
	fmt.Println(strings.Repeat("ab", 3)+strings.Repeat("x", 0), strings.Join([]string{"a", "b", "c"}, "-"),
		strings.Join(nil, "x"), strings.Join([]string{"one"}, ","))
	fmt.Println(strings.Replace("aaaa", "a", "b", 2), strings.ReplaceAll("banana", "an", "AN"),
		strings.Replace("abc", "", "-", -1), strings.Replace("abc", "", "-", 2), strings.ReplaceAll("日本", "", "."))
	fmt.Println(strings.Map(func(r rune) rune {
		if r == 'a' {
			return -1
		}
		return r + 1
	}, "banana"))
	fmt.Println(strings.EqualFold("Go", "GO"), strings.EqualFold("a", "b"), strings.EqualFold("ÄÖ", "äö"),
		strings.Compare("a", "b"), strings.Compare("b", "a"), strings.Compare("a", "a"))
	fmt.Println(strings.ToValidUTF8("a\xff\xfeb", "?"), strings.ContainsFunc("abc", unicode.IsUpper))
	r := strings.NewReplacer("<", "&lt;", ">", "&gt;", "a", "1", "ab", "2")
	fmt.Println(r.Replace("<b>ab</b>"))
	fmt.Println(strings.NewReplacer("", "-").Replace("ab"), strings.NewReplacer("a", "", "", "x").Replace("aba"))
}

func building() {
	var b strings.Builder
	for i := 0; i < 3; i++ {
		fmt.Fprintf(&b, "%d;", i)
	}
	b.WriteByte('x')
	b.WriteRune('世')
	b.WriteString("end")
	before := b.String()
	b.WriteString("!")
	fmt.Println(before, b.String(), b.Len())
	b.Reset()
	b.Grow(10)
	fmt.Println(b.Len(), b.Cap() >= 10, b.String() == "")
	r := strings.NewReader("abc日")
	p := make([]byte, 2)
	n, err := r.Read(p)
	fmt.Println(n, err, string(p), r.Len(), r.Size())
	c, err := r.ReadByte()
	fmt.Println(c, err, r.UnreadByte())
	c, _ = r.ReadByte()
	ch, size, err := r.ReadRune()
	fmt.Println(c, string(ch), size, err, r.UnreadRune())
	ch, size, err = r.ReadRune()
	fmt.Println(string(ch), size, err)
	_, _, err = r.ReadRune()
	fmt.Println(err)
	off, err := r.Seek(1, 0)
	fmt.Println(off, err, r.Len())
	defer func() { fmt.Println("recovered:", recover()) }()
	strings.Repeat("x", -1)
}

func main() {
	searching()
	cutting()
	trimming()
	changing()
	building()
}

// expect: 0 0 1 true true true -1 -1 0 false false false -1 -1 0 false false false -1 -1 0 false false false -1 -1 0 false false false -1 -1 0 false false false -1 -1 0 false false false -1 -1 -1 -1 -1 -1 false false -1
// expect: 0 3 4 true true true 0 0 1 true true false 1 1 1 true false true -1 -1 0 false false false -1 -1 0 false false false -1 -1 0 false false false -1 -1 0 false false false 2 2 -1 2 2 -1 false true -1
// expect: 0 6 7 true true true 0 3 2 true true false 1 4 2 true false true -1 -1 0 false false false -1 -1 0 false false false -1 -1 0 false false false -1 -1 0 false false false 2 5 -1 2 5 -1 false true -1
// expect: 0 13 12 true true true -1 -1 0 false false false -1 -1 0 false false false 8 8 1 true false false -1 -1 0 false false false -1 -1 0 false false false 4 4 1 true false false -1 -1 -1 3 11 6 false false -1
// expect: 0 15 6 true true true -1 -1 0 false false false -1 -1 0 false false false -1 -1 0 false false false 3 12 2 true false true -1 -1 0 false false false -1 -1 0 false false false -1 -1 3 -1 -1 -1 false false -1
// expect: 3 ["a" "b" "c"]
// expect: 1 [""]
// expect: 3 ["a" "b" "c"]
// expect: 0 []
// expect: 2 ["a" "b,c,d"]
// expect: 0 []
// expect: 2 ["日" "本語"]
// expect: 3 ["a," "b," "c"]
// expect: 2 ["a," "b,c"]
// expect: 3 ["foo" "bar" "baz"]
// expect: 0 []
// expect: 3 ["a" "b" "c"]
// expect: key value=x true
// expect: none  false
// expect: rest true
// expect: a true
// expect: "x y" "hi" "b" "b"
// expect: "bar" "foo" "abc"
// expect: "" ""
// expect: HELLO Ä ß hello äö Go Is Fun, Isn'T It
// expect: ababab a-b-c  one
// expect: bbaa bANANa -a-b-c- -a-bc .日.本.
// expect: coo
// expect: true false true -1 1 0
// expect: a?b false
// expect: &lt;b&gt;1b&lt;/b&gt;
// expect: -a-b- xbx
// expect: 0;1;2;x世end 0;1;2;x世end! 14
// expect: 0 true true
// expect: 2 <nil> ab 4 6
// expect: 99 <nil> <nil>
// expect: 99 日 3 <nil> <nil>
// expect: 日 3 <nil>
// expect: EOF
// expect: 1 <nil> 5
// expect: recovered: strings: negative Repeat count
