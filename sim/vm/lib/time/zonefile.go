package time

// A zone file (RFC 9636) has the zone's kinds of time, the moments at which one follows another, and a rule for what
// comes after the last of them.

type zoneKind struct {
	name   string
	offset int
	saving bool
}

type zoneChange struct {
	at   int64 // seconds since 1970
	kind int   // index of kinds
}

type zoneTable struct {
	kinds   []zoneKind
	changes []zoneChange
	rule    zoneRule
	ruled   bool
}

// LoadLocation reads the zone of that name from the system's zone files.
func LoadLocation(name string) (*Location, error) {
	switch name {
	case "", "UTC":
		return UTC, nil
	case "Local":
		return Local, nil
	}
	if name[0] == '/' || name[0] == '\\' {
		return nil, errorText("time: invalid location name")
	}
	for i := 1; i < len(name); i++ {
		if name[i-1:i+1] == ".." {
			return nil, errorText("time: invalid location name")
		}
	}
	if data := zoneFile(name); data != "" {
		if l, err := LoadLocationFromTZData(name, []byte(data)); err == nil {
			return l, nil
		}
	}
	return nil, errorText("unknown time zone " + name)
}

// LoadLocationFromTZData makes a location of a zone file's bytes.
func LoadLocationFromTZData(name string, data []byte) (*Location, error) {
	table, ok := parseZone(data)
	if !ok {
		return nil, errorText("malformed time zone information")
	}
	return &Location{name: name, table: table}, nil
}

type zoneReader struct {
	data []byte
	bad  bool
}

func (r *zoneReader) take(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.bad = true
		return make([]byte, 8)
	}
	taken := r.data[:n]
	r.data = r.data[n:]
	return taken
}

func bigEndian(b []byte) int64 {
	n := int64(int8(b[0])) // signed
	for _, c := range b[1:] {
		n = n<<8 | int64(c)
	}
	return n
}

type zoneCounts struct{ utc, std, leap, changes, kinds, chars int }

func (r *zoneReader) header() (version byte, n zoneCounts) {
	if string(r.take(4)) != "TZif" {
		r.bad = true
	}
	version = r.take(16)[0]
	for _, p := range []*int{&n.utc, &n.std, &n.leap, &n.changes, &n.kinds, &n.chars} {
		*p = int(bigEndian(r.take(4)))
	}
	return version, n
}

func parseZone(data []byte) (*zoneTable, bool) {
	r := &zoneReader{data: data}
	version, n := r.header()
	size := 4
	if version >= '2' && !r.bad { // the same again in 64 bits, and the rule behind it
		r.take(n.changes*5 + n.kinds*6 + n.chars + n.leap*8 + n.std + n.utc)
		_, n = r.header()
		size = 8
	}
	if r.bad || n.kinds == 0 {
		return nil, false
	}
	times, kinds := r.take(n.changes*size), r.take(n.changes)
	descriptions, names := r.take(n.kinds*6), r.take(n.chars)
	r.take(n.leap*(size+4) + n.std + n.utc)
	if r.bad {
		return nil, false
	}
	t := &zoneTable{}
	for i := range n.kinds {
		d := descriptions[i*6 : i*6+6]
		if int(d[5]) >= len(names) {
			return nil, false
		}
		end := int(d[5])
		for end < len(names) && names[end] != 0 {
			end++
		}
		t.kinds = append(t.kinds, zoneKind{string(names[d[5]:end]), int(bigEndian(d[:4])), d[4] != 0})
	}
	for i := range n.changes {
		if int(kinds[i]) >= n.kinds {
			return nil, false
		}
		t.changes = append(t.changes, zoneChange{bigEndian(times[i*size : (i+1)*size]), int(kinds[i])})
	}
	if rest := r.data; size == 8 && len(rest) > 2 && rest[0] == '\n' && rest[len(rest)-1] == '\n' {
		t.rule, t.ruled = parseZoneRule(string(rest[1 : len(rest)-1]))
	}
	return t, true
}

func (t *zoneTable) at(unix int64) zoneKind {
	n := len(t.changes)
	if n == 0 || unix < t.changes[0].at {
		if n == 0 && t.ruled {
			return t.rule.at(unix)
		}
		return t.kinds[t.first()]
	}
	if unix >= t.changes[n-1].at && t.ruled {
		return t.rule.at(unix)
	}
	lo, hi := 0, n
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; unix < t.changes[mid].at {
			hi = mid
		} else {
			lo = mid
		}
	}
	return t.kinds[t.changes[lo].kind]
}

// first is the kind before the first change: number 0 if no change leads to it, else the first that is no saving time.
func (t *zoneTable) first() int {
	used := false
	for _, c := range t.changes {
		used = used || c.kind == 0
	}
	if !used {
		return 0
	}
	for i, k := range t.kinds {
		if !k.saving {
			return i
		}
	}
	return 0
}
