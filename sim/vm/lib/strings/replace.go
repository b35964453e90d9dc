package strings

import "io"

// Replacer replaces many strings at once; at each place the pair that was given first wins.
type Replacer struct {
	pairs []string
}

func NewReplacer(oldnew ...string) *Replacer {
	if len(oldnew)%2 == 1 {
		panic("strings.NewReplacer: odd argument count")
	}
	return &Replacer{append([]string(nil), oldnew...)}
}

// match is the pair for the beginning of s, or -1.
func (r *Replacer) match(s string, ignoreEmpty bool) int {
	for i := 0; i < len(r.pairs); i += 2 {
		if old := r.pairs[i]; HasPrefix(s, old) && (old != "" || !ignoreEmpty) {
			return i
		}
	}
	return -1
}

func (r *Replacer) Replace(s string) string {
	var buf []byte
	emptyFound := false // at this very place: it does not count twice
	for i := 0; i <= len(s); {
		m := r.match(s[i:], emptyFound)
		emptyFound = m >= 0 && r.pairs[m] == ""
		if m >= 0 {
			buf = append(buf, r.pairs[m+1]...)
			i += len(r.pairs[m])
			continue
		}
		if i < len(s) {
			buf = append(buf, s[i])
		}
		i++
	}
	return share(buf)
}

func (r *Replacer) WriteString(w io.Writer, s string) (n int, err error) {
	return io.WriteString(w, r.Replace(s))
}
