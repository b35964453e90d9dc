package time

import "errors"

func errorText(s string) error { return errors.New(s) }

// quote puts s between quotes; what is not plain ASCII is shown byte by byte.
func quote(s string) string {
	const hex = "0123456789abcdef"
	out := []byte{'"'}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		case c < ' ' || c >= 0x80:
			out = append(out, '\\', 'x', hex[c>>4], hex[c&15])
		default:
			out = append(out, c)
		}
	}
	return string(append(out, '"'))
}

// appendInt writes at least width digits.
func appendInt(b []byte, n, width int) []byte {
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	var digits [20]byte
	at := len(digits)
	for n > 0 || width > 0 || at == len(digits) {
		at--
		digits[at] = '0' + byte(n%10)
		n /= 10
		width--
	}
	return append(b, digits[at:]...)
}
