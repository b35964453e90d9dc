#!/usr/bin/env python3
"""Runs every Go program of a folder and compares what it does with what its own comments expect.

    run_programs.py 'GOSEE run --world stepped {file}' [PATH...]

A PATH is a .go file or a folder (default: the folder of this script). Lines that a program ends with:

    // expect: LINE          a line of standard output; nothing after the colon is an empty line
    // expect-exit: N        the exit status, if not 0
    // expect-error: LINE    the first line of standard error; without it standard error must be empty
    // input: LINE           a line of standard input, which is otherwise empty

A program without any of them must print nothing and end with 0. The command is split as a shell would; {file} in it
becomes the program's path. The last line printed is `N passed, M failed`; status 1 if any failed.
"""
import concurrent.futures
import os
import re
import shlex
import subprocess
import sys

TIMEOUT = 60
MARK = re.compile(r"^// (expect|expect-exit|expect-error|input):(?: (.*))?$")


def expectations(path):
    want = {"expect": [], "expect-exit": ["0"], "expect-error": [], "input": []}
    with open(path, encoding="utf-8") as source:
        for line in source.read().split("\n"):
            mark = MARK.match(line)
            if not mark:
                continue
            kind, text = mark.group(1), mark.group(2) or ""
            if kind == "expect-exit":
                want[kind] = [text]
            else:
                want[kind].append(text)
    return want


def difference(want, got):
    """The first line at which two lists of lines differ, in words; None if they are equal."""
    for number, (w, g) in enumerate(zip(want, got), 1):
        if w != g:
            return f"line {number}: expected {w!r}, got {g!r}"
    if len(want) > len(got):
        return f"line {len(got) + 1}: expected {want[len(got)]!r}, got nothing"
    if len(got) > len(want):
        return f"line {len(want) + 1}: expected nothing, got {got[len(want)]!r}"
    return None


def lines(text):
    parts = text.split("\n")
    if parts[-1] == "":
        parts.pop()
    return parts


def run(command, path):
    """What went wrong; an empty list if the program passed."""
    want = expectations(path)
    words = [word.replace("{file}", path) for word in shlex.split(command)]
    given = "".join(line + "\n" for line in want["input"])
    try:
        done = subprocess.run(words, input=given, capture_output=True, text=True, errors="replace", timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return [f"did not end within {TIMEOUT} s"]
    except OSError as error:
        return [str(error)]
    wrong = []
    out = difference(want["expect"], lines(done.stdout))
    if out:
        wrong.append("stdout " + out)
    if want["expect-exit"] != [str(done.returncode)]:
        wrong.append(f"expected status {want['expect-exit'][0]}, got {done.returncode}")
    err = difference(want["expect-error"], lines(done.stderr)[: max(1, len(want["expect-error"]))])
    if err:
        wrong.append("stderr " + err)
    return wrong


def programs(paths):
    found = []
    for path in paths:
        if os.path.isdir(path):
            found += sorted(os.path.join(path, name) for name in os.listdir(path) if name.endswith(".go"))
        else:
            found.append(path)
    return found


def main(args):
    if not args or args[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if args else 1
    files = programs(args[1:] or [os.path.dirname(os.path.abspath(__file__))])
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        for path, wrong in zip(files, pool.map(lambda path: run(args[0], path), files)):
            failed += bool(wrong)
            for text in wrong:
                print(f"{path}: {text}")
    print(f"{len(files) - failed} passed, {failed} failed")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
