package time

func Sleep(d Duration)

// nanotime is the monotonic clock, 0 when the run began; epoch is Unix time, in nanoseconds, at that moment.
func nanotime() int64

func epoch() int64

// localZone is the offset in seconds and the name of the machine's zone at a moment (UTC in the stepped world), and
// whether that is daylight saving time.
func localZone(unix int64) (offset int, name string, saving bool)

// zoneFile is the system's zone file of that name, in the stepped world, too: what it says is the same on any machine,
// but for the newest of its changes. Empty: there is none.
func zoneFile(name string) string
