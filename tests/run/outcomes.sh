#!/bin/sh
# gosee outcomes and merge: the shares, the parts of a whole, the same answer to the byte however it was split.
gosee=$1
here=$(cd "$(dirname "$0")" && pwd)
. "$here/begin.sh"

cp "$here/race.go" .
cat >dead.go <<'GO'
package main

func main() { <-make(chan int) }
GO

"$gosee" outcomes --runs 201 race.go >whole || fail "outcomes"
"$gosee" outcomes --runs 201 --json race.go >whole.json || fail "outcomes --json"
for k in 1 2 3; do
    "$gosee" outcomes --runs 201 --shard $k/3 -o part$k race.go || fail "shard $k"
done
"$gosee" merge part3 part1 part2 | cmp - whole || fail "three parts are not the whole"
"$gosee" merge --json part2 part3 part1 | cmp - whole.json || fail "three parts are not the whole in JSON"

# A run begins with the memory of the one before it: nothing of that shows, also after collections.
cat >garbage.go <<'GO'
package main

import "fmt"

type node struct {
	next *node
	text string
}

func main() {
	m := map[string]*node{}
	var first *node
	for i := range 12000 {
		first = &node{first, fmt.Sprint(i)}
		m[first.text] = first
		if i%1000 == 0 {
			m, first = map[string]*node{}, nil
		}
	}
	s := make([]byte, 3<<20)
	for i := 0; i < len(s); i += 64 {
		if s[i] != 0 {
			panic("dirty")
		}
		s[i] = 1
	}
	p := new(node)
	select {
	case <-make(chan int, 1):
	default:
		fmt.Printf("%p %p %d\n", first, p, len(m))
	}
	for k := range m {
		fmt.Println(k)
		break
	}
}
GO
"$gosee" outcomes --runs 6 --json garbage.go >whole2.json || fail "garbage"
for k in 1 2 3; do "$gosee" outcomes --runs 6 --shard $k/3 -o alone$k garbage.go || fail "shard $k"; done
"$gosee" merge --json alone1 alone2 alone3 | cmp - whole2.json || fail "a run sees what was before it"

# Counts of all rows are the runs; the interval holds the share.
python3 - whole.json <<'PY' || fail "the numbers do not fit"
import json, sys
j = json.load(open(sys.argv[1]))
assert j["natural"] == 101 and j["probing"] == 100
assert sum(o["natural"] for o in j["outcomes"]) == 101
assert sum(o["probing"] for o in j["outcomes"]) == 100
for o in j["outcomes"]:
    assert o["interval"][0] <= o["share"] <= o["interval"][1], o
    assert abs(o["share"] - o["natural"] / 101) < 1e-6
    assert (o["seed"] is None) == (o["natural"] == 0) and (o["probe"] is None) == (o["probing"] == 0)
    assert o["kind"] == "exit"
assert "3\n" in [o["stdout"] for o in j["outcomes"]], "no update was lost"
PY
"$gosee" outcomes --runs 4 --json dead.go | grep -q '"exit":2,"error":"fatal error: all goroutines are asleep - deadlock!","kind":"deadlock"' ||
    fail "a deadlock is none"

# What is no whole is refused by name.
refuses 'shard 2/3 is missing' merge part1 part3
refuses 'part1 and part1 are both shard 1/3' merge part1 part1 part2
"$gosee" outcomes --runs 201 --shard 2/3 -o other dead.go || fail "shard of another"
refuses 'part1 and other are no parts of one whole' merge part1 other part3
"$gosee" outcomes --runs 201 --procs 3 --shard 2/3 -o other race.go || fail "shard of another machine"
refuses 'part1 and other are no parts of one whole' merge part1 other part3
head -c $(($(wc -c <part1) - 4)) part1 >cut
refuses 'cut: not a part that gosee outcomes --shard wrote, or cut short' merge cut
sed 's/^\(row 0 \)\([0-9]*\)/\19\2/' part1 >more
refuses 'more: its rows do not add up to the runs of shard 1/3' merge more part2 part3
refuses 'race.go: not a part' merge race.go
refuses 'merge needs a path' merge
refuses '--shard K/N and -o FILE go together' outcomes --shard 1/2 race.go
refuses '--shard: "3/2", expected K/N' outcomes --shard 3/2 -o x race.go
refuses '--shard: "1/2x", expected K/N' outcomes --shard 1/2x -o x race.go
exit 0
