package unicode

// category is the general category, a number of the list in letter.go.
func category(r rune) int

func upper(r rune) rune

func lower(r rune) rune

func title(r rune) rune
