#!/bin/sh
# Every planted bug still fits the code it is planted into, to the line: scripts/mutation.sh could not use it otherwise.
#   apply.sh ROOT
cd "$1" || exit 1
status=0
for bug in tests/mutation/*.patch; do
    patch --dry-run -s -f -F0 -p1 <"$bug" || { echo "$bug does not fit"; status=1; }
done
exit $status
