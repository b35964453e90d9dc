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
. "$(dirname "$0")/xwindow.sh"
begin window "${3:-}"
open_window "$program" "$scene"

key Home
act start
key --repeat 50 --delay 40 Right
act forward-50 start
key --repeat 50 --delay 40 Left
back back-50 start

before=$(ticks)
sleep 2
after=$(ticks)
[ $((after - before)) -le 4 ] || fail "at rest it used $((after - before)) ticks of processor time in 2 s"

key space
sleep 3
key space
act played start

# The strip of the whole run lies near the window's bottom; drag along it.
eval "$(xdotool getwindowgeometry --shell "$id" | grep -E '^(WIDTH|HEIGHT|X|Y)=')"
y=$((HEIGHT * 814 / 900))
xdotool mousemove --window "$id" $((WIDTH * 300 / 1600)) "$y" mousedown 1
for x in 400 500 600 700 800; do
    xdotool mousemove --window "$id" $((WIDTH * x / 1600)) "$y"
    sleep 0.05
done
xdotool mouseup 1 mousemove 1900 1070
act scrubbed played

key Home Escape
key r
act rerun start

key F7
act dark rerun
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

quit_window
echo "window: all as it should be (memory grew by $grown KB in the last $((seconds - seconds / 3)) s of play)"
