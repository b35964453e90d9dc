#!/bin/sh
# What the command line says to bad and good arguments: sh cli.sh GOSEE
gosee=$1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failed=0

# refuses STATUS "message" args...: stderr is exactly the message, stdout empty.
refuses() {
    want_status=$1 want=$2
    shift 2
    "$gosee" "$@" >"$dir/out" 2>"$dir/err" </dev/null
    status=$?
    if [ "$status" != "$want_status" ] || [ "$(cat "$dir/err")" != "$want" ] || [ -s "$dir/out" ]; then
        echo "gosee $*"
        echo "  expected status $want_status: $want"
        echo "  got status $status: $(cat "$dir/err")"
        failed=1
    fi
}

refuses 1 'gosee: unknown option --sede; did you mean --seed?' run --sede 3 x.go
refuses 1 'gosee: unknown option --zzzzzzzz; gosee --help lists them' run --zzzzzzzz x.go
refuses 1 'gosee: unknown command explian; did you mean explain?' explian x.go
refuses 1 'gosee: unknown command shto; did you mean shot?' help shto
refuses 1 'gosee: --seed: "abc" is not a number from 0 to 18446744073709551615' run --seed abc x.go
refuses 1 'gosee: --seed: "-1" is not a number from 0 to 18446744073709551615' run --seed -1 x.go
refuses 1 'gosee: --seed and --probe exclude each other' run --seed 1 --probe 2 x.go
refuses 1 'gosee: --procs: "0" is not a number from 1 to 256' run --procs 0 x.go
refuses 1 'gosee: --world: "dead", expected stepped or live' run --world dead x.go
refuses 1 'gosee: --threads: "n:m", expected m:n or 1:1' run --threads n:m x.go
refuses 1 'gosee: --procs needs a value: --procs N' run x.go --procs
refuses 1 'gosee: --json takes no value' explain --json=yes x.go
refuses 1 'gosee: --json does not go with run' run --json x.go
refuses 1 'gosee: --seed does not go with outcomes' outcomes --seed 3 x.go
refuses 1 'gosee: --record does not go with outcomes' outcomes --record f x.go
refuses 1 'gosee: --preemptions: "many" is not a number from 0 to 1000' outcomes --exhaustive --preemptions many x.go
refuses 1 'gosee: film needs -o FILE, which ends in .mp4 or .gif' film x.go
refuses 1 'gosee: --limit: "time", expected KEY=VALUE' run --limit time x.go
refuses 1 'gosee: --limit: unknown key "tine"; did you mean "time"?' run --limit tine=3s x.go
refuses 1 'gosee: --limit: time: "soon" is not a duration, such as 60s' run --limit time=soon x.go
refuses 1 'gosee: --limit: heap: "big" is not a number or size, such as 64MB' run --limit heap=big x.go
refuses 1 'gosee: run needs a path: gosee run PATH [-- ARGS]' run
refuses 1 "gosee: \"b.go\" is one path too many: gosee run PATH [-- ARGS]; the program's own arguments come after --" run a.go b.go
refuses 1 "gosee: -- goes with run alone: what follows are the program's arguments" explain a.go -- x
refuses 1 'gosee: --size: "big", expected a width and a height such as 1600x900, from 320x200 to 16384x16384' shot --size big x.go

# A recording is a PATH for what looks at runs, and for nothing else.
printf 'package main\n\nfunc main() {}\n' >"$dir/a.go"
"$gosee" run --world stepped --record "$dir/a.trace" "$dir/a.go" || { echo "run --record fails"; failed=1; }
refuses 1 "gosee: $dir/a.trace is a recording, a run that is over: gosee, gosee explain and gosee shot open it" run "$dir/a.trace"
refuses 1 "gosee: $dir/a.trace is a recording and no Go source" vet "$dir/a.trace"
refuses 1 "gosee: $dir/a.trace is a recording, a run that is over: --seed does not go with it" explain --seed 3 "$dir/a.trace"
head -c 2000 "$dir/a.trace" >"$dir/cut.trace"
refuses 1 "gosee: $dir/cut.trace: offset 2000: the file ends within a batch" explain "$dir/cut.trace"
refuses 1 "gosee: cannot record $dir/none/a.trace: No such file or directory" run --record "$dir/none/a.trace" "$dir/a.go"

printf 'package main\n\nfunc main() {\n//line a/b/other.go:7\n\tx\n}\n' >"$dir/moved.go"
"$gosee" vet "$dir/moved.go" 2>&1 | grep -q 'other.go:7: undefined: x' || { echo "//line does not move a message"; failed=1; }
"$gosee" --version | grep -q '^gosee [0-9]' || { echo "--version says nothing"; failed=1; }
"$gosee" --help | grep -q -- '--seed N' || { echo "--help does not list --seed"; failed=1; }
"$gosee" run --help | grep -q 'gosee run PATH' || { echo "run --help does not help"; failed=1; }
exit $failed
