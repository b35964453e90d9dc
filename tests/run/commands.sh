#!/bin/sh
# The commands on real programs: sh commands.sh GOSEE
gosee=$1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
run() { timeout 60 "$gosee" "$@"; }
failed=0

fail() {
    echo "FAIL: $*"
    failed=1
}

# expect STATUS STDOUT STDERR args...
expect() {
    want_status=$1 want_out=$2 want_err=$3
    shift 3
    run "$@" >out 2>err </dev/null
    status=$?
    [ "$status" = "$want_status" ] || fail "gosee $*: status $status, expected $want_status"
    [ "$(cat out)" = "$want_out" ] || fail "gosee $*: stdout \"$(cat out)\", expected \"$want_out\""
    [ "$(cat err)" = "$want_err" ] || fail "gosee $*: stderr \"$(cat err)\", expected \"$want_err\""
}

cat >process.go <<'GO'
package main

import (
	"fmt"
	"time"
)

func process1() {
	time.Sleep(1 * time.Second)
	fmt.Println("Running Process 1")
}

func process2() {
	go process1()
	time.Sleep(1 * time.Second)
	fmt.Println("Running Process 2")
}

func main() {
	go process2()
	time.Sleep(2 * time.Second)
}
GO
one='Running Process 1
Running Process 2'
two='Running Process 2
Running Process 1'

# Two seconds of program time, both orders over a few seeds, each the same every time.
first=0 second=0
for seed in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    "$gosee" run --world stepped --seed $seed process.go >out || fail "seed $seed: status $?"
    case $(cat out) in
    "$one") first=$((first + 1)) ;;
    "$two") second=$((second + 1)) ;;
    *) fail "seed $seed: $(cat out)" ;;
    esac
done
[ $first -gt 0 ] && [ $second -gt 0 ] || fail "one order only in 20 seeds: $first and $second"
"$gosee" explain --json --seed 7 process.go >a && "$gosee" explain --json --seed 7 process.go >b || fail "explain --json"
cmp -s a b || fail "explain --json of one seed differs between two runs"
"$gosee" explain --json --seed 8 process.go >b
cmp -s a b && fail "explain --json of two seeds is the same"
"$gosee" explain --seed 7 process.go | grep -q 'process1' || fail "explain does not name process1"

# outcomes: a row each, and what it says replays it.
"$gosee" outcomes --runs 100 process.go >table || fail "outcomes"
[ "$(grep -c 'Running Process' table)" = 2 ] || fail "outcomes: $(cat table)"
replay=$(sed -n 's/.*\(--[a-z]* [0-9]*\)  *"Running Process 2.*/\1/p' table)
# shellcheck disable=SC2086
[ "$("$gosee" run --world stepped $replay process.go)" = "$two" ] || fail "outcomes: $replay does not replay its row"

cat >exit.go <<'GO'
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Println(len(os.Args)-1, os.Args[1:])
	os.Exit(7)
}
GO
expect 7 '2 [a -b]' '' run exit.go -- a -b
expect 7 '2 [a -b]' '' run --world stepped exit.go -- a -b

cat >deadlock.go <<'GO'
package main

func main() {
	<-make(chan int)
}
GO
for world in live stepped; do
    "$gosee" run --world $world deadlock.go >out 2>err
    [ $? = 2 ] || fail "deadlock, $world: wrong status"
    [ "$(head -n 1 err)" = 'fatal error: all goroutines are asleep - deadlock!' ] || fail "deadlock, $world: $(head -n 1 err)"
done

cat >loop.go <<'GO'
package main

import "time"

func main() {
	for {
		time.Sleep(time.Second)
	}
}
GO
expect 3 '' 'gosee: limit time=90s reached' run --world stepped --limit time=90s loop.go
expect 3 '' 'gosee: limit events=1000 reached' run --world stepped --limit events=1000 loop.go

cat >spin.go <<'GO'
package main

func main() {
	for {
	}
}
GO
expect 3 '' 'gosee: limit hostTime=200ms reached' run --world stepped --limit hostTime=200ms spin.go
expect 3 '' 'gosee: limit time=50ms reached' run --world stepped --limit time=50ms spin.go

cat >bad.go <<'GO'
package main

func main() {
	x := 1
}
GO
expect 1 '' 'bad.go:4:2: declared and not used: x
    	x := 1
    	^' run bad.go
expect 1 '' 'bad.go:4:2: declared and not used: x
    	x := 1
    	^' vet bad.go
expect 0 '' '' vet process.go
printf 'package foo\n\nfunc main() {}\n' >foo.go
expect 0 '' '' vet foo.go
expect 1 '' 'foo.go: package foo is not a main package
    a program begins with package main' run foo.go
"$gosee" dis process.go | grep -q 'main.process1' || fail "dis does not name main.process1"
"$gosee" run missing.go >out 2>err && fail "a missing file runs"
grep -q 'missing.go' err || fail "a missing file is not named: $(cat err)"
# Without a display the run is told in words, and why.
env -u DISPLAY -u WAYLAND_DISPLAY -u SDL_VIDEODRIVER timeout 60 "$gosee" process.go >out 2>err </dev/null || fail "no display: status $?"
grep -q 'there is no display' err || fail "no display: it does not say why: $(cat err)"
grep -q 'process2 starts a goroutine' out || fail "no display: the run is not told"
# Signals of a scenario come at their times; the one that nobody wants ends the run, with a shell's status.
cat >signals.go <<'GO'
package main

import (
	"fmt"
	"os"
	"os/signal"
	"time"
)

func main() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	began := time.Now()
	fmt.Println(<-c, time.Since(began).Round(100*time.Millisecond))
	signal.Stop(c)
	time.Sleep(time.Hour)
}
GO
cat >signals.json <<'JSON'
{ "format": 1, "program": "signals.go",
  "signals": [{ "at": { "time": "3s" }, "signal": "SIGINT" }, { "at": { "time": "2s" }, "signal": "SIGINT" }] }
JSON
expect 130 'interrupt 2s' '' run signals.json

# totals.memoryPeak: 500 waiting goroutines and a few threads, or as many threads of 28 KB.
cat >waiting.go <<'GO'
package main

import "sync"

func main() {
	var wg sync.WaitGroup
	c := make(chan int)
	for range 500 {
		wg.Go(func() { <-c })
	}
	for range 500 {
		c <- 1
	}
	wg.Wait()
}
GO
cat >waiting.json <<'JSON'
{ "format": 1, "program": "waiting.go",
  "expect": { "runs": 2, "outcomes": [{ "stdout": "" }], "totals": { "memoryPeak": { "at least": "1000KB", "at most": "1400KB" } } },
  "variants": { "1:1": { "machine": { "threads": "1:1" },
    "expect": { "runs": 2, "outcomes": [{ "stdout": "" }], "totals": { "memoryPeak": { "at least": "13MB", "at most": "15MB" } } } } } }
JSON
run check --world stepped waiting.json >out 2>err || fail "memoryPeak: $(cat out err)"

# What an answer says is judged like expect, of events by their arguments too; the step is named.
answer() {
    cat >answer.json <<JSON
{ "format": 1, "program": "waiting.go",
  "lesson": [ { "at": { "end": true }, "say": "Over." },
              { "at": { "end": true }, "ask": { "kind": "number", "question": "How many?", "answer": 500, "holds": $1 } } ],
  "expect": { "runs": 4 } }
JSON
    run check --world stepped answer.json >out 2>err
}
answer '{ "outcomes": [ { "stdout": "" } ], "totals": { "goroutinesPeak": { "exactly": 501 } },
          "events": [ { "kind": "GoCreate", "where": { "stack": 2048 }, "by": "main", "exactly": 500 } ] }' ||
    fail "an answer that holds: $(cat out err)"
answer '{ "outcomes": [ { "stdout": "x", "must": "occur" }, { "stdout": "", "must": "occur" } ] }' &&
    fail "an outcome that an answer names never occurs"
grep -q 'lesson step 2, its answer: outcome 1, stdout "x" never occurred in 4 runs' out || fail "an answer's outcome: $(cat out)"
answer '{ "events": [ { "kind": "GoCreate", "where": { "stack": 4096 }, "by": "main", "exactly": 500 } ] }' &&
    fail "an event that an answer names never comes"
grep -q 'lesson step 2, its answer: GoCreate by main: 0, expected exactly 500' out || fail "an answer's event: $(cat out)"
answer '{ "totals": { "goroutinesPeak": { "exactly": 500 } } }' && fail "a total that an answer names is another"
grep -q 'lesson step 2, its answer: goroutinesPeak: 501, expected exactly 500' out || fail "an answer's total: $(cat out)"

# A collection halves stacks of which little is used: three of them what a deep recursion left.
cat >shrinks.go <<'GO'
package main

import "runtime"

func dive(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + dive(n-1)
}

func main() {
	dive(5000)
	for range 3 {
		runtime.GC()
	}
	println(dive(5000))
}
GO
"$gosee" explain shrinks.go >out || fail "explain shrinks.go: status $?"
[ "$(grep -c ' StackShrink ' out)" = 3 ] || fail "three collections, and $(grep -c ' StackShrink ' out) times a stack was halved"
expect 0 '' 5000 run shrinks.go
expect 0 '' 5000 run --world live shrinks.go

# A list of decisions fits to its end: one that is longer than the run is refused, and says where.
zeros() { awk -v n="$1" 'BEGIN { for (i = 1; i < n; i++) printf "0, "; print 0 }'; }
pinned() {
    echo '{ "format": 1, "program": "process.go", "decisions": ['
    zeros "$1"
    echo '] }'
}
pinned 20000 >pinned.json
run run pinned.json >out 2>err
[ $? = 1 ] || fail "a list of 20000 decisions: status is not 1"
asked=$(sed -n 's/^gosee: decision [0-9]* of 20000 is never asked for, the run makes \([0-9]*\): .*/\1/p' err)
[ "$asked" ] || fail "a list of 20000 decisions: $(cat err)"
pinned "$asked" >pinned.json
run run pinned.json >out 2>err || fail "a list of all $asked decisions: $(cat err)"

# What calibrate prints is a scenario's machine.costs, and all of them.
"$gosee" calibrate >costs.json || fail "calibrate: status $?"
grep -c '": ' costs.json | grep -qx 15 || fail "calibrate does not print every cost: $(cat costs.json)"
{ echo '{ "format": 1, "program": "process.go", "machine": { "costs":'; cat costs.json; echo '} }'; } >measured.json
run run measured.json >out 2>err || fail "a scenario with measured costs: $(cat err)"
case $(cat out) in "$one" | "$two") ;; *) fail "with measured costs: $(cat out)" ;; esac
exit $failed
