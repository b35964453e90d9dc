# The beginning of a test of the command line, sourced with the program's path in $gosee: a folder of its own, gone at the end,
# and what is said of failures.
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
fail() { echo "$*"; exit 1; }
refuses() { # WORDS ARGUMENT...: these arguments are refused in these words
    want=$1
    shift
    "$gosee" "$@" >said 2>&1 && fail "not refused: $*"
    grep -qF -- "$want" said || fail "$*: $(cat said)"
}
