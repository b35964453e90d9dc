#!/usr/bin/env python3
"""Go's own test programs (GOROOT/test), run by gosee.

    gotest.py GOSEE [--kind run|errorcheck] [--only chan/ ...] [--jobs N] [--timeout S]   all of them, with a score
    gotest.py GOSEE --list [--slow]        those of passing.txt: each must pass (without --slow: not the slow ones)
    gotest.py GOSEE --grow                 all of them; what passes and is not yet in passing.txt is added

In scope are the single-file programs whose first line is `// run` (they must exit 0 and print their .out file, or
nothing) and those whose first line is `// errorcheck` (each line with an ERROR comment must be reported, matching its
regular expression, and no other line), as far as they need only the language and packages that gosee is meant to have.
passing.txt only grows; outside.txt gives the reason of each that is not in it, and a file that is in neither or in both
is an error of --grow. Without a Go toolchain on the machine the exit status is 77.
"""
import argparse
import collections
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = set("""bufio bytes cmp container/heap container/list container/ring context errors flag fmt io iter log maps
math math/bits math/rand math/rand/v2 os os/signal runtime slices sort strconv strings sync sync/atomic syscall
text/tabwriter time unicode unicode/utf8""".split())
BEYOND = re.compile(r"\bcomplex(64|128)?\b|\bimag\(|\breal\(|//go:build|//go:linkname")
KINDS = {"// run": "run", "// errorcheck": "errorcheck"}


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def imports(text):
    head = re.split(r"^(?:func|type|var|const)\b", text, maxsplit=1, flags=re.M)[0]
    return set(re.findall(r'^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w/.-]+)"\s*(?://.*)?$', head, re.M))


def candidates(root):
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.endswith(".dir"))
        for name in sorted(names):
            if not name.endswith(".go"):
                continue
            path = os.path.join(folder, name)
            text = read(path)
            kind = KINDS.get(text.split("\n", 1)[0].strip())
            if kind and not imports(text) - PACKAGES and not BEYOND.search(text):
                yield kind, os.path.relpath(path, root)


def wanted_errors(text):
    """line -> regular expressions, as the toolchain's own errorcheck reads them."""
    want = {}
    for number, line in enumerate(text.split("\n"), 1):
        mark = re.search(r"// (?:GC_)?ERROR(AUTO)? (.*)$", line)
        if mark and "////" not in line:
            want[number] = [
                re.sub(r"LINE(?:([+-])(\d+))?", lambda k: str(number + int((k[1] or "+") + (k[2] or "0"))), pattern)
                for pattern in re.findall(r'"([^"]*)"', mark[2])
            ]
    return want


def messages(text):
    """line -> messages, each with the lines behind a tab that belong to it (the source and the caret stand behind blanks)."""
    got = collections.defaultdict(list)
    last = None
    for line in text.split("\n"):
        mark = re.match(r"(?:\S*?):(\d+)(?::\d+)?: (.*)", line)
        if mark:
            last = got[int(mark[1])]
            last.append(mark[2])
        elif last and line.startswith("\t"):
            last[-1] += "\n" + line
    return got


def judge_run(path, text, status):
    answer = path[:-3] + ".out"
    want = read(answer) if os.path.exists(answer) else ""
    if status:
        return f"exit status {status}: {text.strip().split(chr(10))[0][:160]}"
    return None if text == want else f"output differs: got {text[:80]!r} want {want[:80]!r}"


def judge_errors(path, text, status):
    want = wanted_errors(read(path))
    got = messages(text.replace(os.path.dirname(path) + "/", ""))
    for number, patterns in want.items():
        if number not in got:
            return f"line {number}: no error reported, want {patterns}"
        for pattern in patterns:
            try:
                if not any(re.search(pattern, message) for message in got[number]):
                    return f"line {number}: {got[number][0][:80]!r} does not match {pattern!r}"
            except re.error:
                pass
    extra = sorted(set(got) - set(want))
    if extra:
        return f"line {extra[0]}: unexpected error {got[extra[0]][0][:80]!r}"
    return None if status or not want else "exit status 0 in spite of errors"


def judge(args, root, kind, name):
    path = os.path.join(root, name)
    command = [args.gosee, "run" if kind == "run" else "vet", path]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=args.timeout)
    except subprocess.TimeoutExpired:
        return "timed out"
    text = done.stdout.decode(errors="replace")
    if done.returncode < 0 or "Sanitizer" in text:
        return f"CRASH ({done.returncode})"
    return (judge_run if kind == "run" else judge_errors)(path, text, done.returncode)


def passing():
    """(kind, name) -> slow or not."""
    path = os.path.join(HERE, "passing.txt")
    rows = [row.split() for row in read(path).split("\n")] if os.path.exists(path) else []
    return {(row[0], row[1]): row[2:] == ["slow"] for row in rows if row and row[0] != "#"}


def outside():
    rows = [row.split("\t") for row in read(os.path.join(HERE, "outside.txt")).split("\n") if row and row[0] != "#"]
    return {(kind, name): reason for kind, name, reason in rows}


def grow(results):
    known, reasons, wrong = passing(), outside(), 0
    for (kind, name), why in results.items():
        if why is None:
            known.setdefault((kind, name), False)
        if ((kind, name) in reasons) == ((kind, name) in known):
            wrong += 1
            print(f"{kind} {name}: {'in both lists' if why is None else 'in neither list'}")
    with open(os.path.join(HERE, "passing.txt"), "w", encoding="utf-8") as file:
        file.write("# Programs of GOROOT/test that pass (gotest.py --grow adds to them). slow: left out of the quick run.\n")
        for (kind, name), slow in sorted(known.items()):
            file.write(f"{kind} {name}{' slow' if slow else ''}\n")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gosee")
    parser.add_argument("--kind", choices=["run", "errorcheck"])
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--grow", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=60)
    args = parser.parse_args()
    args.gosee = os.path.abspath(args.gosee)
    if not shutil.which("go"):
        print("no Go toolchain here")
        return 77
    root = os.path.join(subprocess.check_output(["go", "env", "GOROOT"], text=True).strip(), "test")
    if not os.path.isdir(root):
        print("this Go toolchain is without its test folder")
        return 77
    todo = list(candidates(root))
    if args.list:
        known = passing()
        todo = [key for key in todo if key in known and (args.slow or not known[key])]
    if args.kind:
        todo = [key for key in todo if key[0] == args.kind]
    if args.only:
        todo = [key for key in todo if key[1].startswith(tuple(args.only))]
    score, results = collections.defaultdict(lambda: [0, 0]), {}
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for key, why in zip(todo, pool.map(lambda key: judge(args, root, *key), todo)):
            results[key] = why
            score[key[0], os.path.dirname(key[1]) or "."][why is not None] += 1
            if why:
                print(f"{key[0]} {key[1]}: {why}", flush=True)
    for (kind, folder), (good, bad) in sorted(score.items()):
        print(f"{kind:10} {folder:24} {good}/{good + bad}")
    good, bad = (sum(cell[i] for cell in score.values()) for i in (0, 1))
    print(f"{good} passed, {bad} failed")
    if args.grow:
        return 1 if grow(results) else 0
    return 1 if bad or not todo else 0


if __name__ == "__main__":
    sys.exit(main())
