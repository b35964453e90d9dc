#!/bin/sh
# Runs the channel program live, many times: OS threads, the real clock. Every run must print the right sum, exit with 0
# and leave stderr empty (a sanitizer's report would stand there).
#
#   sh scripts/live.sh GOSEE [RUNS]     as in  sh scripts/live.sh build/tsan/gosee 300
set -eu
gosee=$1 runs=${2:-300}
program=$(dirname "$0")/../tests/programs/live_channels.go
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
i=0
while [ $i -lt "$runs" ]; do
    i=$((i + 1))
    procs=$((i % 4 + 1))
    status=0
    "$gosee" run --procs $procs "$program" >"$work/out" 2>"$work/err" || status=$?
    if [ $status != 0 ] || [ -s "$work/err" ] || [ "$(cat "$work/out")" != "sum of squares 338350" ]; then
        echo "live.sh: run $i with --procs $procs: status $status, output \"$(cat "$work/out")\""
        cat "$work/err"
        exit 1
    fi
done
echo "live.sh: $runs runs, each with the right output, status 0 and nothing on stderr"
