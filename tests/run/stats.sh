#!/bin/sh
# gosee stats and sweep: the numbers agree with the events they are made of, and with each other.
gosee=$1
scenes=$2
. "$(dirname "$0")/begin.sh"

for seed in 1 2 3; do
    "$gosee" stats --json --seed $seed "$scenes/stealing" >s$seed.json || fail "stats"
done
"$gosee" stats --csv --seed 2 "$scenes/stealing" >s2.csv || fail "stats --csv"
"$gosee" explain --json --seed 2 "$scenes/stealing" >e2.json || fail "explain"
"$gosee" explain --record a.trace --seed 2 "$scenes/stealing" >/dev/null || fail "record"
"$gosee" stats --json a.trace >rec.json || fail "stats of a recording"
"$gosee" sweep --json --procs 3..4 --seeds 3 "$scenes/stealing" >sweep.json || fail "sweep"
"$gosee" sweep --csv --procs 3..4 --seeds 3 "$scenes/stealing" >sweep.csv || fail "sweep --csv"
"$gosee" sweep --procs 4 --seeds 2 "$scenes/stealing" | tail -1 | grep -q '########$' || fail "no chart"

python3 - <<'PY' || fail "the numbers do not fit"
import collections, csv, json
s = json.load(open("s2.json"))
own = [g for g in s["each"] if not g["runtime"]]
times = ("ran", "ready", "waited", "inCalls")
for g in s["each"]:
    end = s["makespan"] if g["died"] is None else g["died"]
    assert sum(g[t] for t in times) == end - g["born"], g
    assert g["waitMean"] <= g["waitMax"] and g["waitP99"] <= g["waitMax"], g
for key in times + ("starts", "switches", "stolen", "preemptions", "blocks", "syscalls", "waits"):
    assert s[key] == sum(g[key] for g in own), key
assert len(own) == s["goroutines"]

events = [json.loads(l) for l in open("e2.json")]
kinds = collections.Counter(e["kind"] for e in events)
assert s["steals"] == kinds["RunqSteal"] + kinds["RunnextSteal"]
assert s["retakes"] == kinds["ProcSteal"]
assert s["threads"] == 1 + kinds["MStart"]
assert sum(g["starts"] for g in s["each"]) == kinds["GoStart"]
assert sum(g["blocks"] for g in s["each"]) == kinds["GoBlock"]
assert s["steals"] > 0 and 0 < s["procUse"] <= 1 and 0 < s["coreUse"] <= 1
assert s["makespan"] == events[-1]["time"]

rec = json.load(open("rec.json"))
for key in ("goroutines", "starts", "steals", "blocks", "switches"):
    assert rec[key] == s[key], (key, rec[key], s[key])

rows = list(csv.DictReader(open("s2.csv")))
assert rows[-1]["g"] == "all" and int(rows[-1]["ran"]) == s["ran"]
assert [int(r["waited"]) for r in rows[:-1]] == [g["waited"] for g in s["each"]]

each = [json.load(open(f"s{i}.json")) for i in (1, 2, 3)]
sweep = json.load(open("sweep.json"))
row = [r for r in sweep["rows"] if r["procs"] == each[0]["procs"]][0]
for key in ("makespan", "switches", "steals", "waitMean"):
    assert abs(row[key] - sum(e[key] for e in each) / 3) < 1e-3, key
assert row["shortest"] == min(e["makespan"] for e in each)
assert [float(r["makespan"]) for r in csv.DictReader(open("sweep.csv"))] == [r["makespan"] for r in sweep["rows"]]
PY

refuses '--procs: "4..2", expected A..B' sweep --procs 4..2 x.go
refuses '--procs: "1..2" is not a number' stats --procs 1..2 x.go
refuses '--json and --csv exclude each other' stats --json --csv x.go
refuses 'sweep needs the stepped world' sweep --world live "$scenes/stealing"
exit 0
