// Package time measures and shows time, sleeps, and has timers.
package time

type Duration int64

const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

const (
	minDuration Duration = -1 << 63
	maxDuration Duration = 1<<63 - 1
)

func (d Duration) Nanoseconds() int64 { return int64(d) }

func (d Duration) Microseconds() int64 { return int64(d) / 1e3 }

func (d Duration) Milliseconds() int64 { return int64(d) / 1e6 }

func (d Duration) Seconds() float64 { return parts(d, Second) }

func (d Duration) Minutes() float64 { return parts(d, Minute) }

func (d Duration) Hours() float64 { return parts(d, Hour) }

func parts(d, unit Duration) float64 {
	return float64(d/unit) + float64(d%unit)/float64(unit)
}

func (d Duration) Abs() Duration {
	switch {
	case d >= 0:
		return d
	case d == minDuration:
		return maxDuration
	}
	return -d
}

func (d Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return d - d%m
}

// Round goes to the nearest multiple of m, halves away from zero; what does not fit becomes the limit.
func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	rest := d % m
	if d < 0 {
		rest = -rest
		if rest+rest >= 0 && rest+rest < m {
			return d + rest
		}
		if r := d - m + rest; r < d {
			return r
		}
		return minDuration
	}
	if rest+rest >= 0 && rest+rest < m {
		return d - rest
	}
	if r := d + m - rest; r > d {
		return r
	}
	return maxDuration
}

// String is as 72h3m0.5s: leading zero units left out, and below a second one unit of ms, µs or ns.
func (d Duration) String() string {
	if d == 0 {
		return "0s"
	}
	u, sign := uint64(d), ""
	if d < 0 {
		u, sign = -u, "-"
	}
	switch {
	case u < uint64(Microsecond):
		return sign + decimal(u, 0) + "ns"
	case u < uint64(Millisecond):
		return sign + decimal(u, 3) + "µs"
	case u < uint64(Second):
		return sign + decimal(u, 6) + "ms"
	}
	text := decimal(u%uint64(Minute), 9) + "s"
	minutes := u / uint64(Minute)
	if minutes > 0 {
		text = decimal(minutes%60, 0) + "m" + text
	}
	if minutes >= 60 {
		text = decimal(minutes/60, 0) + "h" + text
	}
	return sign + text
}

// decimal is u / 10^places, without zeros at its end.
func decimal(u uint64, places int) string {
	var buf [32]byte
	at := len(buf)
	dropping := true
	for ; places > 0; places-- {
		digit := byte(u % 10)
		u /= 10
		if digit != 0 || !dropping {
			dropping = false
			at--
			buf[at] = '0' + digit
		}
	}
	if !dropping {
		at--
		buf[at] = '.'
	}
	for first := true; first || u > 0; first = false {
		at--
		buf[at] = '0' + byte(u%10)
		u /= 10
	}
	return string(buf[at:])
}

func unitOf(name string) uint64 {
	switch name {
	case "ns":
		return 1
	case "us", "µs", "μs":
		return 1e3
	case "ms":
		return 1e6
	case "s":
		return 1e9
	case "m":
		return 60e9
	case "h":
		return 3600e9
	}
	return 0
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// ParseDuration reads what String writes, and more: "-1.5h", "300ms", "2h45m".
func ParseDuration(s string) (Duration, error) {
	bad := errorText("time: invalid duration " + quote(s))
	rest, negative := s, false
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		negative = rest[0] == '-'
		rest = rest[1:]
	}
	if rest == "0" {
		return 0, nil
	}
	if rest == "" {
		return 0, bad
	}
	var total uint64
	for rest != "" {
		n, err := 0, error(nil)
		total, n, err = addUnit(total, rest, s, bad)
		if err != nil {
			return 0, err
		}
		rest = rest[n:]
	}
	if negative {
		return -Duration(total), nil
	}
	if total > 1<<63-1 {
		return 0, bad
	}
	return Duration(total), nil
}

// addUnit reads one number with its unit from the beginning of s and adds it; n is how much it read.
func addUnit(total uint64, s, whole string, bad error) (sum uint64, n int, err error) {
	var v, fraction uint64
	scale := 1.0
	digits := false
	for ; n < len(s) && isDigit(s[n]); n++ {
		if v > 1<<63/10 {
			return 0, 0, bad
		}
		v = v*10 + uint64(s[n]-'0')
		if v > 1<<63 {
			return 0, 0, bad
		}
		digits = true
	}
	if n < len(s) && s[n] == '.' {
		full := false
		for n++; n < len(s) && isDigit(s[n]); n++ {
			digits = true
			if full || fraction > (1<<63-1)/10 {
				full = true
				continue
			}
			next := fraction*10 + uint64(s[n]-'0')
			if next > 1<<63 {
				full = true
				continue
			}
			fraction = next
			scale *= 10
		}
	}
	if !digits {
		return 0, 0, bad
	}
	from := n
	for n < len(s) && s[n] != '.' && !isDigit(s[n]) {
		n++
	}
	if from == n {
		return 0, 0, errorText("time: missing unit in duration " + quote(whole))
	}
	unit := unitOf(s[from:n])
	if unit == 0 {
		return 0, 0, errorText("time: unknown unit " + quote(s[from:n]) + " in duration " + quote(whole))
	}
	if v > 1<<63/unit {
		return 0, 0, bad
	}
	v *= unit
	if fraction > 0 {
		v += uint64(float64(fraction) * (float64(unit) / scale))
	}
	total += v
	if v > 1<<63 || total > 1<<63 {
		return 0, 0, bad
	}
	return total, n, nil
}
