#!/bin/sh
# Tries the README's two commands on a fresh Debian 12 with only git: makes a root with debootstrap, clones the
# committed state of this repository into it, and runs scripts/run.sh and scripts/test.sh there.
#
#   sh scripts/fresh-root.sh DIR [run|test|both]
#
# Needs root, debootstrap, and this machine's own Debian sources (copied into the new root). DIR must not exist.
set -eu

[ $# -ge 1 ] || { echo "usage: sh scripts/fresh-root.sh DIR [run|test|both]" >&2; exit 1; }
dir=$1 what=${2:-both}
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/scripts/root.sh"
root_make git,ca-certificates

git clone -q --no-hardlinks "$top" "$dir/root/gosee"
status=0
inside() {
    root_inside "cd /root/gosee && $1"
}
if [ "$what" != test ]; then
    echo "== sh scripts/run.sh"
    inside 'sh scripts/run.sh' || status=1
fi
if [ "$what" != run ]; then
    echo "== sh scripts/test.sh"
    inside 'sh scripts/test.sh' || status=1
fi
if [ $status = 0 ]; then
    echo "fresh-root.sh: $what: works in a fresh root"
else
    echo "fresh-root.sh: FAILED"
fi
exit $status
