#!/usr/bin/env python3
"""Holds recordings against Go's own parser of execution traces.

    go_trace.py GOSEE PATH...
    go_trace.py GOSEE --real RUNS

The other way round, --real has the real Go trace a program (traced/main.go) and holds gosee's reading of it against Go's.

A PATH is a .go file, a scene, or a folder of either. Each is run and recorded in both worlds, with 1, 2 and 4 Ps and with
threads 1:1. Of every recording it is checked that
  - gosee reads back the very events that it wrote;
  - `go tool trace -d=parsed` accepts it;
  - each goroutine makes the same transitions there as here, as often.
The last line printed is `N passed, M failed`; status 1 if any failed, 77 (skipped) if there is no Go.
"""
import collections
import concurrent.futures
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

TIMEOUT = 120
LIMITS = ["--limit", "events=100000", "--limit", "hostTime=20s"]
SIMPLE = {
    "GoStart": ("Runnable", "Running"),
    "GoStop": ("Running", "Runnable"),
    "GoBlock": ("Running", "Waiting"),
    "GoDestroy": ("Running", "NotExist"),
    "GoSyscallBegin": ("Running", "Syscall"),
    "GoSyscallEndBlocked": ("Syscall", "Runnable"),
}
PARSED = re.compile(rb" GoID=(\d+) (\w+)->(\w+) ")


def ours(events):
    """How often each goroutine goes from one state to another, as Go counts it: who comes back from a call without the P
    that it had is runnable first."""
    count = collections.Counter()
    lost = set()  # threads that are in a call and have lost their P
    for line in events.splitlines():
        e = json.loads(line)
        kind, args = e["kind"], e["args"]
        if kind == "GoSyscallBegin":
            lost.discard(e["m"])
        elif kind == "ProcSteal":
            lost.add(args["from_m"])
        elif kind == "ProcStop":
            lost.add(e["m"])
        if kind in SIMPLE:
            count[(e["g"], *SIMPLE[kind])] += 1
        elif kind == "GoCreate":
            count[(args["newg"], "NotExist", "Runnable")] += 1
        elif kind == "GoStatus" and args["status"] == 4:  # RT_GO_BEGINS_WAITING
            count[(args["newg"], "NotExist", "Waiting")] += 1
        elif kind == "GoUnblock":
            count[(args["woken"], "Waiting", "Runnable")] += 1
        elif kind == "GoSyscallEnd" and e["m"] in lost:
            count[(e["g"], "Syscall", "Runnable")] += 1
            count[(e["g"], "Runnable", "Running")] += 1
        elif kind == "GoSyscallEnd":
            count[(e["g"], "Syscall", "Running")] += 1
    return count


def theirs(parsed):
    count = collections.Counter()
    for g, was, now in PARSED.findall(parsed):
        if was != now and was != b"Undetermined":
            count[(int(g), was.decode(), now.decode())] += 1
    return count


def run(argv):
    r = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT)
    return r.returncode, r.stdout, r.stderr.decode("utf-8", "replace")


def check(gosee, path, world, machine, folder):
    """What is wrong; None if nothing is."""
    fd, trace = tempfile.mkstemp(suffix=".trace", dir=folder)
    os.close(fd)
    try:
        status, events, err = run([gosee, "explain", "--json", "--record", trace, "--world", world, *machine, *LIMITS, path])
        if status not in (0, 3):
            return f"status {status}: {err.strip()}"
        status, again, err = run([gosee, "explain", "--json", trace])
        if status != 0:
            return f"cannot be read back: {err.strip()}"
        if again != events:
            return "other events are read back"
        status, parsed, err = run(["go", "tool", "trace", "-d=parsed", trace])
        if status != 0:
            return f"go tool trace: {err.strip()[:600]}"
        here, there = ours(events), theirs(parsed)
        if here != there:
            return f"transitions: only here {dict(here - there)}, only there {dict(there - here)}"
        return None
    except subprocess.TimeoutExpired as e:
        return f"no end: {' '.join(e.cmd)}"
    finally:
        os.unlink(trace)


def check_real(gosee, program, procs, folder):
    trace = os.path.join(folder, "real.trace")
    env = dict(os.environ, GOMAXPROCS=str(procs))
    subprocess.run([program, trace, "40"], check=True, env=env, timeout=TIMEOUT)
    status, events, err = run([gosee, "explain", "--json", trace])
    if status != 0:
        return f"cannot be read: {err.strip()}"
    status, parsed, err = run(["go", "tool", "trace", "-d=parsed", trace])
    if status != 0:
        return f"go tool trace: {err.strip()[:600]}"
    here, there = ours(events), theirs(parsed)
    return None if here == there else f"transitions: only here {dict(here - there)}, only there {dict(there - here)}"


def real(gosee, runs):
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "traced")
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "traced", "main.go")
        subprocess.run(["go", "build", "-o", program, source], check=True)
        for i in range(runs):
            procs = (1, 2, 4, 16)[i % 4]
            wrong = check_real(gosee, program, procs, folder)
            if wrong:
                failed += 1
                print(f"FAIL a real trace, GOMAXPROCS={procs}: {wrong}", flush=True)
    print(f"{runs - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def paths_in(path):
    if path.endswith(".go") or os.path.exists(os.path.join(path, "scene.json")):
        return [path]
    names = sorted(os.listdir(path))
    scenes = [os.path.join(path, n) for n in names if os.path.exists(os.path.join(path, n, "scene.json"))]
    return scenes or [os.path.join(path, n) for n in names if n.endswith(".go")]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    if not shutil.which("go"):
        print("go is not installed: skipped")
        sys.exit(77)
    gosee = os.path.abspath(sys.argv[1])
    if sys.argv[2] == "--real":
        real(gosee, int(sys.argv[3]))
    paths = [p for a in sys.argv[2:] for p in paths_in(a)]
    machines = [["--procs", "1"], ["--procs", "2"], ["--procs", "4"], ["--threads", "1:1"]]
    failed = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        cases = list(itertools.product(paths, ("stepped", "live"), machines))
        found = pool.map(lambda c: check(gosee, c[0], c[1], c[2], folder), cases)
        for (path, world, machine), wrong in zip(cases, found):
            if wrong:
                failed += 1
                print(f"FAIL {path} --world {world} {' '.join(machine)}: {wrong}", flush=True)
    print(f"{len(cases) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
