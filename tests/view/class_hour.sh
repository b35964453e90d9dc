#!/bin/sh
# A class hour in a real window under Xvfb: the gallery, a scene's lesson with its question, hovering, following, searching, the
# timeline, presenter and themes, outcomes and the comparison of two, a file of one's own that is broken and mended, a storm
# of resizes, every key in every view. What must hold: each act changes the picture as it should, the window lives, and it ends with
# status 0.
#
#   sh tests/view/class_hour.sh PROGRAM SCENES [FOLDER]
#
# FOLDER keeps the screenshots.
set -eu
program=$1
scenes=$2
. "$(dirname "$0")/xwindow.sh"
begin "class hour" "${3:-}"
size() {
    eval "$(xdotool getwindowgeometry --shell "$id" | grep -E '^(WIDTH|HEIGHT)=')"
}
# Where something is, in the coordinates of 1600x900.
at() {
    size
    echo $((WIDTH * $1 / 1600)) $((HEIGHT * $2 / 900))
}
point() { xdotool mousemove --window "$id" $(at "$1" "$2"); }
away() { xdotool mousemove 1900 1070; }

# The gallery; its third scene opens.
open_window "$program"
act gallery
key Right Right
act chosen gallery
key Return
act opened chosen
key ctrl+o
act again opened
key Escape
back back opened
quit_window
grep -q recent "$XDG_CONFIG_HOME/gosee/settings.json" || fail "what was open is not remembered"

# A lesson: go on to its question, answer it, read on.
open_window "$program" "$scenes/no-parents"
act start
key Next
act said start
key Next Next
act asked said
key 2
act answered asked
key Next
act after answered
for k in 1 2 5; do
    key $k Right
done
act stepped after

# Ask: a P under the mouse, a goroutine's life, a name.
point 440 230
act hovered stepped
away
key slash
xdotool type --delay 30 g8
act search hovered
key Return
act life search
key Escape Escape
act no-life life
key slash BackSpace BackSpace
xdotool type --delay 30 process1
act search-name search
key Return
act found search-name
key Escape

# The timeline: kinds of lane, zoom, the whole run, a measure, a bookmark.
act plain
for lanes in m g core function p; do
    key l
    act "by-$lanes"
done
key w w w
act near by-p
key 0
act whole near
point 300 705
xdotool keydown shift mousedown 1
point 700 705
xdotool mouseup 1 keyup shift
away
act measured whole
key Escape b
act marked
key Home shift+b
act at-mark

# Presenter, themes, size.
key F5
act presenter at-mark
key F5 F7
act dark presenter
key F7
act contrast dark
key F7 ctrl+plus ctrl+plus
act larger contrast
key ctrl+0

# Outcomes, two of them side by side, the events.
key ctrl+2
act outcomes larger
key ctrl+3
act compare outcomes
key ctrl+4
act events compare
key ctrl+1

# Every key in every view: nothing but Ctrl Q ends it.
for view in 1 2 3 4; do
    key "ctrl+$view"
    for k in space Left Right shift+Left shift+Right Home End 1 2 3 4 5 minus equal r shift+r t f Up Down y b shift+b Prior Next \
        w s a d 0 l F2 F6 F3 F4 F5 F5 F7 F7 F7 F8 F8 ctrl+plus ctrl+minus ctrl+0 ctrl+c period period question question F1 Escape \
        Return Tab slash x BackSpace Escape q z F9 F10 F12 Escape; do
        key "$k"
    done
    alive "keys in view $view"
done
key ctrl+1 Escape Escape Escape

# A storm of resizes, also below the smallest size.
i=0
for s in 960x600 1900x1060 1024x768 1280x720 300x200 1366x768 961x1000 1900x600 1600x900; do
    xdotool windowsize "$id" "${s%x*}" "${s#*x}"
    key Right
    i=$((i + 1))
    [ $((i % 3)) -eq 0 ] && sleep 0.2
done
act resized
quit_window

# A file of one's own: broken while it is shown, mended, run again at the same place.
printf 'package main\n\nimport "fmt"\n\nfunc main() {\n\tgo fmt.Println("a")\n\tfmt.Println("b")\n}\n' >"$work/own.go"
open_window "$program" "$work/own.go"
key End Left
act own
sed 's/"b")/"b"/' "$work/own.go" >"$work/new.go"
mv "$work/new.go" "$work/own.go"
act broken own
sed 's/"b"/"bb")/' "$work/own.go" >"$work/new.go"
mv "$work/new.go" "$work/own.go"
act mended broken
key shift+r
act rerun own
quit_window
echo "class hour: all as it should be"
