#!/bin/sh
# Installs the packages that gosee is built, run and tested with, and does nothing else.
#
#   sh scripts/deps.sh          what building and running needs
#   sh scripts/deps.sh --test   that, and what the tests need
#   sh scripts/deps.sh --list   only prints the names
#
# Debian 12 is tried (scripts/fresh-root.sh). Ubuntu, Fedora, Arch and macOS (Homebrew) are untried: the names are
# those of their package lists, but nobody has run this there yet.
set -eu

tests=0 list=0
for arg in "$@"; do
    case $arg in
    --test) tests=1 ;;
    --list) list=1 ;;
    *) echo "deps.sh: unknown option $arg (known: --test, --list)" >&2; exit 1 ;;
    esac
done

system=unknown
if [ "$(uname -s)" = Darwin ]; then
    system=brew
elif [ -r /etc/os-release ]; then
    . /etc/os-release
    case " ${ID:-} ${ID_LIKE:-} " in
    *" debian "* | *" ubuntu "*) system=apt ;;
    *" fedora "*) system=dnf ;;
    *" arch "*) system=pacman ;;
    esac
fi

case $system in
apt)
    names="gcc libc6-dev cmake ninja-build pkg-config libsdl2-dev libsdl2-ttf-dev libcjson-dev libgmp-dev
        libutf8proc-dev libfontconfig-dev libcairo2-dev fonts-inter fonts-jetbrains-mono fonts-dejavu-core ffmpeg"
    test_names="libcmocka-dev clang xvfb xauth xdotool x11-apps imagemagick python3 patch python3-jsonschema"
    ;;
dnf)
    names="gcc cmake ninja-build pkgconf-pkg-config SDL2-devel SDL2_ttf-devel cjson-devel gmp-devel utf8proc-devel
        fontconfig-devel cairo-devel rsms-inter-fonts jetbrains-mono-fonts-all dejavu-sans-fonts dejavu-sans-mono-fonts
        ffmpeg-free"
    test_names="libcmocka-devel clang patch compiler-rt libasan libubsan libtsan xorg-x11-server-Xvfb xdotool xwd
        ImageMagick python3 python3-jsonschema"
    ;;
pacman)
    names="gcc cmake ninja pkgconf sdl2 sdl2_ttf cjson gmp libutf8proc fontconfig cairo inter-font
        ttf-jetbrains-mono ttf-dejavu ffmpeg"
    test_names="cmocka clang patch xorg-server-xvfb xorg-xauth xdotool xorg-xwd imagemagick python python-jsonschema"
    ;;
brew)
    names="cmake ninja pkg-config sdl2 sdl2_ttf cjson gmp utf8proc fontconfig cairo ffmpeg"
    test_names="cmocka imagemagick python"
    ;;
*)
    echo "deps.sh: this system is not known here. gosee needs: a C17 compiler, cmake, ninja, pkg-config, SDL2," >&2
    echo "SDL2_ttf, cJSON, GMP, utf8proc, fontconfig, cairo; the fonts Inter, JetBrains Mono or DejaVu; films: ffmpeg; tests: cmocka." >&2
    exit 1
    ;;
esac
[ $tests = 1 ] && names="$names $test_names"
names=$(echo $names)

if [ $list = 1 ]; then
    echo "$names"
    exit 0
fi

missing=$names
if [ $system = apt ]; then
    missing=
    for name in $names; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $name"
    done
fi
if [ -z "$missing" ]; then
    echo "deps.sh: every package that gosee needs is installed."
    exit 0
fi

root=
if [ "$(id -u)" != 0 ] && [ $system != brew ]; then
    command -v sudo >/dev/null || { echo "deps.sh: run this as root, or install sudo; missing:$missing" >&2; exit 1; }
    root=sudo
fi

echo "deps.sh: installing packages, and doing nothing else:" $missing
case $system in
apt)
    $root env DEBIAN_FRONTEND=noninteractive apt-get update -q
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
    ;;
dnf) $root dnf install -y $missing ;;
pacman) $root pacman -S --needed --noconfirm $missing ;;
brew)
    brew install $missing
    brew install --cask font-inter font-jetbrains-mono font-dejavu
    ;;
esac
