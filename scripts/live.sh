#!/bin/sh
# Runs a program live, many times, on 1 to 4 Ps: OS threads, the real clock. Every run must print what the program's
# "// expect:" lines say, exit with 0 and leave stderr empty (a sanitizer's report would stand there).
#
#   sh scripts/live.sh GOSEE [RUNS [PROGRAM]]     as in  sh scripts/live.sh build/tsan/gosee 300
#
# PROGRAM is the channel program unless given.
set -eu
gosee=$1 runs=${2:-300}
program=${3:-$(dirname "$0")/../tests/programs/live_channels.go}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed -n 's|^// expect: ||p' "$program" >"$work/expect"
i=0
while [ $i -lt "$runs" ]; do
    i=$((i + 1))
    procs=$((i % 4 + 1))
    status=0
    "$gosee" run --procs $procs "$program" >"$work/out" 2>"$work/err" || status=$?
    if [ $status != 0 ] || [ -s "$work/err" ] || ! cmp -s "$work/out" "$work/expect"; then
        echo "live.sh: run $i with --procs $procs: status $status, output:"
        cat "$work/out" "$work/err"
        exit 1
    fi
done
echo "live.sh: $runs runs, each with the right output, status 0 and nothing on stderr"
