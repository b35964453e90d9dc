package strconv

// formatFloat: fmt is one of e E f g G b x X; prec -1 is the shortest text that reads back the same.
func formatFloat(f float64, fmt byte, prec, bitSize int) string

// parseFloat reads decimal digits d.ddd as mantissa (digits only) times 10^exp, rounded to nearest; ok is false when
// it is too large.
func parseDecimal(mantissa string, exp int, bitSize int) (f float64, ok bool)

// parseHex is mantissa times 2^exp, correctly rounded; sticky tells that lower bits were dropped.
func scaleBits(mantissa uint64, sticky bool, exp int, bitSize int) (f float64, ok bool)

func formatInt(i int64, base int) string

func formatUint(u uint64, base int) string

func isPrint(r rune) bool

func isGraphic(r rune) bool
