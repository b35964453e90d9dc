package time

// A Location is a zone of one offset; or the machine's own zone, which is asked for each moment.
type Location struct {
	name   string
	offset int
	local  bool
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

func (l *Location) at(unix int64) (offset int, name string) {
	if l == nil {
		return 0, "UTC"
	}
	if l.local {
		offset, name, _ = localZone(unix)
		return offset, name
	}
	return l.offset, l.name
}

// LoadLocation knows UTC and Local alone: there is no zone database here.
func LoadLocation(name string) (*Location, error) {
	switch name {
	case "", "UTC":
		return UTC, nil
	case "Local":
		return Local, nil
	}
	return nil, errorText("unknown time zone " + name)
}

func (t Time) Location() *Location {
	if t.loc == nil {
		return UTC
	}
	return t.loc
}

// IsDST tells whether daylight saving time is in force in t's zone; fixed zones have none.
func (t Time) IsDST() bool {
	if t.loc == nil || !t.loc.local {
		return false
	}
	_, _, saving := localZone(t.Unix())
	return saving
}

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
