package time

type Month int

const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)

func monthName(m Month) string {
	switch m {
	case January:
		return "January"
	case February:
		return "February"
	case March:
		return "March"
	case April:
		return "April"
	case May:
		return "May"
	case June:
		return "June"
	case July:
		return "July"
	case August:
		return "August"
	case September:
		return "September"
	case October:
		return "October"
	case November:
		return "November"
	case December:
		return "December"
	}
	return ""
}

func (m Month) String() string {
	if name := monthName(m); name != "" {
		return name
	}
	return "%!Month(" + decimal(uint64(m), 0) + ")"
}

type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

func (d Weekday) String() string {
	switch d {
	case Sunday:
		return "Sunday"
	case Monday:
		return "Monday"
	case Tuesday:
		return "Tuesday"
	case Wednesday:
		return "Wednesday"
	case Thursday:
		return "Thursday"
	case Friday:
		return "Friday"
	case Saturday:
		return "Saturday"
	}
	return "%!Weekday(" + decimal(uint64(d), 0) + ")"
}

const (
	secondsPerDay = 86400
	unixZero      = 62135596800 // seconds from the year 1 to 1970
)

// A Time has Go's own words, which show where a Time inside a struct is printed: nanoseconds in the lower 30 bits of
// wall; in ext the seconds since the year 1, UTC. A time read from the clock has the top bit of wall set; then the 33
// bits below it are the seconds since 1885, and ext is what the monotonic clock showed, plus 1. loc is nil for UTC.
type Time struct {
	wall uint64
	ext  int64
	loc  *Location
}

const (
	fromClock = 1 << 63
	nanoBits  = 30
	wallZero  = 59453308800 // seconds from the year 1 to 1885
)

func Now() Time {
	n := nanotime()
	return fromUnix(0, epoch()+n, n+1, Local)
}

func fromUnix(sec, nsec, mono int64, loc *Location) Time {
	sec += nsec / 1e9
	nsec %= 1e9
	if nsec < 0 {
		nsec += 1e9
		sec--
	}
	if loc == UTC {
		loc = nil
	}
	return stamp(sec+unixZero, nsec, mono, loc)
}

// stamp puts a Time together; mono is 0 if the clock did not show it.
func stamp(sec, nsec, mono int64, loc *Location) Time {
	wall := sec - wallZero
	if mono == 0 || wall < 0 || wall >= 1<<33 {
		return Time{uint64(nsec), sec, loc}
	}
	return Time{fromClock | uint64(wall)<<nanoBits | uint64(nsec), mono, loc}
}

// seconds since the year 1.
func (t Time) seconds() int64 {
	if t.wall&fromClock != 0 {
		return wallZero + int64(t.wall<<1>>(nanoBits+1))
	}
	return t.ext
}

func (t Time) nanos() int64 { return int64(t.wall & (1<<nanoBits - 1)) }

// mono is what the monotonic clock showed, plus 1; 0: none.
func (t Time) mono() int64 {
	if t.wall&fromClock != 0 {
		return t.ext
	}
	return 0
}

func (t Time) withoutMono() Time { return Time{uint64(t.nanos()), t.seconds(), t.loc} }

func Unix(sec int64, nsec int64) Time { return fromUnix(sec, nsec, 0, Local) }

func UnixMilli(msec int64) Time { return fromUnix(msec/1e3, msec%1e3*1e6, 0, Local) }

func UnixMicro(usec int64) Time { return fromUnix(usec/1e6, usec%1e6*1e3, 0, Local) }

func Since(t Time) Duration { return Now().Sub(t) }

func Until(t Time) Duration { return t.Sub(Now()) }

func (t Time) Unix() int64 { return t.seconds() - unixZero }

func (t Time) UnixNano() int64 { return t.Unix()*1e9 + t.nanos() }

func (t Time) UnixMicro() int64 { return t.Unix()*1e6 + t.nanos()/1e3 }

func (t Time) UnixMilli() int64 { return t.Unix()*1e3 + t.nanos()/1e6 }

func (t Time) IsZero() bool { return t.seconds() == 0 && t.nanos() == 0 }

func (t Time) Compare(u Time) int {
	a, b := t.seconds(), u.seconds()
	switch {
	case t.wall&u.wall&fromClock != 0:
		a, b = t.ext, u.ext
	case a == b:
		a, b = t.nanos(), u.nanos()
	}
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (t Time) After(u Time) bool { return t.Compare(u) > 0 }

func (t Time) Before(u Time) bool { return t.Compare(u) < 0 }

func (t Time) Equal(u Time) bool { return t.Compare(u) == 0 }

func (t Time) Add(d Duration) Time {
	sec, nsec, mono := t.seconds()+int64(d/1e9), t.nanos()+int64(d%1e9), t.mono()
	if nsec >= 1e9 {
		sec++
		nsec -= 1e9
	} else if nsec < 0 {
		sec--
		nsec += 1e9
	}
	if mono != 0 {
		m := mono + int64(d)
		if d < 0 && m > mono || d > 0 && m < mono {
			m = 0 // beyond the clock
		}
		mono = m
	}
	return stamp(sec, nsec, mono, t.loc)
}

// Sub is t-u, by the monotonic clock if both have it; what does not fit becomes the limit.
func (t Time) Sub(u Time) Duration {
	if t.wall&u.wall&fromClock != 0 {
		d := t.ext - u.ext
		if d > 0 && t.ext < u.ext {
			return minDuration
		}
		if d < 0 && t.ext > u.ext {
			return maxDuration
		}
		return Duration(d)
	}
	d := Duration(t.seconds()-u.seconds())*Second + Duration(t.nanos()-u.nanos())
	t, u = t.withoutMono(), u.withoutMono()
	switch {
	case u.Add(d).Equal(t):
		return d
	case t.Before(u):
		return minDuration
	}
	return maxDuration
}

func (t Time) Round(d Duration) Time {
	t = t.withoutMono()
	if d <= 0 {
		return t
	}
	rest := t.modulo(d)
	if rest+rest < d {
		return t.Add(-rest)
	}
	return t.Add(d - rest)
}

func (t Time) Truncate(d Duration) Time {
	t = t.withoutMono()
	if d <= 0 {
		return t
	}
	return t.Add(-t.modulo(d))
}

// modulo is what is over a multiple of d since the year 1; seconds are brought down first, so that all fits.
func (t Time) modulo(d Duration) Duration {
	if d < Second && Second%(d+d) == 0 {
		return Duration(t.nanos()) % d
	}
	if d%Second == 0 {
		whole := int64(d / Second)
		rest := t.seconds() % whole
		if rest < 0 {
			rest += whole
		}
		return Duration(rest)*Second + Duration(t.nanos())
	}
	// (sec*1e9 + nsec) mod d, by doubling
	var rest uint64
	m := uint64(d)
	sec, negative := uint64(t.seconds()), t.seconds() < 0
	if negative {
		sec = -sec
	}
	unit := uint64(1e9) % m
	for bit := 63; bit >= 0; bit-- {
		rest = rest * 2 % m
		if sec>>uint(bit)&1 != 0 {
			rest = (rest + unit) % m
		}
	}
	if negative && rest > 0 {
		rest = m - rest
	}
	return Duration((rest + uint64(t.nanos())%m) % m)
}

// local is seconds since the year 1 on the clock of t's zone.
func (t Time) local() int64 {
	offset, _ := t.Location().at(t.Unix())
	return t.seconds() + int64(offset)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// daysBefore counts the days from March 1 of the year 0 to the first of a month; years begin in March here, so that
// the leap day is the last.
func daysBefore(year int64, month Month) int64 {
	m := int64(month) - 3
	if m < 0 {
		m += 12
		year--
	}
	return 365*year + floorDiv(year, 4) - floorDiv(year, 100) + floorDiv(year, 400) + (153*m+2)/5
}

const marchToYearOne = 306 // days from March 1 of the year 0 to January 1 of the year 1

// civil is the date of a day counted from the year 1.
func civil(day int64) (year int, month Month, dom int) {
	day += marchToYearOne
	era := floorDiv(day, 146097)
	d := day - era*146097
	y := (d - d/1460 + d/36524 - d/146096) / 365
	d -= 365*y + y/4 - y/100
	m := (5*d + 2) / 153
	dom = int(d - (153*m+2)/5 + 1)
	y += era * 400
	if m < 10 {
		return int(y), Month(m + 3), dom
	}
	return int(y + 1), Month(m - 9), dom
}

func (t Time) day() int64 { return floorDiv(t.local(), secondsPerDay) }

func (t Time) Date() (year int, month Month, day int) { return civil(t.day()) }

func (t Time) Year() int {
	y, _, _ := t.Date()
	return y
}

func (t Time) Month() Month {
	_, m, _ := t.Date()
	return m
}

func (t Time) Day() int {
	_, _, d := t.Date()
	return d
}

func (t Time) YearDay() int {
	year, _, _ := t.Date()
	return int(t.day()-(daysBefore(int64(year), January)-marchToYearOne)) + 1
}

func (t Time) Weekday() Weekday {
	d := (t.day() + 1) % 7
	if d < 0 {
		d += 7
	}
	return Weekday(d)
}

// ISOWeek: a week belongs to the year that has its Thursday.
func (t Time) ISOWeek() (year, week int) {
	thursday := t.day() + int64(Thursday-(t.Weekday()+6)%7-1)
	year, _, _ = civil(thursday)
	first := daysBefore(int64(year), January) - marchToYearOne
	return year, int(thursday-first)/7 + 1
}

func (t Time) Clock() (hour, min, sec int) {
	s := int(t.local() - t.day()*secondsPerDay)
	return s / 3600, s / 60 % 60, s % 60
}

func (t Time) Hour() int {
	h, _, _ := t.Clock()
	return h
}

func (t Time) Minute() int {
	_, m, _ := t.Clock()
	return m
}

func (t Time) Second() int {
	_, _, s := t.Clock()
	return s
}

func (t Time) Nanosecond() int { return int(t.nanos()) }

// Date brings what is out of range (October 32) to where it belongs.
func Date(year int, month Month, day, hour, min, sec, nsec int, loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Date")
	}
	m := int64(month) - 1
	y := int64(year) + floorDiv(m, 12)
	m -= floorDiv(m, 12) * 12
	d := daysBefore(y, Month(m+1)) - marchToYearOne + int64(day) - 1
	s := d*secondsPerDay + int64(hour)*3600 + int64(min)*60 + int64(sec) - unixZero
	t := fromUnix(s, int64(nsec), 0, loc)
	offset, _ := loc.at(t.Unix())
	before, _ := loc.at(t.Unix() - int64(offset))
	t.ext -= int64(before)
	return t
}

func (t Time) AddDate(years int, months int, days int) Time {
	y, m, d := t.Date()
	hour, min, sec := t.Clock()
	return Date(y+years, m+Month(months), d+days, hour, min, sec, int(t.nanos()), t.Location())
}
