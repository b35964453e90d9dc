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
[ "$(id -u)" = 0 ] || { echo "fresh-root.sh: debootstrap needs root" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "fresh-root.sh: install debootstrap first" >&2; exit 1; }
[ ! -e "$dir" ] || { echo "fresh-root.sh: $dir exists" >&2; exit 1; }

mirror=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' | grep '/debian/$' | sort -u | head -n 1)}
debootstrap --variant=minbase --include=git,ca-certificates bookworm "$dir" "$mirror"

# The new root reaches packages as this machine does, and only so.
: >"$dir/etc/apt/sources.list"
cp -a /etc/apt/apt.conf.d/. "$dir/etc/apt/apt.conf.d/"
for f in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
    if [ -s "$f" ]; then
        mkdir -p "$dir$(dirname "$f")"
        cp "$f" "$dir$f"
    fi
done
cp /etc/resolv.conf /etc/hosts "$dir/etc/" 2>/dev/null || true
mount --bind /proc "$dir/proc"
mount --bind /dev "$dir/dev"
# Lazily: a process of the trial may still be on its way out.
trap 'umount -l "$dir/dev" "$dir/proc" 2>/dev/null || true' EXIT INT TERM

git clone -q --no-hardlinks "$top" "$dir/root/gosee"
status=0
inside() {
    chroot "$dir" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 sh -c "cd /root/gosee && $1"
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
