#!/usr/bin/env python3
"""Programs that do not compile, and what real Go says about each: the same from `gosee vet`.

    refused.py check GOSEE
    refused.py record        needs the Go toolchain; rewrites the answers in refused.txt

A case is `=== name`, the program, `---`, and the messages, with the lines that belong to them. Cases whose name ends
with (gosee) are in words of our own and are not recorded.
"""
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

CASES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "refused.txt")


def cases():
    with open(CASES, encoding="utf-8") as file:
        head, *parts = re.split(r"^=== ", file.read(), flags=re.M)
    out = []
    for part in parts:
        name, _, rest = part.partition("\n")
        source, _, answer = rest.partition("---\n")
        out.append((name, source, answer))
    return head, out


def messages(text):
    """Go's lines: a message, and behind a tab what belongs to it. Ours besides: source, caret and hint, behind blanks."""
    lines = [re.sub(r"(\./)?x\.go:", "x.go:", line) for line in text.split("\n")]
    return "".join(line + "\n" for line in lines if line.startswith("x.go:") or line.startswith("\t"))


def run(command, source):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "x.go"), "w", encoding="utf-8") as file:
            file.write(source)
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=60)
    return done.returncode, messages(done.stderr)


def record(case):
    name, source, answer = case
    if not name.endswith("(gosee)"):
        answer = run(["go", "build", "-gcflags=-e", "-o", "x", "x.go"], source)[1]
    return f"=== {name}\n{source}---\n{answer}"


def main(args):
    head, all_cases = cases()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        if args == ["record"]:
            text = head + "".join(pool.map(record, all_cases))
            with open(CASES, "w", encoding="utf-8") as file:
                file.write(text)
            return 0
        if len(args) != 2 or args[0] != "check":
            print(__doc__)
            return 1
        gosee = [os.path.abspath(args[1]), "vet", "x.go"]
        failed = 0
        for (name, _, want), (status, got) in zip(all_cases, pool.map(lambda case: run(gosee, case[1]), all_cases)):
            if got != want or status != 1:
                failed += 1
                print(f"=== {name}: status {status}\n--- want\n{want}--- got\n{got}")
    print(f"{len(all_cases) - failed} passed, {failed} failed")
    return 1 if failed or not all_cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
