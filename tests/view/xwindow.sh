# A real window under Xvfb, driven with synthetic keys and mouse; for scripts that source this.
#
#   begin NAME [FOLDER]     an X server, a folder for the work; FOLDER keeps the pictures
#   open_window PROGRAM [ARGUMENT...]
#   key, still NAME, act NAME [BEFORE], back NAME BEFORE, alive NAME, quit_window, fail TEXT

begin() {
    name=$1 window= server= id=
    work=$(mktemp -d)
    shots=${2:-$work}
    mkdir -p "$shots"
    XDG_CONFIG_HOME=$work/config # not the settings of who runs this
    export XDG_CONFIG_HOME
    trap finish EXIT
    Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb" &
    server=$!
    for _ in $(seq 100); do
        [ -s "$work/display" ] && break
        kill -0 "$server" 2>/dev/null || { cat "$work/xvfb"; fail "Xvfb does not start"; }
        sleep 0.1
    done
    DISPLAY=:$(cat "$work/display")
    export DISPLAY
}

finish() {
    status=$?
    [ -z "$window" ] || kill "$window" 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ $status -eq 0 ] || { echo "$name: failed"; sed 's/^/    /' "$work/err" 2>/dev/null || true; }
    rm -rf "$work"
    exit $status
}
fail() { echo "$name: $*"; exit 1; }

open_window() {
    "$@" >"$work/out" 2>"$work/err" &
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
}

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
alive() { kill -0 "$window" 2>/dev/null || fail "$1: the window is gone"; }
# act NAME [BEFORE]: the picture at rest is another than before, as soon as the machine has had time for it.
act() {
    for _ in $(seq 40); do
        alive "$1"
        still "$1"
        [ -n "${2:-}" ] || return 0
        [ "$(differ "$shots/$2.png" "$shots/$1.png")" = 0 ] || return 0
        sleep 0.25
    done
    fail "$2 and $1 should differ"
}
# back NAME BEFORE: the picture at rest is again the one from before.
back() {
    for _ in $(seq 40); do
        alive "$1"
        still "$1"
        [ "$(differ "$shots/$2.png" "$shots/$1.png")" = 0 ] && return 0
        sleep 0.25
    done
    fail "$2 and $1 should be the same picture"
}
key() { xdotool key --clearmodifiers "$@"; }
ticks() { awk '{ print $14 + $15 }' "/proc/$window/stat"; }
resident() { awk '/VmRSS/ { print $2 }' "/proc/$window/status"; }

quit_window() {
    key ctrl+q
    for _ in $(seq 100); do
        kill -0 "$window" 2>/dev/null || break
        sleep 0.1
    done
    kill -0 "$window" 2>/dev/null && fail "it does not quit"
    status=0
    wait "$window" || status=$?
    window=
    [ "$status" = 0 ] || fail "it ended with status $status"
}
