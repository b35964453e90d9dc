package os

func args() []string

func lookup(key string) (string, bool)

func Exit(code int)
