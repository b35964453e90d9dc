#!/usr/bin/env python3
"""Go programs and what real Go answered: the same from gosee, in both worlds.

    answers.py check GOSEE [--world live|stepped] [NAME...]
    answers.py record [NAME...]        needs the Go toolchain; writes answers.json (all programs, or those named)

A program reads its `// input:` lines. Recorded are standard output, the exit status, and of standard error what a run
without addresses and goroutine numbers repeats. Long output is kept as a checksum for each 20 lines, so that a failure
still names its place; `check` shows both sides if Go is on the machine. The last line printed is `N passed, M failed`.
"""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
ANSWERS = os.path.join(HERE, "answers.json")
LONGEST, BLOCK, TIMEOUT = 3000, 20, 120


def programs(names):
    if names:
        return names
    return sorted(name for name in os.listdir(HERE) if name.endswith(".go"))


def given(path):
    with open(path, encoding="utf-8") as source:
        lines = re.findall(r"^// input: ?(.*)$", source.read(), re.M)
    return "".join(line + "\n" for line in lines)


def trace(text):
    """Standard error without what differs from run to run, or between compiled and interpreted code: addresses, numbers
    of goroutines, arguments, frames of the library."""
    out, lines = [], text.split("\n")
    while lines:
        line = lines.pop(0)
        if line.startswith("exit status"):
            continue
        if lines and re.match(r"\t\S+\.go", lines[0]) and not line.startswith(("main.", "created by main")):
            lines.pop(0)
            continue
        line = re.sub(r"0x[0-9a-f]+", "0xN", line)
        line = re.sub(r"\S*?([\w.-]+\.go):", r"\1:", line)
        line = re.sub(r" \+0xN", "", line)
        line = re.sub(r"goroutine \d+", "goroutine N", line)
        line = re.sub(r"\[signal SIGSEGV.*", "[signal SIGSEGV]", line)
        if not line.startswith(("panic", "fatal", "goroutine", "\t", "[")):
            line = re.sub(r"\(.*\)$", "()", line)
        out.append(line)
    return "\n".join(out).strip()


def kept(text):
    if len(text) <= LONGEST:
        return text
    lines = text.split("\n")
    return [zlib.crc32("\n".join(lines[i : i + BLOCK]).encode()) for i in range(0, len(lines), BLOCK)]


def run(command, path):
    done = subprocess.run(command, input=given(path), capture_output=True, text=True, errors="replace",
                          timeout=TIMEOUT, cwd=HERE)
    return {"stdout": done.stdout, "status": done.returncode, "stderr": trace(done.stderr)}


def real(path, folder):
    binary = os.path.join(folder, os.path.basename(path)[:-3])
    subprocess.run(["go", "build", "-o", binary, path], check=True, cwd=HERE)
    return run([binary], path)


def record(names):
    try:
        with open(ANSWERS, encoding="utf-8") as file:
            answers = json.load(file)
    except FileNotFoundError:
        answers = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in programs(names):
            got = real(os.path.join(HERE, name), folder)
            answers[name] = {"stdout": kept(got["stdout"]), "status": got["status"], "stderr": got["stderr"]}
    answers = {name: answers[name] for name in sorted(answers) if os.path.exists(os.path.join(HERE, name))}
    with open(ANSWERS, "w", encoding="utf-8") as file:
        rows = (f"{json.dumps(name)}: {json.dumps(answer, ensure_ascii=False)}" for name, answer in answers.items())
        file.write("{\n" + ",\n".join(rows) + "\n}\n")


def first_difference(want, got):
    for number, (w, g) in enumerate(zip(want + [None], got + [None]), 1):
        if w != g:
            return f"line {number}: want {w!r}, got {g!r}"
    return f"line {min(len(want), len(got)) + 1}: lengths differ"


def wrong_output(want, got, path):
    if isinstance(want, str):
        return first_difference(want.split("\n"), got.split("\n"))
    have = kept(got) if len(got) > LONGEST else []
    block = next((i for i, (w, h) in enumerate(zip(want, have)) if w != h), min(len(want), len(have)))
    text = f"lines {block * BLOCK + 1} to {(block + 1) * BLOCK}"
    if shutil.which("go"):
        with tempfile.TemporaryDirectory() as folder:
            text += ", " + first_difference(real(path, folder)["stdout"].split("\n"), got.split("\n"))
    return text


def check(job):
    name, command, want = job
    path = os.path.join(HERE, name)
    if want is None:
        return ["no answer is recorded"]
    try:
        got = run([word.replace("{file}", path) for word in command], path)
    except subprocess.TimeoutExpired:
        return ["did not end"]
    wrong = []
    if kept(got["stdout"]) != want["stdout"]:
        wrong.append("stdout: " + wrong_output(want["stdout"], got["stdout"], path))
    if got["status"] != want["status"]:
        wrong.append(f"status: want {want['status']}, got {got['status']}")
    if got["stderr"] != want["stderr"]:
        wrong.append("stderr: " + first_difference(want["stderr"].split("\n"), got["stderr"].split("\n")))
    return wrong


def main(args):
    if args[:1] == ["record"]:
        record(args[1:])
        return 0
    if args[:1] != ["check"] or len(args) < 2:
        print(__doc__)
        return 1
    gosee, rest, world = os.path.abspath(args[1]), args[2:], "stepped"
    if rest[:1] == ["--world"]:
        world, rest = rest[1], rest[2:]
    with open(ANSWERS, encoding="utf-8") as file:
        answers = json.load(file)
    names = programs(rest)
    jobs = [(name, [gosee, "run", "--world", world, "{file}"], answers.get(name)) for name in names]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for name, wrong in zip(names, pool.map(check, jobs)):
            failed += bool(wrong)
            for text in wrong:
                print(f"{name}: {text}")
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed or not names else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
