package strings

// index and lastIndex are -1 if there is none.
func index(s, sub string) int

func lastIndex(s, sub string) int

func indexByte(s string, c byte) int

// share is the text of b, which must not change any more.
func share(b []byte) string
