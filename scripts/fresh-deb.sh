#!/bin/sh
# Tries the package in a fresh Debian 12 root: builds the .deb here, installs it there with apt, and uses what it brought.
#
#   sh scripts/fresh-deb.sh DIR
#
# Needs root, debootstrap, dpkg-dev, and this machine's own Debian sources (copied into the new root). DIR must not exist.
set -eu

[ $# = 1 ] || { echo "usage: sh scripts/fresh-deb.sh DIR" >&2; exit 1; }
dir=$1
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/scripts/root.sh"

cmake -S "$top" -B "$top/build/package" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF -DCMAKE_INSTALL_PREFIX=/usr
cmake --build "$top/build/package" --target gosee gosee-stage guide
(cd "$top/build/package" && rm -f gosee_*.deb && cpack -G DEB)

root_make ca-certificates
cp "$top"/build/package/gosee_*.deb "$dir/root/gosee.deb"
root_inside 'apt-get -q update && apt-get -q -y --no-install-recommends install /root/gosee.deb'

# As a user who has only the package: the scenes that came with it by their names, a file of his own, a picture, a figure.
root_inside '
set -e
cd /root
gosee --version
gosee check --world stepped /usr/share/gosee/scenes | tail -n 1
[ "$(gosee run --seed 1 runnext | tr "\n" " ")" = "5 1 2 3 4 " ]
gosee new mine && gosee check mine && gosee run mine >/dev/null
gosee shot no-parents --at 1s -o stage.png && gosee shot no-parents --at 1s -o stage.svg
[ "$(head -c 4 stage.png | tail -c 3)" = PNG ]
gosee outcomes --runs 200 no-parents
test -s /usr/share/man/man1/gosee.1
test -s /usr/share/applications/gosee.desktop
test -s /usr/share/icons/hicolor/scalable/apps/gosee.svg
apt-get -q -y remove gosee >/dev/null
[ ! -e /usr/bin/gosee ] && [ ! -e /usr/share/gosee ]
'
echo "fresh-deb.sh: the package installs, runs and goes in a fresh root"
