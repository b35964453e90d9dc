package main

import (
	"fmt"
	"time"
)

func main() {
	cases := [][2]string{
		{time.RFC3339, "2024-02-29T13:04:05Z"},
		{time.RFC3339, "2024-02-29T13:04:05.123456789+02:00"},
		{time.RFC3339, "2023-02-29T13:04:05Z"},
		{time.RFC3339, "2024-13-01T00:00:00Z"},
		{time.RFC3339, "2024-01-01T25:00:00Z"},
		{time.RFC3339, "2024-01-01 00:00:00Z"},
		{time.RFC3339, "garbage"},
		{time.RFC3339Nano, "2006-01-02T15:04:05.5-07:00"},
		{time.DateTime, "2009-11-10 23:00:00"},
		{time.DateOnly, "2009-11-10"},
		{time.DateOnly, "2009-11-10x"},
		{time.TimeOnly, "03:04:05"},
		{time.Kitchen, "3:04PM"},
		{time.Kitchen, "12:00AM"},
		{time.Kitchen, "12:30PM"},
		{time.ANSIC, "Tue Nov 10 23:00:00 2009"},
		{time.ANSIC, "tue nov  1 23:00:00 2009"},
		{time.UnixDate, "Tue Nov 10 23:00:00 UTC 2009"},
		{time.RFC1123, "Tue, 10 Nov 2009 23:00:00 PST"},
		{time.RFC1123, "Tue, 10 Nov 2009 23:00:00 GMT+3"},
		{time.RFC1123Z, "Tue, 10 Nov 2009 23:00:00 -0800"},
		{time.RFC850, "Tuesday, 10-Nov-09 23:00:00 UTC"},
		{time.RFC822, "10 Nov 70 23:00 UTC"},
		{time.StampMilli, "Nov 10 23:00:00.125"},
		{time.StampMicro, "Nov 10 23:00:00.125"},
		{"2006-002", "2024-060"},
		{"2006-002", "2023-366"},
		{"2006-1-2 15:4:5", "2024-3-7 9:8:7"},
		{"Jan _2 2006", "Feb  3 2013"},
		{"January 2, 2006", "march 14, 2015"},
		{"05.00", "07.25"},
		{"05", "07.25"},
		{"15h", "7m"},
		{"2006", "12345"},
		{"Z07:00", "+25:00"},
		{"02", "31"},
		{"01-02", "02-31"},
	}
	for _, c := range cases {
		t, err := time.Parse(c[0], c[1])
		fmt.Println(t.UTC(), err)
	}
	loc := time.FixedZone("CET", 3600)
	t, err := time.ParseInLocation("2006-01-02 15:04", "2024-06-01 12:30", loc)
	fmt.Println(t, err)
	t, err = time.ParseInLocation("2006-01-02 15:04 MST", "2024-06-01 12:30 CET", loc)
	fmt.Println(t, err)
}

// expect: 2024-02-29 13:04:05 +0000 UTC <nil>
// expect: 2024-02-29 11:04:05.123456789 +0000 UTC <nil>
// expect: 0001-01-01 00:00:00 +0000 UTC parsing time "2023-02-29T13:04:05Z": day out of range
// expect: 0001-01-01 00:00:00 +0000 UTC parsing time "2024-13-01T00:00:00Z": month out of range
// expect: 0001-01-01 00:00:00 +0000 UTC parsing time "2024-01-01T25:00:00Z": hour out of range
// expect: 0001-01-01 00:00:00 +0000 UTC parsing time "2024-01-01 00:00:00Z" as "2006-01-02T15:04:05Z07:00": cannot parse " 00:00:00Z" as "T"
// expect: 0001-01-01 00:00:00 +0000 UTC parsing time "garbage" as "2006-01-02T15:04:05Z07:00": cannot parse "garbage" as "2006"
// expect: 2006-01-02 22:04:05.5 +0000 UTC <nil>
// expect: 2009-11-10 23:00:00 +0000 UTC <nil>
// expect: 2009-11-10 00:00:00 +0000 UTC <nil>
// expect: 0001-01-01 00:00:00 +0000 UTC parsing time "2009-11-10x": extra text: "x"
// expect: 0000-01-01 03:04:05 +0000 UTC <nil>
// expect: 0000-01-01 15:04:00 +0000 UTC <nil>
// expect: 0000-01-01 00:00:00 +0000 UTC <nil>
// expect: 0000-01-01 12:30:00 +0000 UTC <nil>
// expect: 2009-11-10 23:00:00 +0000 UTC <nil>
// expect: 2009-11-01 23:00:00 +0000 UTC <nil>
// expect: 2009-11-10 23:00:00 +0000 UTC <nil>
// expect: 2009-11-10 23:00:00 +0000 UTC <nil>
// expect: 2009-11-10 23:00:00 +0000 UTC <nil>
// expect: 2009-11-11 07:00:00 +0000 UTC <nil>
// expect: 2009-11-10 23:00:00 +0000 UTC <nil>
// expect: 1970-11-10 23:00:00 +0000 UTC <nil>
// expect: 0000-11-10 23:00:00.125 +0000 UTC <nil>
// expect: 0001-01-01 00:00:00 +0000 UTC parsing time "Nov 10 23:00:00.125" as "Jan _2 15:04:05.000000": cannot parse ".125" as ".000000"
// expect: 2024-02-29 00:00:00 +0000 UTC <nil>
// expect: 0001-01-01 00:00:00 +0000 UTC parsing time "2023-366": day-of-year out of range
// expect: 2024-03-07 09:08:07 +0000 UTC <nil>
// expect: 2013-02-03 00:00:00 +0000 UTC <nil>
// expect: 2015-03-14 00:00:00 +0000 UTC <nil>
// expect: 0000-01-01 00:00:07.25 +0000 UTC <nil>
// expect: 0000-01-01 00:00:07.25 +0000 UTC <nil>
// expect: 0001-01-01 00:00:00 +0000 UTC parsing time "7m" as "15h": cannot parse "m" as "h"
// expect: 0001-01-01 00:00:00 +0000 UTC parsing time "12345": extra text: "5"
// expect: 0001-01-01 00:00:00 +0000 UTC parsing time "+25:00": time zone offset hour out of range
// expect: 0000-01-31 00:00:00 +0000 UTC <nil>
// expect: 0001-01-01 00:00:00 +0000 UTC parsing time "02-31": day out of range
// expect: 2024-06-01 12:30:00 +0100 CET <nil>
// expect: 2024-06-01 12:30:00 +0100 CET <nil>
