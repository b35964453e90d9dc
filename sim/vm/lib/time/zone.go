package time

// A Location is a zone of one offset; one that was read from a file; or the machine's own zone, which is asked for each
// moment.
type Location struct {
	name   string
	offset int
	local  bool
	table  *zoneTable
}

var utcZone = Location{name: "UTC"}
var localZoneOf = Location{name: "Local", local: true}

var UTC *Location = &utcZone
var Local *Location = &localZoneOf

func FixedZone(name string, offset int) *Location { return &Location{name: name, offset: offset} }

func (l *Location) String() string {
	if l == nil {
		return "UTC"
	}
	return l.name
}

func (l *Location) kind(unix int64) zoneKind {
	if l == nil {
		return zoneKind{name: "UTC"}
	}
	if l.local {
		offset, name, saving := localZone(unix)
		return zoneKind{name, offset, saving}
	}
	if l.table != nil {
		return l.table.at(unix)
	}
	return zoneKind{name: l.name, offset: l.offset}
}

func (l *Location) at(unix int64) (offset int, name string) {
	k := l.kind(unix)
	return k.offset, k.name
}

// offsetOf is what the zone's name stands for, best at a moment given on the clock that it names.
func (l *Location) offsetOf(name string, clock int64) (offset int, ok bool) {
	if l == nil || l.table == nil {
		offset, now := l.at(clock)
		return offset, now == name
	}
	for _, then := range []bool{true, false} {
		for _, k := range l.table.kinds {
			if k.name == name && (!then || l.kind(clock-int64(k.offset)).name == name) {
				return k.offset, true
			}
		}
	}
	return 0, false
}

func (t Time) Location() *Location {
	if t.loc == nil {
		return UTC
	}
	return t.loc
}

// IsDST tells whether daylight saving time is in force in t's zone; fixed zones have none.
func (t Time) IsDST() bool { return t.loc.kind(t.Unix()).saving }

func (t Time) Zone() (name string, offset int) {
	offset, name = t.Location().at(t.Unix())
	return name, offset
}

// withZone is t shown in another zone; that drops what the monotonic clock showed, as in Go.
func (t Time) withZone(loc *Location) Time {
	t = t.withoutMono()
	t.loc = loc
	return t
}

func (t Time) UTC() Time { return t.withZone(nil) }

func (t Time) Local() Time { return t.withZone(Local) }

func (t Time) In(loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Time.In")
	}
	if loc == UTC {
		loc = nil
	}
	return t.withZone(loc)
}
