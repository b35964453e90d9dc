#!/bin/sh
# gosee outcomes --exhaustive: what there is, that there is nothing else, and a schedule that shows what went wrong, with the
# fewest preemptions.
gosee=$1
here=$(cd "$(dirname "$0")" && pwd)
. "$here/begin.sh"

cp "$here/race.go" .
cat >locks.go <<'GO'
package main

import (
	"fmt"
	"sync"
)

func main() {
	var a, b sync.Mutex
	done := make(chan bool)
	go func() {
		a.Lock()
		b.Lock()
		b.Unlock()
		a.Unlock()
		done <- true
	}()
	b.Lock()
	a.Lock()
	a.Unlock()
	b.Unlock()
	<-done
	fmt.Println("ok")
}
GO
"$gosee" outcomes --exhaustive race.go >all || fail "exhaustive"
tail -n 1 all | grep -qE '^search complete: [0-9]+ executions, [0-9]+ pruned$' || fail "not complete: $(cat all)"
[ "$(sed -n 's/.*"\([0-9]\)\\n"$/\1/p' all | sort | tr -d '\n')" = 234 ] || fail "not 2, 3 and 4: $(cat all)"
"$gosee" outcomes --exhaustive --json -o dead.json locks.go >all.json || fail "exhaustive --json"
python3 - <<'PY' || fail "the search's numbers do not fit: $(cat all.json)"
import json
j = json.load(open("all.json"))
assert j["complete"] and j["bound"] is None and j["executions"] == sum(o["executions"] for o in j["outcomes"])
assert j["executions"] <= 1.2 * j["classes"]
assert [(o["kind"], o["preemptions"]) for o in j["outcomes"]] == [("exit", 0), ("deadlock", 1)], j
PY
"$gosee" run dead.json >said 2>&1
[ $? = 2 ] && grep -q 'all goroutines are asleep - deadlock!' said || fail "the deadlock is not replayed: $(cat said)"
"$gosee" check --world stepped dead.json | grep -q '^1 passed, 0 failed$' || fail "the saved schedule does not pass its check"
"$gosee" outcomes --exhaustive --preemptions 0 locks.go | tail -n 1 | grep -q '^search complete within the bound: ' || fail "--preemptions"
"$gosee" outcomes --exhaustive --preemptions 0 locks.go | grep -q deadlock && fail "a deadlock without a preemption"
"$gosee" outcomes --exhaustive --runs 3 race.go | tail -n 1 | grep -qx 'search partial: bound executions=3 reached' || fail "--runs"
refuses '--race does not go with --exhaustive' outcomes --exhaustive --race race.go
refuses '--procs does not go with --exhaustive' outcomes --exhaustive --procs 1 race.go
