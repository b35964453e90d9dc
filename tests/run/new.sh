#!/bin/sh
# gosee new: what it makes runs, and passes its own check; what is there already stays.
gosee=$1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
fail() { echo "$*"; exit 1; }

"$gosee" new 'my "first" scene/' >said || fail "new: $(cat said)"
grep -q '"title": "my \\"first\\" scene"' 'my "first" scene/scene.json' || fail "no title"
"$gosee" check --world stepped 'my "first" scene' >said || fail "the new scene fails its check: $(cat said)"
tail -1 said | grep -q '^1 passed, 0 failed' || fail "check says $(cat said)"
[ "$("$gosee" run --world stepped 'my "first" scene' | sort | tr -d '\n')" = AB ] || fail "the program prints something else"

# The expectations are what they seem: with one outcome taken away the check fails.
sed 's/A\\nB\\n/A\\nC\\n/' 'my "first" scene/scene.json' >changed && cp changed 'my "first" scene/scene.json'
"$gosee" check --world stepped 'my "first" scene' >said && fail "a wrong expectation passes"

"$gosee" new 'my "first" scene' 2>said && fail "an old scene was made again"
grep -q 'cannot make my "first" scene: File exists' said || fail "$(cat said)"
cmp -s changed 'my "first" scene/scene.json' || fail "an old scene was changed"
"$gosee" new none/here 2>said && fail "made below a folder that is not there"
"$gosee" new 2>said && fail "no folder named"
grep -q 'gosee new DIR' said || fail "$(cat said)"
exit 0
