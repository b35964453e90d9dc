package bytes

func Index(s, sep []byte) int

func LastIndex(s, sep []byte) int

func IndexByte(b []byte, c byte) int

func Compare(a, b []byte) int

func Equal(a, b []byte) bool
