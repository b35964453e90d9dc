#!/bin/sh
# Films: of the right kind, the same twice, with the narration as a track; what cannot be is refused in words.
#
#   sh tests/run/film.sh PROGRAM SCENES
set -eu
program=$1
scene=$2/no-parents
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "film: $*"; exit 1; }

refuses() {
    want=$1
    shift
    PATH=${path:-$PATH} "$program" film "$@" >"$work/out" 2>&1 && fail "$* was not refused"
    grep -qF "$want" "$work/out" || fail "$*: $(cat "$work/out")"
}
refuses 'a film'"'"'s name ends in .mp4 or .gif' "$scene" -o "$work/a.avi"
refuses 'the film would end (event 3) before it begins (event 9)' "$scene" --from event:9 --to event:3 -o "$work/a.gif"
refuses 'soon is no moment' "$scene" --from soon -o "$work/a.gif"
path=/nowhere
refuses 'films are made by ffmpeg: install it' "$scene" --to event:2 -o "$work/a.gif"
path=
[ -z "$(ls "$work" | grep -v '^out$')" ] || fail "refusals leave files: $(ls "$work")"

command -v ffmpeg >/dev/null || { echo "film: ffmpeg is not installed (sh scripts/deps.sh installs it)"; exit 77; }
for n in 1 2; do
    "$program" film "$scene" --from event:100 --to event:103 --size 640x400 -o "$work/$n.gif"
done
[ "$(head -c 6 "$work/1.gif")" = GIF89a ] || fail "this is no GIF"
cmp "$work/1.gif" "$work/2.gif" || fail "the same run gave two films"
"$program" film "$scene" --from event:100 --to event:103 --size 640x400 -o "$work/a.mp4"
ffmpeg -loglevel error -i "$work/a.mp4" "$work/a.srt" </dev/null
grep -q 'G7 process2 goes to sleep' "$work/a.srt" || fail "the narration is not in the film"
frames=$(ffmpeg -i "$work/a.mp4" -map 0:v -f null - 2>&1 </dev/null | tr '\r' '\n' | sed -n 's/.*frame= *\([0-9]*\).*/\1/p' | tail -1)
[ "$frames" -ge 150 ] || fail "four moments at two a second, and the tail, are $frames frames"
echo "film: all as it should be"
