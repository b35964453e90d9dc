package main

import (
	"fmt"
	"time"
)

func main() {
	ny := time.FixedZone("EST", -5*3600)
	ist := time.FixedZone("IST", 5*3600+1800)
	odd := time.FixedZone("", 3723)
	ts := []time.Time{{}, time.Date(2024, 2, 29, 23, 59, 59, 999999999, time.UTC), time.Date(1969, 7, 20, 20, 17, 40, 0, ny), time.Date(2000, 1, 1, 0, 0, 0, 1000, ist), time.Date(-5, 13, 40, 25, 61, 61, -1, time.UTC), time.Date(12345, 6, 7, 8, 9, 10, 11e6, odd), time.Unix(0, 0).UTC(), time.Unix(1700000000, 123456789).In(ny), time.UnixMilli(-1).UTC(), time.UnixMicro(1e15 + 1).UTC(), time.Date(2023, 12, 31, 12, 0, 0, 0, time.UTC), time.Date(2021, 1, 3, 0, 0, 0, 0, time.UTC), time.Date(2020, time.December, 31, 0, 0, 0, 0, ist)}
	layouts := []string{time.Layout, time.ANSIC, time.UnixDate, time.RubyDate, time.RFC822, time.RFC822Z, time.RFC850, time.RFC1123, time.RFC1123Z, time.RFC3339, time.RFC3339Nano, time.Kitchen, time.Stamp, time.StampMilli, time.StampMicro, time.StampNano, time.DateTime, time.DateOnly, time.TimeOnly, "Jan _2 06 03:04PM", "2006-002", "__2 002", "Monday Mon January Jan 01 1 02 2 _2 15 03 3 04 4 05 5 PM pm", ".000 .999 ,000000 ,999", "05.0 05.00 05.999999", "Z0700 Z07:00 Z07 Z070000 Z07:00:00 -0700 -07:00 -07 -070000 -07:00:00 MST", "06 2006 20060102150405", "Janet Monroe Sunday 0600", "15h", "é 2006 世"}
	for _, t := range ts {
		fmt.Println(t, t.IsZero(), t.Weekday(), t.YearDay(), t.Unix(), t.UnixMilli(), t.Location())
		fmt.Println(t.ISOWeek())
		fmt.Println(t.Date())
		fmt.Println(t.Clock())
		fmt.Printf("%v %s %d %+v %#v %T\n", t, t, t.Nanosecond(), t, t, t)
		for _, l := range layouts {
			s := t.Format(l)
			fmt.Printf("%q: %q\n", l, s)
			p, err := time.Parse(l, s)
			fmt.Println("  ", p, err)
			p, err = time.ParseInLocation(l, s, ny)
			fmt.Println("  ", p, err)
		}
		for _, d := range []time.Duration{1, time.Microsecond, 7 * time.Second, time.Minute, time.Hour, 24 * time.Hour, 13 * time.Millisecond, 999 * time.Hour, -1} {
			fmt.Println(t.Round(d), t.Truncate(d))
		}
		fmt.Println(t.AddDate(1, -14, 45), t.AddDate(0, 0, -400), t.Add(-time.Hour*100000))
		fmt.Printf("%s\n", t.AppendFormat([]byte("x:"), time.Kitchen))
		for _, u := range ts {
			fmt.Print(t.Sub(u), " ", t.Before(u), t.After(u), t.Equal(u), t.Compare(u), t == u, " ")
		}
		fmt.Println()
	}
	bad := []string{"", "2024-13-01T00:00:00Z", "2024-02-30T00:00:00Z", "2024-01-01", "2024-01-01T25:00:00Z", "2024-01-01T00:60:00Z", "2024-01-01T00:00:00", "2024-01-01T00:00:00+25:00", "2024-01-01T00:00:00Zjunk", "24-01-01T00:00:00Z", "2024-1-1T00:00:00Z", "2024-01-01T00:00:00.123456789123Z", "2024-01-01T00:00:00,5Z", "2024-01-01 00:00:00Z"}
	for _, b := range bad {
		for _, l := range []string{time.RFC3339, time.RFC3339Nano, time.DateOnly, time.Kitchen, time.ANSIC, "Jan 2", time.RFC1123} {
			_, err := time.Parse(l, b)
			fmt.Println(err)
		}
	}
	ds := []string{"", "0", "1", "1s", "-1.5h", "+5m3s", "1h2m3.5s", "100ms", "1us", "1µs", "1μs", "3ns", ".5s", "1.s", ".s", "1x", "1d", "9223372036854775807ns", "9223372036854775808ns", "-9223372036854775808ns", "3000000h", "1e3s", "1h ", "1hh", "0.100000000000000000000h", "1.9223372036854775808h"}
	for _, s := range ds {
		d, err := time.ParseDuration(s)
		fmt.Println(s, d, int64(d), err)
		fmt.Println(d.Hours(), d.Minutes(), d.Seconds(), d.Milliseconds(), d.Microseconds(), d.Nanoseconds(), d.Round(time.Second), d.Truncate(time.Minute), d.Abs(), d.Round(7))
	}
	for _, d := range []time.Duration{0, 1, 999, 1000, 1500, 999999, 1e6, 1234567, 1e9, 59999999999, 60e9, 3599e9, 3600e9, 1<<63 - 1, -1 << 63, -1500 * time.Millisecond} {
		fmt.Printf("%v %s %d %q %6v|%-12v|%x\n", d, d, d, d, d, d, d)
	}
	for m := time.Month(-1); m < 15; m++ {
		fmt.Print(m, " ")
	}
	for m := time.Weekday(-1); m < 9; m++ {
		fmt.Print(m, " ")
	}
	type ev struct {
		at time.Time
		d  time.Duration
		m  time.Month
	}
	fmt.Printf("%v %+v\n", ev{}, ev{d: 5, m: 3})
	now := time.Now()
	fmt.Println(now.Sub(now), now.Equal(now.UTC()), now == now.Round(0), now.Round(0) == now.Round(0), now.Location())
}
