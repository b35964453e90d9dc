#!/bin/sh
# What cmake --install brings, under a prefix of its own: sh install.sh CMAKE BUILD
cmake=$1 build=$2
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
"$cmake" --install "$build" --prefix "$dir/usr" >"$dir/log" || { cat "$dir/log"; exit 1; }
cd "$dir" || exit 1
failed=0
for f in bin/gosee bin/gosee-stage share/man/man1/gosee.1 share/applications/gosee.desktop \
    share/icons/hicolor/scalable/apps/gosee.svg share/gosee/assets/scenario.schema.json share/gosee/scenes/course.json; do
    [ -s "usr/$f" ] || { echo "FAIL: usr/$f is not there"; failed=1; }
done

# Scenes by their names, wherever one is; another folder of scenes in their place; a file of that name goes first.
[ "$(usr/bin/gosee run --world stepped runnext | sort | tr '\n' ' ')" = '1 2 3 4 5 ' ] || { echo 'FAIL: run runnext'; failed=1; }
usr/bin/gosee shot runnext --at lesson:1 -o runnext.svg && [ -s runnext.svg ] || { echo 'FAIL: shot runnext'; failed=1; }
mkdir course && echo '{ "format": 1, "chapters": [ { "title": "One", "scenes": ["own"] } ] }' >course/course.json
usr/bin/gosee new course/own >log || failed=1
GOSEE_SCENES=$dir/course usr/bin/gosee check --world stepped own >log || { echo "FAIL: GOSEE_SCENES: $(cat log)"; failed=1; }
GOSEE_SCENES=$dir/course usr/bin/gosee run runnext 2>log && { echo 'FAIL: runnext is none of the course'; failed=1; }
echo 'package main' >runnext
usr/bin/gosee run runnext 2>log && { echo 'FAIL: the file goes first'; failed=1; }
grep -q '^gosee: runnext: expected a scene folder' log || { echo "FAIL: $(cat log)"; failed=1; }
exit $failed
