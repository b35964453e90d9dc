package os

func nargs() int

// arg is argument i; 0 is the program's name.
func arg(i int) string

func lookup(key string) (string, bool)

func Exit(code int)

// remove is unlink or, for a folder, rmdir: 0, or an error number with its sign turned.
func remove(path string) int
