#!/bin/sh
# check --watch: sh watch.sh GOSEE
gosee=$1
dir=$(mktemp -d) || exit 1
pid=
trap 'kill $pid 2>/dev/null; rm -rf "$dir"' EXIT
cd "$dir" || exit 1

# Waits until the report has N summaries, and shows the last.
summary() {
    for _ in $(seq 600); do
        [ "$(grep -c 'passed, .* failed' out)" -ge "$1" ] && { grep 'passed, .* failed' out | tail -n 1; return; }
        sleep 0.1
    done
    echo "no summary $1: $(cat out)"
}

is() {
    [ "$1" = "$2" ] && return
    echo "FAIL: \"$1\", expected \"$2\""
    cat out
    exit 1
}

"$gosee" new one >/dev/null && "$gosee" new two >/dev/null || exit 1
"$gosee" check --world stepped --watch . >out 2>&1 &
pid=$!
is "$(summary 1)" '2 passed, 0 failed'
# Written in place: that scene alone is checked again.
sed 's/A\\n/C\\n/' one/scene.json >wrong && cat wrong >one/scene.json
is "$(summary 2)" '0 passed, 1 failed'
# Written beside it and renamed, as editors do; files that are none of a scene's are nothing to it.
touch two/notes.txt
sed 's/C\\n/A\\n/' one/scene.json >one/scene.json.new && mv one/scene.json.new one/scene.json
is "$(summary 3)" '1 passed, 0 failed'
printf 'package main\n\nfunc main() {\n\tx := 1\n}\n' >two/main.go
is "$(summary 4)" '0 passed, 1 failed'
grep -q 'declared and not used: x' out || is "$(cat out)" 'the diagnostic'
kill -0 $pid || is 'it has ended' 'it still watches'
