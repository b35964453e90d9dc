#!/bin/sh
# Runs scripts/live-soak.go live for MINUTES (20): OS threads, the real clock, rounds of a mixed load with a million goroutines
# each. Nothing may grow from round to round: goroutines, threads, the process's memory (which holds stacks, waiters and
# timers as well). Beside each round stands the longest time that a heartbeat of 1 ms missed in each part of it.
#
#   sh scripts/live-soak.sh [MINUTES [GOSEE]]
#
# GOSEE is build/release/gosee unless given. Wants 4 GB of memory. Ends 1 if anything grew, or did not end.
set -eu
minutes=${1:-20}
gosee=${2:-$(dirname "$0")/../build/release/gosee}
status=0
timeout "$((minutes * 60 + 600))" "$gosee" run "$(dirname "$0")/live-soak.go" -- "$minutes" || status=$?
[ "$status" -ne 124 ] || echo "live-soak.sh: it does not end"
exit "$status"
