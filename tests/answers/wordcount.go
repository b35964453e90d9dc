package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

type wc struct {
	word string
	n    int
}

func main() {
	sc := bufio.NewScanner(os.Stdin)
	freq := make(map[string]int)
	lines, words, chars := 0, 0, 0
	for sc.Scan() {
		line := sc.Text()
		lines++
		chars += utf8.RuneCountInString(line)
		for _, w := range strings.FieldsFunc(line, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
			freq[strings.ToLower(w)]++
			words++
		}
	}
	if err := sc.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	list := make([]wc, 0)
	for w, n := range freq {
		list = append(list, wc{w, n})
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].n != list[j].n {
			return list[i].n > list[j].n
		}
		return list[i].word < list[j].word
	})
	fmt.Println(lines, words, chars)
	for _, e := range list {
		fmt.Printf("%-10s|%3d|%s\n", e.word, e.n, strings.Repeat("#", e.n))
	}
}

// input: The quick brown fox jumps over the lazy dog.
// input: The dog didn't mind; the fox — naïve, brown — did!
// input:
// input: Ünïcödé ünïcödé  the
