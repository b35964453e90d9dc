package time

// rfc3339 appends t as RFC 3339 wants it: Go's Time reaches further than that, and is refused then.
func (t Time) rfc3339(b []byte) ([]byte, error) {
	start := len(b)
	b = t.AppendFormat(b, RFC3339Nano)
	text := b[start:]
	if text[4] != '-' {
		return b, errorText("year outside of range [0,9999]")
	}
	if text[len(text)-1] != 'Z' {
		zone := text[len(text)-6:]
		if zone[0] != '+' && zone[0] != '-' || zone[1] > '2' || zone[1] == '2' && zone[2] > '3' {
			return b, errorText("timezone hour outside of range [0,23]")
		}
	}
	return b, nil
}

func (t Time) AppendText(b []byte) ([]byte, error) { return t.appendText(b, "Time.AppendText: ") }

func (t Time) MarshalText() ([]byte, error) { return t.appendText(nil, "Time.MarshalText: ") }

func (t Time) appendText(b []byte, prefix string) ([]byte, error) {
	b, err := t.rfc3339(b)
	if err != nil {
		return nil, errorText(prefix + err.Error())
	}
	return b, nil
}

func (t *Time) UnmarshalText(data []byte) (err error) {
	*t, err = Parse(RFC3339, string(data))
	return err
}

func (t Time) MarshalJSON() ([]byte, error) {
	b, err := t.appendText([]byte{'"'}, "Time.MarshalJSON: ")
	if err != nil {
		return nil, err
	}
	return append(b, '"'), nil
}

func (t *Time) UnmarshalJSON(data []byte) (err error) {
	if string(data) == "null" {
		return nil
	}
	if len(data) < 2 || data[0] != '"' || data[len(data)-1] != '"' {
		return errorText("Time.UnmarshalJSON: input is not a JSON string")
	}
	*t, err = Parse(RFC3339, string(data[1:len(data)-1]))
	return err
}

// The binary form: version, seconds, nanoseconds, offset in minutes (-1: UTC); in version 2 the offset's seconds.
func (t Time) AppendBinary(b []byte) ([]byte, error) {
	version, minutes, seconds := byte(1), -1, 0
	if t.Location() != UTC {
		_, offset := t.Zone()
		minutes, seconds = offset/60, offset%60
		if seconds != 0 {
			version = 2
		}
		if minutes < -32768 || minutes == -1 || minutes > 32767 {
			return b, errorText("Time.MarshalBinary: unexpected zone offset")
		}
	}
	b = append(b, version)
	b = appendBig(b, uint64(t.seconds()), 8)
	b = appendBig(b, uint64(t.nanos()), 4)
	b = appendBig(b, uint64(minutes), 2)
	if version == 2 {
		b = append(b, byte(seconds))
	}
	return b, nil
}

func appendBig(b []byte, x uint64, n int) []byte {
	for n--; n >= 0; n-- {
		b = append(b, byte(x>>(8*n)))
	}
	return b
}

func big(b []byte) (x uint64) {
	for _, c := range b {
		x = x<<8 | uint64(c)
	}
	return x
}

func (t Time) MarshalBinary() ([]byte, error) {
	b, err := t.AppendBinary(nil)
	if err != nil {
		return nil, err
	}
	return b, nil
}

func (t *Time) UnmarshalBinary(data []byte) error {
	if len(data) == 0 {
		return errorText("Time.UnmarshalBinary: no data")
	}
	if data[0] != 1 && data[0] != 2 {
		return errorText("Time.UnmarshalBinary: unsupported version")
	}
	if len(data) != 14+int(data[0]) {
		return errorText("Time.UnmarshalBinary: invalid length")
	}
	sec, nsec := int64(big(data[1:9])), int64(int32(big(data[9:13])))
	minutes := int(int16(big(data[13:15])))
	offset := minutes * 60
	if data[0] == 2 {
		offset += int(data[15])
	}
	*t = stamp(sec, nsec, 0, nil)
	if minutes == -1 && data[0] == 1 {
		return nil
	}
	if here, _ := Local.at(t.Unix()); here == offset {
		t.loc = Local
	} else {
		t.loc = FixedZone("", offset)
	}
	return nil
}

func (t Time) GobEncode() ([]byte, error) { return t.MarshalBinary() }

func (t *Time) GobDecode(data []byte) error { return t.UnmarshalBinary(data) }
