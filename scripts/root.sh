# A fresh Debian 12 root for the trials beside this file, which read it with `.` after they have set dir.
#
# root_make PACKAGES   makes it with debootstrap; packages are reached as this machine reaches them, and only so
# root_inside COMMAND  runs a command there with a bare environment
root_make() {
    [ "$(id -u)" = 0 ] || { echo "$0: debootstrap needs root" >&2; exit 1; }
    command -v debootstrap >/dev/null || { echo "$0: install debootstrap first" >&2; exit 1; }
    [ ! -e "$dir" ] || { echo "$0: $dir exists" >&2; exit 1; }
    mirror=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' | grep '/debian/$' | sort -u | head -n 1)}
    debootstrap --variant=minbase --include="$1" bookworm "$dir" "$mirror"
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
}

root_inside() {
    chroot "$dir" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 sh -c "$1"
}
