#!/bin/sh
# Installs what gosee needs (scripts/deps.sh), builds a release, and opens the tutorial's scene, or what is named:
#
#   sh scripts/run.sh [PATH]
#
# Without a display the run is told in words instead; gosee says why.
set -eu
cd "$(dirname "$0")/.."

sh scripts/deps.sh
cmake -S . -B build/release -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF
cmake --build build/release
exec build/release/gosee "${1:-scenes/no-parents}"
