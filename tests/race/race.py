#!/usr/bin/env python3
"""Holds --race against what go run -race says of the programs here (answers.json).

usage: race.py 'gosee run --race {file}' [NAME...]
       race.py --record [NAME...]        asks the real Go, several times a program

A program passes if its exit status is one that Go gave and each race reported, as the pair of the two accesses' lines in
the program, is one that Go reported, and some race is reported exactly if Go reported one.
"""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ANSWERS = os.path.join(HERE, "answers.json")
ACCESS = re.compile(r"^(?:Previous )?(?:write|read) at 0x[0-9a-f]+ by (?:main goroutine|goroutine \d+):$", re.I | re.M)


def races(text, name):
    """The reported pairs of lines, and what is wrong with the reports' shape."""
    pairs, wrong = set(), []
    reports = re.findall(r"==================\nWARNING: DATA RACE\n(.*?)==================\n", text, re.S)
    for report in reports:
        accesses = [m.end() for m in ACCESS.finditer(report)]
        if len(accesses) != 2:
            wrong.append("a report with %d accesses" % len(accesses))
            continue
        lines = []
        for at in accesses:
            stack = report[at:].split("\n\n")[0]
            frame = re.search(r"%s\.go:(\d+) \+0x" % re.escape(name), stack)
            lines.append(int(frame.group(1)) if frame else 0)
        pairs.add(tuple(sorted(lines)))
    found = re.findall(r"^Found (\d+) data race\(s\)$", text, re.M)
    if found and int(found[0]) != len(reports):
        wrong.append("Found %s, but %d reports" % (found[0], len(reports)))
    return pairs, wrong


def run(argv, timeout=60):
    p = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout)
    return p.returncode, p.stderr.decode(errors="replace"), p.stdout.decode(errors="replace")


def names(given):
    return given or sorted(f[:-3] for f in os.listdir(HERE) if f.endswith(".go"))


def record(given):
    answers = json.load(open(ANSWERS)) if os.path.exists(ANSWERS) else {}
    with tempfile.TemporaryDirectory() as d:
        for name in names(given):
            exe = os.path.join(d, name)
            subprocess.run(["go", "build", "-race", "-o", exe, os.path.join(HERE, name + ".go")], check=True)
            exits, pairs = set(), set()
            for i in range(12):
                status, err, _ = run(["env", "GORACE=atexit_sleep_ms=0", "GOMAXPROCS=%d" % (1 + i % 4), exe])
                exits.add(status)
                pairs |= races(err, name)[0]
            answers[name] = {"exit": sorted(exits), "races": sorted(map(list, pairs))}
            print(name, answers[name], flush=True)
            os.unlink(exe)
    with open(ANSWERS, "w") as f:
        rows = ",\n".join(' %s: %s' % (json.dumps(k), json.dumps(answers[k])) for k in sorted(answers))
        f.write("{\n%s\n}\n" % rows)


def check(command, given):
    answers, passed, failed = json.load(open(ANSWERS)), 0, 0
    for name in names(given):
        want = answers[name]
        sometimes = 0 in want["exit"] and want["races"]  # whether it races at all is up to the schedule, in Go as here
        for _ in range(20 if sometimes else 1):
            status, err, _ = run([w.format(file=os.path.join(HERE, name + ".go")) for w in shlex.split(command)])
            pairs, wrong = races(err, name)
            if pairs or wrong:
                break
        if status not in want["exit"]:
            wrong.append("exit status %d, Go gives %s" % (status, want["exit"]))
        if bool(pairs) != bool(want["races"]):
            wrong.append("races %s, Go reports %s" % (sorted(pairs), want["races"]))
        for p in pairs:
            if any(all(line == 0 or line in p for line in w) for w in want["races"]):
                continue  # a 0: Go's stack did not reach the program (an atomic operation's)
            wrong.append("a race of lines %s, Go's are %s" % (p, want["races"]))
        if wrong:
            failed += 1
            print("FAIL %s: %s" % (name, "; ".join(wrong)))
        else:
            passed += 1
    print("%d passed, %d failed" % (passed, failed))
    return failed == 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if sys.argv[1] == "--record":
        record(sys.argv[2:])
    else:
        sys.exit(0 if check(sys.argv[1], sys.argv[2:]) else 1)
