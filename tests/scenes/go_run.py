"""Scenes under the real toolchain: what Go prints is among the outcomes that a scene expects.

Arguments: the scenes' folder, then names of scenes (default all) and --runs N (default 3). Each program of each scene and
variant is built once with go build and run N times on as many Ps as the scene has; outcomes with "world": "live" count, as
in any live run. A file that is to be refused must be refused by go build with the same text at the same place.
Real Go need not show all that is listed: it never lost an update here, and the stepped world must.
"""
import argparse
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from scene_files import load, variants


def has_shape(outcome, out):
    lines = out.splitlines()
    if "anyOrder" in outcome and sorted(lines) != sorted(outcome["anyOrder"]):
        return False
    for a, b in outcome.get("before", []):
        if a not in lines or b not in lines or lines.index(a) >= lines.index(b):
            return False
    counted = {c["text"]: c for c in outcome.get("lines", [])}
    named = set(counted).union(*map(set, outcome.get("before", [])))
    if counted and not named.issuperset(lines):
        return False
    return all(c.get("from", 0) <= lines.count(t) <= c.get("to", sys.maxsize) for t, c in counted.items())


def is_outcome(outcome, seen):
    status, out, error = seen
    if outcome.get("exit", 0) != status or outcome.get("error", "") != error:
        return False
    if {"anyOrder", "before", "lines"}.isdisjoint(outcome):
        return outcome.get("stdout", "") == out
    return has_shape(outcome, out)


def run(binary, scene):
    env = dict(os.environ)
    if "procs" in scene.get("machine", {}):
        env["GOMAXPROCS"] = str(scene["machine"]["procs"])
    done = subprocess.run([binary, *scene.get("args", [])], input=scene.get("stdin", ""), capture_output=True, text=True,
                          timeout=120, env=env)
    return done.returncode, done.stdout, done.stderr.split("\n", 1)[0]


def judge_rejected(scene, said):
    got = set(re.findall(r"^\S*?%s:(\d+):(\d+): (.*)$" % re.escape(scene["program"]), said, re.M))
    want = {(str(r["line"]), str(r["col"]), r["text"]) for r in scene["expect"]["rejected"]}
    return [] if got == want else [f"go build says {sorted(got)}, expected {sorted(want)}"]


def judge(scene, folder, binary, runs):
    """What is wrong with one scene or variant, as a list of sentences."""
    build = subprocess.run(["go", "build", "-o", binary, str(folder / scene["program"])], capture_output=True,
                           text=True)
    if "rejected" in scene.get("expect", {}):
        return judge_rejected(scene, build.stderr)
    if build.returncode:
        return [build.stderr]
    if scene.get("machine", {}).get("threads") == "1:1":
        return []  # Go has no such world
    seen = collections.Counter(run(binary, scene) for _ in range(runs))
    expected = scene.get("expect", {}).get("outcomes", [])
    return [f"{n} of {runs} runs: {s}" for s, n in seen.items()
            if expected and not any(is_outcome(o, s) for o in expected)]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("scenes", type=pathlib.Path)
    p.add_argument("names", nargs="*")
    p.add_argument("--runs", type=int, default=3)
    a = p.parse_args()
    if not shutil.which("go"):
        print("there is no Go toolchain on this machine")
        return 77
    failed = count = 0
    with tempfile.TemporaryDirectory() as tmp:
        for path in sorted(a.scenes.glob("*/scene.json")):
            if a.names and path.parent.name not in a.names:
                continue
            for name, scene in variants(load(path)):
                count += 1
                for what in judge(scene, path.parent, f"{tmp}/program", a.runs):
                    failed += 1
                    print(f"FAIL {path.parent.name}{', ' + name if name else ''}: {what}")
    print(f"{count - failed} passed, {failed} failed")
    return 1 if failed or not count else 0


sys.exit(main())
