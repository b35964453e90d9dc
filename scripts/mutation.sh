#!/bin/sh
# Proves that the tests find scheduler bugs: plants those of tests/mutation/*.patch one at a time into a copy of the tree
# and runs the tests that should catch them, first the ones that the patch names, then the others.
#
#   sh scripts/mutation.sh               all patches
#   sh scripts/mutation.sh NAME...       these ("overflow_loses_g")
#
# A patch begins with "Bug:", a sentence, and "Tests:", names of unit tests of runtime/, "soak" (the search of
# scripts/soak.sh over its first SOAK seeds and small programs) or "fidelity:REGEX" (programs of tests/fidelity against Go's answers, in the
# stepped world). A test that does not end has caught the bug as well.
set -eu
cd "$(dirname "$0")/.."

units="test_runq test_netpoll test_sched test_worlds test_ends test_stepped test_soak"
soak=${SOAK:-4000}
programs='^(0[1-9]|1[0-9]|2[0-4]|3[0-3]|4[5-8]|5[0-5]|6[0-3]|9[4-9]|100|114|117|120)_'

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tree=$scratch/tree
said=$scratch/said
git ls-files -z --cached --others --exclude-standard -- CMakeLists.txt runtime sim tests assets bench scenes docs |
    xargs -0 tar -cf - | (mkdir "$tree" && tar -xf - -C "$tree")

build() { # debug or soak, target
    [ -e "$scratch/$1/build.ninja" ] || {
        [ "$1" = debug ] && set -- "$1" "$2" Debug OFF || set -- "$1" "$2" Release ON
        cmake -S "$tree" -B "$scratch/$1" -G Ninja -DCMAKE_BUILD_TYPE="$3" -DGOSEE_YIELD="$4" -DGOSEE_WERROR=OFF
    } >"$said" 2>&1 && cmake --build "$scratch/$1" --target "$2" >"$said" 2>&1
}

# Passes test $1? Its output is in $said; 125: it could not be built.
passes() {
    case $1 in
    soak)
        build soak test_soak || return 125
        timeout 120 "$scratch/soak/tests/runtime/test_soak" faults 1 $((soak + 1)) >"$said" 2>&1 &&
            timeout 120 "$scratch/soak/tests/runtime/test_soak" delays 1 13 >"$said" 2>&1 ;;
    fidelity:*)
        build debug gosee || return 125
        timeout 300 python3 "$tree/tests/fidelity/compare.py" --quiet --seeds 3 --timeout 10 --only "${1#fidelity:}" \
            "$scratch/debug/gosee run --world stepped --procs {procs} --seed {seed} {file}" >"$said" 2>&1 ;;
    *)
        build debug "$1" || return 125
        timeout 60 "$scratch/debug/tests/runtime/$1" >"$said" 2>&1 ;;
    esac
}

# What of test $1, which ended with status $2, failed.
what_failed() {
    if [ "$2" -eq 124 ]; then echo "does not end"
    elif [ "$1" = soak ]; then sed -n 's/^soak: \(seed [0-9]*\) .*/\1/p' "$said" | head -1
    elif [ "${1#fidelity}" != "$1" ]; then sed -n 's/^FAIL \(.*\)/\1/p' "$said" | head -1
    else sed -n 's/^\[  FAILED  \] \([a-z_0-9]*\)$/\1/p' "$said" | head -1; fi
}

fail() { echo "mutation.sh: $1"; tail -20 "$said"; exit 1; }

for t in $units soak "fidelity:$programs"; do
    passes "$t" || fail "$t fails without any bug"
done

[ $# -gt 0 ] || set -- $(ls tests/mutation | sed -n 's/\.patch$//p')
caught=0 missed=0
for name; do
    patch=tests/mutation/$name.patch
    (cd "$tree" && patch -s -p1) <"$patch" >"$said" 2>&1 || fail "$patch does not apply"
    first=$(sed -n 's/^Tests: //p' "$patch")
    by=
    for t in $first $units soak "fidelity:$programs"; do
        status=0
        passes "$t" || status=$?
        [ "$status" -ne 125 ] || fail "$name does not compile"
        [ "$status" -ne 0 ] || continue
        by="${t%%:*}: $(what_failed "$t" "$status")"
        break
    done
    if [ -n "$by" ]; then
        caught=$((caught + 1))
        printf 'caught  %-28s %s\n' "$name" "$by"
    else
        missed=$((missed + 1))
        printf 'MISSED  %-28s %s\n' "$name" "$(sed -n 's/^Bug: //p' "$patch")"
    fi
    (cd "$tree" && patch -s -R -p1) <"$patch"
done
echo "$caught passed, $missed failed"
[ "$missed" -eq 0 ]
