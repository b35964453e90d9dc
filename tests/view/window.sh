#!/bin/sh
# A real window under Xvfb, driven with synthetic keys and mouse: open, play, 50 steps forward, 50 back, scrub, run again,
# quit. What must hold: the picture after 50 forward and 50 back is the picture before, to the pixel; play, scrubbing and a
# rerun change it; at rest the program sleeps; memory does not grow while it plays; it ends with status 0.
#
#   sh tests/view/window.sh PROGRAM [SCENE] [FOLDER]
#
# FOLDER keeps the screenshots. GOSEE_PLAY_SECONDS: how long memory is watched (default 12; 600 for the long look).
set -eu
program=$1
scene=${2:-scenes/no-parents}
seconds=${GOSEE_PLAY_SECONDS:-12}
work=$(mktemp -d)
shots=${3:-$work}
mkdir -p "$shots"
XDG_CONFIG_HOME=$work/config # not the settings of who runs this
export XDG_CONFIG_HOME
server= window=

finish() {
    status=$?
    [ -z "$window" ] || kill "$window" 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ $status -eq 0 ] || { echo "window: failed"; sed 's/^/    /' "$work/err" 2>/dev/null || true; }
    rm -rf "$work"
    exit $status
}
trap finish EXIT
fail() { echo "window: $*"; exit 1; }

Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb" &
server=$!
for _ in $(seq 100); do
    [ -s "$work/display" ] && break
    kill -0 "$server" 2>/dev/null || { cat "$work/xvfb"; fail "Xvfb does not start"; }
    sleep 0.1
done
DISPLAY=:$(cat "$work/display")
export DISPLAY

"$program" "$scene" >"$work/out" 2>"$work/err" &
window=$!
id=
for _ in $(seq 200); do
    id=$(xdotool search --pid "$window" --name gosee 2>/dev/null | tail -1) || true
    [ -n "$id" ] && break
    kill -0 "$window" 2>/dev/null || fail "the program ended before its window opened"
    sleep 0.1
done
[ -n "$id" ] || fail "no window came"
xdotool windowfocus "$id"
xdotool mousemove 1900 1070

# Takes pictures until two in a row are the same: nothing moves any more.
still() {
    import -window "$id" "$work/a.png"
    for _ in $(seq 60); do
        sleep 0.15
        import -window "$id" "$work/b.png"
        if cmp -s "$work/a.png" "$work/b.png" || [ "$(differ "$work/a.png" "$work/b.png")" = 0 ]; then
            mv "$work/b.png" "$shots/$1.png"
            return
        fi
        mv "$work/b.png" "$work/a.png"
    done
    fail "$1: the picture does not come to rest"
}
differ() { compare -metric AE "$1" "$2" null: 2>&1 | sed 's/ .*//' || true; }
same() { [ "$(differ "$shots/$1.png" "$shots/$2.png")" = 0 ] || fail "$1 and $2 should be the same picture"; }
other() { [ "$(differ "$shots/$1.png" "$shots/$2.png")" != 0 ] || fail "$1 and $2 should differ"; }
key() { xdotool key --clearmodifiers "$@"; }
ticks() { awk '{ print $14 + $15 }' "/proc/$window/stat"; }
resident() { awk '/VmRSS/ { print $2 }' "/proc/$window/status"; }

key Home
still start
key --repeat 50 --delay 40 Right
still forward-50
other start forward-50
key --repeat 50 --delay 40 Left
still back-50
same start back-50

before=$(ticks)
sleep 2
after=$(ticks)
[ $((after - before)) -le 4 ] || fail "at rest it used $((after - before)) ticks of processor time in 2 s"

key space
sleep 3
key space
still played
other start played

# The strip of the whole run lies near the window's bottom; drag along it.
eval "$(xdotool getwindowgeometry --shell "$id" | grep -E '^(WIDTH|HEIGHT|X|Y)=')"
y=$((HEIGHT * 814 / 900))
xdotool mousemove --window "$id" $((WIDTH * 300 / 1600)) "$y" mousedown 1
for x in 400 500 600 700 800; do
    xdotool mousemove --window "$id" $((WIDTH * x / 1600)) "$y"
    sleep 0.05
done
xdotool mouseup 1 mousemove 1900 1070
still scrubbed
other played scrubbed

key Home Escape
key r
sleep 5
still rerun
other start rerun

key F7
sleep 5
still dark
key F7
key F7
sleep 5

# Plays to and fro; after the first third memory must stand still.
key equal equal equal
end=$(($(date +%s) + seconds))
third=$(($(date +%s) + seconds / 3))
settled=
while [ "$(date +%s)" -lt "$end" ]; do
    key Home
    key space
    sleep 1
    [ -n "$settled" ] || [ "$(date +%s)" -lt "$third" ] || settled=$(resident)
done
grown=$(($(resident) - ${settled:-$(resident)}))
[ "$grown" -le 1024 ] || fail "memory grew by $grown KB while it played"

key --clearmodifiers ctrl+q
for _ in $(seq 100); do
    kill -0 "$window" 2>/dev/null || break
    sleep 0.1
done
kill -0 "$window" 2>/dev/null && fail "it does not quit"
status=0
wait "$window" || status=$?
window=
[ "$status" = 0 ] || fail "it ended with status $status"
echo "window: all as it should be (memory grew by $grown KB in the last $((seconds - seconds / 3)) s of play)"
