package time

const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RubyDate    = "Mon Jan 02 15:04:05 -0700 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC822Z     = "02 Jan 06 15:04 -0700"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	StampMicro  = "Jan _2 15:04:05.000000"
	StampNano   = "Jan _2 15:04:05.000000000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

func begins(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

// element is the layout's element that s begins with, "" if it begins with none.
func element(s string) string {
	switch s[0] {
	case 'J':
		return firstOf(s, "January", "Jan")
	case 'M':
		if begins(s, "Mon") && !begins(s, "Monday") && len(s) > 3 && 'a' <= s[3] && s[3] <= 'z' {
			return ""
		}
		return firstOf(s, "Monday", "Mon", "MST")
	case '0':
		return firstOf(s, "002", "01", "02", "03", "04", "05", "06")
	case '1':
		return firstOf(s, "15", "1")
	case '2':
		return firstOf(s, "2006", "2")
	case '_':
		if begins(s, "_2006") {
			return "" // an underscore before a year
		}
		return firstOf(s, "__2", "_2")
	case '3', '4', '5':
		return s[:1]
	case 'P':
		return firstOf(s, "PM")
	case 'p':
		return firstOf(s, "pm")
	case '-':
		return firstOf(s, "-070000", "-07:00:00", "-0700", "-07:00", "-07")
	case 'Z':
		return firstOf(s, "Z070000", "Z07:00:00", "Z0700", "Z07:00", "Z07")
	case '.', ',':
		return fractionElement(s)
	}
	return ""
}

func firstOf(s string, elements ...string) string {
	for _, e := range elements {
		if begins(s, e) {
			if e == "Jan" && len(s) > 3 && 'a' <= s[3] && s[3] <= 'z' {
				return "" // January was tried; this is another word
			}
			return e
		}
	}
	return ""
}

// fractionElement: a point or comma, then zeros or nines that no digit follows.
func fractionElement(s string) string {
	if len(s) < 2 || s[1] != '0' && s[1] != '9' {
		return ""
	}
	n := 1
	for n < len(s) && s[n] == s[1] {
		n++
	}
	if n < len(s) && isDigit(s[n]) {
		return ""
	}
	return s[:n]
}

func (t Time) Format(layout string) string { return string(t.AppendFormat(nil, layout)) }

func (t Time) AppendFormat(b []byte, layout string) []byte {
	for layout != "" {
		e := element(layout)
		if e == "" {
			b = append(b, layout[0])
			layout = layout[1:]
			continue
		}
		b = t.appendElement(b, e)
		layout = layout[len(e):]
	}
	return b
}

func (t Time) appendElement(b []byte, e string) []byte {
	switch e[0] {
	case '-', 'Z':
		return t.appendOffset(b, e)
	case '.', ',':
		return t.appendFraction(b, e)
	}
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	switch e {
	case "2006":
		return appendInt(b, year, 4)
	case "06":
		return appendInt(b, max(year, -year)%100, 2)
	case "January":
		return append(b, month.String()...)
	case "Jan":
		return append(b, month.String()[:3]...)
	case "01":
		return appendInt(b, int(month), 2)
	case "1":
		return appendInt(b, int(month), 0)
	case "Monday":
		return append(b, t.Weekday().String()...)
	case "Mon":
		return append(b, t.Weekday().String()[:3]...)
	case "02":
		return appendInt(b, day, 2)
	case "2":
		return appendInt(b, day, 0)
	case "_2":
		return appendInt(spaces(b, day, 10), day, 0)
	case "002":
		return appendInt(b, t.YearDay(), 3)
	case "__2":
		return appendInt(spaces(b, t.YearDay(), 100), t.YearDay(), 0)
	case "15":
		return appendInt(b, hour, 2)
	case "03":
		return appendInt(b, (hour+11)%12+1, 2)
	case "3":
		return appendInt(b, (hour+11)%12+1, 0)
	case "04":
		return appendInt(b, min, 2)
	case "4":
		return appendInt(b, min, 0)
	case "05":
		return appendInt(b, sec, 2)
	case "5":
		return appendInt(b, sec, 0)
	case "PM", "pm":
		return appendHalf(b, hour, e)
	}
	name, offset := t.Zone() // MST
	if name != "" {
		return append(b, name...)
	}
	return appendZoneNumber(b, offset, false, 2)
}

// spaces fills up to the width of a number that has as many digits as limit.
func spaces(b []byte, n, limit int) []byte {
	for ; limit > 1 && n < limit; limit /= 10 {
		b = append(b, ' ')
	}
	return b
}

func appendHalf(b []byte, hour int, e string) []byte {
	c := byte('A')
	if hour >= 12 {
		c = 'P'
	}
	if e == "pm" {
		return append(b, c|0x20, 'm')
	}
	return append(b, c, 'M')
}

func (t Time) appendOffset(b []byte, e string) []byte {
	_, offset := t.Zone()
	if e[0] == 'Z' && offset == 0 {
		return append(b, 'Z')
	}
	colon := len(e) > 3 && e[3] == ':'
	digits := len(e) - 1
	if colon {
		digits = (len(e) - 1 + 1) / 3 * 2
	}
	return appendZoneNumber(b, offset, colon, digits/2)
}

// appendZoneNumber writes +hh, and as many more pairs; MST of a nameless zone has minutes only if there are some.
func appendZoneNumber(b []byte, offset int, colon bool, pairs int) []byte {
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	b = append(b, sign)
	b = appendInt(b, offset/3600, 2)
	if pairs > 1 {
		if colon {
			b = append(b, ':')
		}
		b = appendInt(b, offset/60%60, 2)
	}
	if pairs > 2 {
		if colon {
			b = append(b, ':')
		}
		b = appendInt(b, offset%60, 2)
	}
	return b
}

func (t Time) appendFraction(b []byte, e string) []byte {
	n, digits := int(t.nanos()), [9]byte{}
	for i := 8; i >= 0; i-- {
		digits[i] = '0' + byte(n%10)
		n /= 10
	}
	shown := min(len(e)-1, len(digits))
	if e[1] == '9' {
		for shown > 0 && digits[shown-1] == '0' {
			shown--
		}
		if shown == 0 {
			return b
		}
	}
	b = append(b, e[0])
	b = append(b, digits[:shown]...)
	return b
}

func (t Time) String() string {
	text := t.Format("2006-01-02 15:04:05.999999999 -0700 MST")
	if t.mono() == 0 {
		return text
	}
	m, sign := t.mono()-1, "+"
	if m < 0 {
		m, sign = -m, "-"
	}
	return text + " m=" + sign + string(appendInt(nil, int(m/1e9), 0)) + "." + string(appendInt(nil, int(m%1e9), 9))
}

// GoString is the call of Date that makes t.
func (t Time) GoString() string {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	b := []byte("time.Date(")
	b = appendInt(b, year, 0)
	b = append(b, ", "...)
	if name := monthName(month); name != "" {
		b = append(b, "time."+name...)
	}
	for _, n := range [5]int{day, hour, min, sec, int(t.nanos())} {
		b = append(b, ", "...)
		b = appendInt(b, n, 0)
	}
	switch loc := t.Location(); loc {
	case UTC:
		b = append(b, ", time.UTC)"...)
	case Local:
		b = append(b, ", time.Local)"...)
	default:
		b = append(b, ", time.Location("+quote(loc.name)+"))"...)
	}
	return string(b)
}
