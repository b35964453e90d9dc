package runtime

func GC()

func Goexit()
