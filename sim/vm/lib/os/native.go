package os

func nargs() int

// arg is argument i; 0 is the program's name.
func arg(i int) string

func lookup(key string) (string, bool)

func Exit(code int)
