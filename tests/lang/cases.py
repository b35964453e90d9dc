#!/usr/bin/env python3
"""Records what Go's compiler says about the programs of diagnostics.txt: `cases.py diagnostics.txt` rewrites the
expected lines in place. Needs the Go toolchain; the tests themselves do not."""
import os
import re
import subprocess
import sys
import tempfile

MARK = '=== '


def split(text):
    cases = []
    for part in re.split(r'^=== ', text, flags=re.M)[1:]:
        name, _, rest = part.partition('\n')
        source, _, expected = rest.partition('\n---\n')
        cases.append((name, source + '\n', expected))
    return cases


def record(source, folder):
    path = os.path.join(folder, 'x.go')
    with open(path, 'w') as f:
        f.write(source)
    got = subprocess.run(['go', 'build', '-gcflags=-e', '-o', os.devnull, 'x.go'], cwd=folder, text=True,
                         capture_output=True).stderr
    lines = [re.sub(r'\./x\.go:', 'x.go:', l) for l in got.split('\n') if l and not l.startswith('#')]
    return '\n'.join(lines)


def main():
    path = sys.argv[1]
    text = open(path).read()
    head = text[:text.index(MARK)]
    with tempfile.TemporaryDirectory() as folder:
        out = [head]
        for name, source, expected in split(text):
            if not name.endswith('(gosee)'):
                expected = record(source, folder) + '\n'
            out.append(f'{MARK}{name}\n{source}---\n{expected}')
    with open(path, 'w') as f:
        f.write(''.join(out))


main()
