// Package unicode tells what kind of character a rune is. The classes come from the Unicode tables of the C side.
package unicode

const (
	MaxRune         = '\U0010FFFF'
	ReplacementChar = '\uFFFD'
	MaxASCII        = '\u007F'
	MaxLatin1       = '\u00FF'
)

const (
	UpperCase = iota
	LowerCase
	TitleCase
	MaxCase
)

// General categories, numbered as in utf8proc.
const (
	catCn = iota
	catLu
	catLl
	catLt
	catLm
	catLo
	catMn
	catMc
	catMe
	catNd
	catNl
	catNo
	catPc
	catPd
	catPs
	catPe
	catPi
	catPf
	catPo
	catSm
	catSc
	catSk
	catSo
	catZs
	catZl
	catZp
	catCc
	catCf
	catCs
	catCo
)

func IsLetter(r rune) bool {
	if uint32(r) < 0x80 {
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	c := category(r)
	return c >= catLu && c <= catLo
}

func IsUpper(r rune) bool {
	if uint32(r) < 0x80 {
		return 'A' <= r && r <= 'Z'
	}
	return category(r) == catLu
}

func IsLower(r rune) bool {
	if uint32(r) < 0x80 {
		return 'a' <= r && r <= 'z'
	}
	return category(r) == catLl
}

func IsTitle(r rune) bool { return r >= 0x80 && category(r) == catLt }

func IsDigit(r rune) bool {
	if uint32(r) < 0x80 {
		return '0' <= r && r <= '9'
	}
	return category(r) == catNd
}

func IsNumber(r rune) bool {
	c := category(r)
	return c >= catNd && c <= catNo
}

func IsMark(r rune) bool {
	c := category(r)
	return c >= catMn && c <= catMe
}

func IsPunct(r rune) bool {
	c := category(r)
	return c >= catPc && c <= catPo
}

func IsSymbol(r rune) bool {
	c := category(r)
	return c >= catSm && c <= catSo
}

func IsControl(r rune) bool { return r >= 0 && r < 0x20 || r >= 0x7F && r < 0xA0 }

// IsGraphic is true of letters, marks, numbers, punctuation, symbols and spaces.
func IsGraphic(r rune) bool {
	c := category(r)
	return c >= catLu && c <= catZs
}

// IsPrint is IsGraphic without any space but the plain one.
func IsPrint(r rune) bool {
	if uint32(r) < 0x80 {
		return r >= 0x20 && r < 0x7F
	}
	c := category(r)
	return c >= catLu && c <= catSo
}

func IsSpace(r rune) bool {
	if uint32(r) < 0x100 {
		return r >= '\t' && r <= '\r' || r == ' ' || r == 0x85 || r == 0xA0
	}
	c := category(r)
	return c >= catZs && c <= catZp
}

func ToUpper(r rune) rune {
	if uint32(r) < 0x80 {
		if 'a' <= r && r <= 'z' {
			return r - 0x20
		}
		return r
	}
	return upper(r)
}

func ToLower(r rune) rune {
	if uint32(r) < 0x80 {
		if 'A' <= r && r <= 'Z' {
			return r + 0x20
		}
		return r
	}
	return lower(r)
}

func ToTitle(r rune) rune {
	if uint32(r) < 0x80 {
		return ToUpper(r)
	}
	return title(r)
}

func To(kind int, r rune) rune {
	switch kind {
	case UpperCase:
		return ToUpper(r)
	case LowerCase:
		return ToLower(r)
	case TitleCase:
		return ToTitle(r)
	}
	return ReplacementChar
}
