package time

import "errors"

// ParseError says what part of a text did not fit what part of a layout.
type ParseError struct {
	Layout     string
	Value      string
	LayoutElem string
	ValueElem  string
	Message    string
}

func (e *ParseError) Error() string {
	if e.Message == "" {
		return "parsing time " + quote(e.Value) + " as " + quote(e.Layout) + ": cannot parse " + quote(e.ValueElem) +
			" as " + quote(e.LayoutElem)
	}
	return "parsing time " + quote(e.Value) + e.Message
}

var errBad = errors.New("bad value for field")

// moment is what the elements of a layout have said so far; -1 where none did.
type moment struct {
	rest                   string // of the text
	year, month, day, yday int
	hour, min, sec, nsec   int
	pm, am                 bool
	offset                 int
	hasOffset              bool
	zone                   string
	utc                    bool
	outOfRange             string // the name of a field that was
}

func Parse(layout, value string) (Time, error) { return parse(layout, value, UTC, Local) }

func ParseInLocation(layout, value string, loc *Location) (Time, error) {
	return parse(layout, value, loc, loc)
}

func parse(layout, value string, standard, local *Location) (Time, error) {
	m := moment{rest: value, year: 0, month: -1, day: -1, yday: -1}
	for whole := layout; ; {
		literal, e := "", ""
		for layout != "" {
			if e = element(layout); e != "" {
				break
			}
			literal += layout[:1]
			layout = layout[1:]
		}
		if !m.literal(literal) {
			return Time{}, &ParseError{whole, value, literal, m.rest, ""}
		}
		if e == "" {
			if m.rest != "" {
				return Time{}, &ParseError{whole, value, "", m.rest, ": extra text: " + quote(m.rest)}
			}
			if err := m.check(whole, value); err != nil {
				return Time{}, err
			}
			return m.time(standard, local), nil
		}
		layout = layout[len(e):]
		before := m.rest
		err := m.element(e, layout)
		if m.outOfRange != "" {
			return Time{}, &ParseError{whole, value, e, value, ": " + m.outOfRange + " out of range"}
		}
		if err != nil {
			return Time{}, &ParseError{whole, value, e, before, ""}
		}
	}
}

// literal takes what stands between elements; a space stands for any number of spaces.
func (m *moment) literal(s string) bool {
	for s != "" {
		if s[0] == ' ' {
			if m.rest != "" && m.rest[0] != ' ' {
				return false
			}
			for s != "" && s[0] == ' ' {
				s = s[1:]
			}
			for m.rest != "" && m.rest[0] == ' ' {
				m.rest = m.rest[1:]
			}
			continue
		}
		if m.rest == "" || m.rest[0] != s[0] {
			return false
		}
		s, m.rest = s[1:], m.rest[1:]
	}
	return true
}

// number takes least to most digits.
func (m *moment) number(least, most int) (int, error) {
	n, count := 0, 0
	for count < most && count < len(m.rest) && isDigit(m.rest[count]) {
		n = n*10 + int(m.rest[count]-'0')
		count++
	}
	if count < least {
		return 0, errBad
	}
	m.rest = m.rest[count:]
	return n, nil
}

func (m *moment) field(into *int, least, most, lo, hi int, name string) error {
	n, err := m.number(least, most)
	if err == nil && (n < lo || n > hi) {
		m.outOfRange = name
	}
	*into = n
	return err
}

func sameFold(s, t string) bool {
	if len(s) < len(t) {
		return false
	}
	for i := 0; i < len(t); i++ {
		if s[i]|0x20 != t[i]|0x20 {
			return false
		}
	}
	return true
}

// name takes one of n names, the length of each cut to short if that is not 0.
func (m *moment) name(n, short int, text func(i int) string) (int, error) {
	for i := 0; i < n; i++ {
		t := text(i)
		if short > 0 {
			t = t[:short]
		}
		if sameFold(m.rest, t) {
			m.rest = m.rest[len(t):]
			return i, nil
		}
	}
	return 0, errBad
}

func monthAt(i int) string { return monthName(Month(i + 1)) }

func weekdayAt(i int) string { return Weekday(i).String() }

func (m *moment) element(e, layout string) (err error) {
	switch e[0] {
	case '-', 'Z':
		return m.zoneOffset(e)
	case '.', ',':
		return m.fraction(e)
	}
	switch e {
	case "2006":
		if len(m.rest) < 4 || !isDigit(m.rest[0]) {
			return errBad
		}
		m.year, err = m.number(4, 4)
	case "06":
		if m.year, err = m.number(2, 2); m.year >= 69 {
			m.year += 1900
		} else {
			m.year += 2000
		}
	case "January", "Jan":
		short := 0
		if e == "Jan" {
			short = 3
		}
		m.month, err = m.name(12, short, monthAt)
		m.month++
	case "01":
		err = m.field(&m.month, 2, 2, 1, 12, "month")
	case "1":
		err = m.field(&m.month, 1, 2, 1, 12, "month")
	case "Monday":
		_, err = m.name(7, 0, weekdayAt)
	case "Mon":
		_, err = m.name(7, 3, weekdayAt)
	case "_2", "2", "02":
		if e == "_2" && m.rest != "" && m.rest[0] == ' ' {
			m.rest = m.rest[1:]
		}
		least := 1
		if e == "02" {
			least = 2
		}
		m.day, err = m.number(least, 2)
	case "__2", "002":
		for i := 0; e == "__2" && i < 2 && m.rest != "" && m.rest[0] == ' '; i++ {
			m.rest = m.rest[1:]
		}
		least := 1
		if e == "002" {
			least = 3
		}
		m.yday, err = m.number(least, 3)
	case "15":
		err = m.field(&m.hour, 1, 2, 0, 23, "hour")
	case "3":
		err = m.field(&m.hour, 1, 2, 0, 12, "hour")
	case "03":
		err = m.field(&m.hour, 2, 2, 0, 12, "hour")
	case "4":
		err = m.field(&m.min, 1, 2, 0, 59, "minute")
	case "04":
		err = m.field(&m.min, 2, 2, 0, 59, "minute")
	case "5", "05":
		err = m.field(&m.sec, len(e), 2, 0, 59, "second")
		if err == nil && m.outOfRange == "" {
			m.hiddenFraction(layout)
		}
	case "PM", "pm":
		err = m.half(e)
	case "MST":
		err = m.zoneName()
	}
	return err
}

// hiddenFraction: a fraction may follow the seconds although the layout has none.
func (m *moment) hiddenFraction(layout string) {
	if layout != "" && (layout[0] == '.' || layout[0] == ',') && fractionElement(layout) != "" {
		return
	}
	if len(m.rest) < 2 || m.rest[0] != '.' && m.rest[0] != ',' || !isDigit(m.rest[1]) {
		return
	}
	n := 1
	for n < len(m.rest) && isDigit(m.rest[n]) {
		n++
	}
	m.nanoseconds(n)
}

// nanoseconds reads the fraction that the first n bytes are; digits past the ninth are dropped.
func (m *moment) nanoseconds(n int) {
	m.nsec = 0
	for i := 1; i <= 9; i++ {
		m.nsec *= 10
		if i < n {
			m.nsec += int(m.rest[i] - '0')
		}
	}
	m.rest = m.rest[n:]
}

func (m *moment) fraction(e string) error {
	if e[1] == '9' {
		if len(m.rest) < 2 || m.rest[0] != '.' && m.rest[0] != ',' || !isDigit(m.rest[1]) {
			return nil
		}
		n := 1
		for n < len(m.rest) && isDigit(m.rest[n]) {
			n++
		}
		m.nanoseconds(n)
		return nil
	}
	if len(m.rest) < len(e) || m.rest[0] != '.' && m.rest[0] != ',' {
		return errBad
	}
	for i := 1; i < len(e); i++ {
		if !isDigit(m.rest[i]) {
			return errBad
		}
	}
	m.nanoseconds(len(e))
	return nil
}

func (m *moment) half(e string) error {
	if len(m.rest) < 2 {
		return errBad
	}
	text := m.rest[:2]
	m.rest = m.rest[2:]
	switch {
	case text == "PM" && e == "PM", text == "pm" && e == "pm":
		m.pm = true
	case text == "AM" && e == "PM", text == "am" && e == "pm":
		m.am = true
	default:
		return errBad
	}
	return nil
}

func (m *moment) zoneOffset(e string) error {
	if e[0] == 'Z' && m.rest != "" && m.rest[0] == 'Z' {
		m.rest = m.rest[1:]
		m.utc = true
		return nil
	}
	if len(m.rest) < len(e) || m.rest[0] != '+' && m.rest[0] != '-' {
		return errBad
	}
	negative := m.rest[0] == '-'
	text := m.rest[1:len(e)]
	m.rest = m.rest[len(e):]
	n := [3]int{}
	for i := 0; text != ""; i++ {
		if i > 0 && e[3] == ':' {
			if text[0] != ':' {
				return errBad
			}
			text = text[1:]
		}
		if len(text) < 2 || !isDigit(text[0]) || !isDigit(text[1]) {
			return errBad
		}
		n[i] = int(text[0]-'0')*10 + int(text[1]-'0')
		text = text[2:]
	}
	switch {
	case n[0] > 24:
		m.outOfRange = "time zone offset hour"
	case n[1] > 60:
		m.outOfRange = "time zone offset minute"
	case n[2] > 60:
		m.outOfRange = "time zone offset second"
	}
	m.offset = (n[0]*60+n[1])*60 + n[2]
	if negative {
		m.offset = -m.offset
	}
	m.hasOffset = true
	return nil
}

// zoneName takes UTC, three or four capitals (four or five only if they end in T), GMT with an hour, or a bare offset.
func (m *moment) zoneName() error {
	if len(m.rest) >= 3 && m.rest[:3] == "UTC" {
		m.utc = true
		m.rest = m.rest[3:]
		return nil
	}
	n := 0
	switch {
	case len(m.rest) < 3:
		return errBad
	case begins(m.rest, "ChST"), begins(m.rest, "MeST"):
		n = 4
	case begins(m.rest, "GMT"):
		n = 3 + signedHour(m.rest[3:])
	case m.rest[0] == '+' || m.rest[0] == '-':
		n = signedHour(m.rest)
	default:
		for n < 6 && n < len(m.rest) && 'A' <= m.rest[n] && m.rest[n] <= 'Z' {
			n++
		}
		if n < 3 || n == 6 || n == 5 && m.rest[4] != 'T' || n == 4 && m.rest[3] != 'T' && !begins(m.rest, "WITA") {
			n = 0
		}
	}
	if n == 0 {
		return errBad
	}
	m.zone, m.rest = m.rest[:n], m.rest[n:]
	return nil
}

// signedHour is the length of a sign and an hour between -23 and 23, or 0.
func signedHour(s string) int {
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0
	}
	n, hour := 1, 0
	for n < len(s) && isDigit(s[n]) && hour < 1000 {
		hour = hour*10 + int(s[n]-'0')
		n++
	}
	if n == 1 || hour > 23 {
		return 0
	}
	return n
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(month Month, year int) int {
	switch month {
	case April, June, September, November:
		return 30
	case February:
		if isLeap(year) {
			return 29
		}
		return 28
	}
	return 31
}

// check brings day and month into one form and tells of days that there are not.
func (m *moment) check(layout, value string) error {
	outside := func(what string) error { return &ParseError{layout, value, "", value, ": " + what + " out of range"} }
	if m.pm && m.hour < 12 {
		m.hour += 12
	} else if m.am && m.hour == 12 {
		m.hour = 0
	}
	if m.yday >= 0 {
		days := 365
		if isLeap(m.year) {
			days++
		}
		if m.yday < 1 || m.yday > days {
			return outside("day-of-year")
		}
		_, month, day := Date(m.year, January, m.yday, 0, 0, 0, 0, UTC).Date()
		if m.month >= 0 && m.month != int(month) || m.day >= 0 && m.day != day {
			return &ParseError{layout, value, "", value, ": day-of-year does not match month"}
		}
		m.month, m.day = int(month), day
	}
	if m.month < 0 {
		m.month = 1
	}
	if m.day < 0 {
		m.day = 1
	}
	if m.day < 1 || m.day > daysIn(Month(m.month), m.year) {
		return outside("day")
	}
	return nil
}

func (m *moment) time(standard, local *Location) Time {
	date := func(loc *Location) Time {
		return Date(m.year, Month(m.month), m.day, m.hour, m.min, m.sec, m.nsec, loc)
	}
	if m.utc {
		return date(UTC)
	}
	if m.hasOffset {
		t := date(UTC)
		t.ext -= int64(m.offset)
		offset, name := local.at(t.Unix())
		if offset == m.offset && (m.zone == "" || name == m.zone) {
			t.loc = local
			if local == UTC {
				t.loc = nil
			}
			return t
		}
		t.loc = FixedZone(m.zone, m.offset)
		return t
	}
	if m.zone != "" {
		t := date(UTC)
		if offset, ok := local.offsetOf(m.zone, t.Unix()); ok {
			t.ext -= int64(offset)
			t.loc = local
			return t
		}
		offset := 0 // an unknown zone is made up; its offset shows, but does not count
		if len(m.zone) > 3 && m.zone[:3] == "GMT" {
			for _, c := range m.zone[4:] {
				offset = offset*10 + int(c-'0')
			}
			if offset *= 3600; m.zone[3] == '-' {
				offset = -offset
			}
		}
		t.loc = FixedZone(m.zone, offset)
		return t
	}
	return date(standard)
}
