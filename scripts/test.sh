#!/bin/sh
# Builds and passes every test: the packages (scripts/deps.sh --test), then each preset in turn.
#
#   sh scripts/test.sh            all of it
#   sh scripts/test.sh debug ...  only these steps: debug clang asan tsan hostile window
#
# debug    unit tests, programs with // expect: lines in both worlds, scenes, schema, the stage under SDL's dummy driver,
#          and Go's own test programs if a Go toolchain is there (tests/gotest)
# clang    everything compiles without a warning there too
# asan     the whole suite again under the address and undefined-behaviour sanitizers
# tsan     what runs in the live world again under the thread sanitizer
# hostile  the suite with tiny rings, stacks and buffers
# window   a real window under Xvfb, driven by synthetic keys
set -eu
cd "$(dirname "$0")/.."

steps=${*:-debug clang asan tsan hostile window}
sh scripts/deps.sh --test

jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0}"
export TSAN_OPTIONS="${TSAN_OPTIONS:-halt_on_error=1:second_deadlock_stack=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}"

build() {
    mkdir -p build
    echo "== build $1"
    cmake --preset "$1" >"build/$1.log" 2>&1 || { cat "build/$1.log"; rm -f "build/$1.log"; exit 1; }
    cmake --build --preset "$1" >"build/$1.log" 2>&1 || { cat "build/$1.log"; rm -f "build/$1.log"; exit 1; }
    rm -f "build/$1.log"
}

for step in $steps; do
    case $step in
    clang) build clang-debug ;;
    debug)
        build debug
        echo "== test debug"
        ctest --preset debug -C full --no-tests=error -j "$jobs"
        ;;
    asan)
        build asan
        echo "== test asan"
        ctest --preset asan -C full --no-tests=error -LE gotest -j "$jobs"
        ;;
    hostile) # scenes, commands and films speak of Go's own queue lengths and stacks, which this build has not; Go's tests ran before
        build "$step"
        echo "== test $step"
        ctest --preset "$step" -C full --no-tests=error -E '^(scenes_|commands$|film$)' -LE gotest -j "$jobs"
        ;;
    tsan)
        build tsan
        echo "== test tsan"
        ctest --preset tsan -C full --no-tests=error -L live -j "$jobs"
        ;;
    window)
        build release
        echo "== window"
        sh tests/view/window.sh build/release/gosee
        sh tests/view/class_hour.sh build/release/gosee scenes
        ;;
    *) echo "test.sh: unknown step $step" >&2; exit 1 ;;
    esac
done
echo "test.sh: all steps passed: $steps"
