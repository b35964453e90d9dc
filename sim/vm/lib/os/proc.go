package os

// Args is the command line: the program's name, then its arguments.
var Args = commandLine()

func commandLine() []string {
	all := make([]string, nargs())
	for i := range all {
		all[i] = arg(i)
	}
	return all
}

func Getenv(key string) string {
	v, _ := lookup(key)
	return v
}

func LookupEnv(key string) (string, bool) { return lookup(key) }
