#!/bin/sh
# Searches the scheduler for its own bugs: N schedules of random programs in the stepped world, in a build that may switch
# threads at every atomic operation of runtime/, on a machine where things go wrong: threads that are not made, wake-ups
# that come late or without cause, requests to give way at any step, a clock that jumps (tests/runtime/test_soak.c). Beside
# them every tenth program with an OS thread for each goroutine, and small programs, one for every 10000 schedules, each under
# all schedules in which one thread is held up at one place: about 3000 each.
#
#   sh scripts/soak.sh N         seeds 1 to N
#   sh scripts/soak.sh N FROM    seeds FROM to FROM+N-1
#   JOBS=1 sh scripts/soak.sh N  on one core instead of all
#
# Every schedule's log is replayed and must be a legal history, and the run must end as its program may. A seed that fails
# is told with the command that shows it again; the search goes on behind it. Ends 1 if any failed.
set -eu
cd "$(dirname "$0")/.."

usage() { sed -n 's/^#   sh/usage: sh/p' scripts/soak.sh >&2; exit 2; }
case ${1:-} in '' | *[!0-9]*) usage ;; esac
case ${2:-1} in *[!0-9]*) usage ;; esac

from=${2:-1}
end=$((from + $1))
jobs=${JOBS:-$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)}
chunk=5000
test=build/soak/tests/runtime/test_soak

mkdir -p build
cmake -S . -B build/soak -G Ninja -DCMAKE_BUILD_TYPE=Release -DGOSEE_YIELD=ON >build/soak.log 2>&1 &&
    cmake --build build/soak --target test_soak >>build/soak.log 2>&1 || { cat build/soak.log; exit 1; }

out=$(mktemp -d)
: >"$out/more"
trap 'rm -rf "$out"' EXIT
began=$(date +%s)

# World $3, seeds $1 to $2-1; behind one that fails it goes on with the next.
search() {
    at=$1
    while [ "$at" -lt "$2" ]; do
        if "$test" "$3" "$at" "$2" >"$out/log.$3.$1" 2>&1; then
            sed -n 's/^\([0-9]*\) schedules$/\1/p' "$out/log.$3.$1" >>"$out/more"
            return 0
        fi
        said=$(grep '^soak: seed' "$out/log.$3.$1") || { cat "$out/log.$3.$1"; return 1; }
        echo "$said" | tee -a "$out/failed.$3.$1"
        at=$(($(echo "$said" | cut -d' ' -f3) + 1))
    done
}

# Worker $1 takes every $jobs-th chunk.
worker() {
    a=$((from + $1 * chunk))
    while [ "$a" -lt "$end" ]; do
        b=$((a + chunk))
        [ "$b" -le "$end" ] || b=$end
        search "$a" "$b" faults || echo "soak: seeds $a to $b: the test itself did not run" | tee -a "$out/failed.$a"
        c=$((a + (b - a) / 10))
        search "$a" "$c" faults-1:1 || echo "soak: 1:1, seeds $a to $c: the test itself did not run" | tee -a "$out/failed.$a"
        echo $((c - a)) >>"$out/more"
        a=$((a + jobs * chunk))
    done
    p=$((from / 10000 + 1 + $1))
    while [ "$p" -le $(((end - 1) / 10000 + 1)) ]; do
        search "$p" $((p + 1)) delays || echo "soak: program $p: the test itself did not run" | tee -a "$out/failed.p$p"
        p=$((p + jobs))
    done
}

w=0
while [ "$w" -lt "$jobs" ]; do
    worker "$w" &
    w=$((w + 1))
done
wait

failed=$(cat "$out"/failed.* 2>/dev/null | wc -l)
seconds=$(($(date +%s) - began))
[ "$seconds" -gt 0 ] || seconds=1
total=$1
while read -r n; do total=$((total + n)); done <"$out/more"
echo "soak.sh: $total schedules, $failed failed, $((total * 60 / seconds)) a minute"
[ "$failed" -eq 0 ]
