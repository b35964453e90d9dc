package time

// A zoneRule is what the environment variable TZ may hold by POSIX: "CET-1CEST,M3.5.0,M10.5.0/3".
type zoneRule struct {
	usual, summer zoneKind
	begin, end    zoneDay
	changes       bool
}

// A zoneDay is a day of each year, and seconds from its midnight on the clock that holds until then.
type zoneDay struct {
	form             byte // M: a month's weekday (week 5: the last); J: a day counted without 29 February; else with it
	day, week, month int
	seconds          int
}

type ruleReader struct {
	rest string
	bad  bool
}

func (r *ruleReader) got(c byte) bool {
	if r.rest == "" || r.rest[0] != c {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

func (r *ruleReader) want(c byte) { r.bad = !r.got(c) || r.bad }

func (r *ruleReader) number(least, most int) int {
	n, digits := 0, 0
	for ; digits < len(r.rest) && digits < 4 && r.rest[digits] >= '0' && r.rest[digits] <= '9'; digits++ {
		n = n*10 + int(r.rest[digits]-'0')
	}
	r.rest = r.rest[digits:]
	r.bad = r.bad || digits == 0 || n < least || n > most
	return n
}

func (r *ruleReader) name() string {
	quoted := r.got('<')
	n := 0
	for n < len(r.rest) {
		c := r.rest[n]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (!quoted || c == '>') {
			break
		}
		n++
	}
	name := r.rest[:n]
	r.rest = r.rest[n:]
	if quoted {
		r.want('>')
	}
	r.bad = r.bad || n < 3
	return name
}

// seconds reads hours, and minutes and seconds if they are there.
func (r *ruleReader) seconds() int {
	sign := 1
	if r.got('-') {
		sign = -1
	} else {
		r.got('+')
	}
	n := r.number(0, 24*7) * 3600
	if r.got(':') {
		n += r.number(0, 59) * 60
		if r.got(':') {
			n += r.number(0, 59)
		}
	}
	return sign * n
}

func (r *ruleReader) day() zoneDay {
	d := zoneDay{seconds: 2 * 3600}
	switch {
	case r.got('M'):
		d.form = 'M'
		d.month = r.number(1, 12)
		r.want('.')
		d.week = r.number(1, 5)
		r.want('.')
		d.day = r.number(0, 6)
	case r.got('J'):
		d.form = 'J'
		d.day = r.number(1, 365)
	default:
		d.day = r.number(0, 365)
	}
	if r.got('/') {
		d.seconds = r.seconds()
	}
	return d
}

func parseZoneRule(text string) (zoneRule, bool) {
	r := &ruleReader{rest: text}
	var z zoneRule
	z.usual.name = r.name()
	z.usual.offset = -r.seconds()
	if r.rest == "" || r.bad {
		return z, !r.bad
	}
	z.changes = true
	z.summer = zoneKind{r.name(), z.usual.offset + 3600, true}
	if r.rest != "" && r.rest[0] != ',' {
		z.summer.offset = -r.seconds()
	}
	if r.rest == "" {
		r.rest = ",M3.2.0,M11.1.0"
	}
	r.want(',')
	z.begin = r.day()
	r.want(',')
	z.end = r.day()
	return z, !r.bad && r.rest == ""
}

// moment is when the day's change comes in a year, in seconds since 1970 on a clock that is offset ahead of UTC.
func (d zoneDay) moment(year, offset int) int64 {
	var date Time
	switch d.form {
	case 'M':
		date = Date(year, Month(d.month), 1, 0, 0, 0, 0, UTC)
		date = date.AddDate(0, 0, (d.day-int(date.Weekday())+7)%7+7*(d.week-1))
		for date.Month() != Month(d.month) { // there is no fifth
			date = date.AddDate(0, 0, -7)
		}
	case 'J':
		date = Date(year, January, d.day, 0, 0, 0, 0, UTC)
		if leap := Date(year, February, 29, 0, 0, 0, 0, UTC).Month() == February; leap && d.day >= 60 {
			date = date.AddDate(0, 0, 1)
		}
	default:
		date = Date(year, January, 1+d.day, 0, 0, 0, 0, UTC)
	}
	return date.Unix() + int64(d.seconds) - int64(offset)
}

func (z zoneRule) at(unix int64) zoneKind {
	if !z.changes {
		return z.usual
	}
	year := Unix(unix, 0).UTC().Add(Duration(z.usual.offset) * Second).Year()
	begin, end := z.begin.moment(year, z.usual.offset), z.end.moment(year, z.summer.offset)
	if begin < end && (unix < begin || unix >= end) || begin >= end && unix >= end && unix < begin {
		return z.usual
	}
	return z.summer
}
