#!/usr/bin/env python3
"""A recording is whole however the program ends.

    ends.py GOSEE

Programs end by themselves, by os.Exit, a panic, a fatal error, a limit and signals, in both worlds. Each time the status
is what it is without --record, the recording can be read, its last event is RunEnd, and no other file is left.
"""
import json
import os
import signal
import subprocess
import sys
import tempfile

HEAD = "package main\n\n"
ENDS = {
    "main": (HEAD + "func main() {}\n", 0),
    "exit": (HEAD + 'import "os"\n\nfunc main() { os.Exit(7) }\n', 7),
    "panic": (HEAD + 'func main() { panic("x") }\n', 2),
    "deadlock": (HEAD + "func main() { <-make(chan int) }\n", 2),
    "events": (HEAD + "func main() {\n\tc := make(chan int, 1)\n\tfor {\n\t\tc <- 1\n\t\t<-c\n\t}\n}\n", 3),
}
LOOP = HEAD + 'import "os"\n\nfunc main() {\n\tos.Stdout.WriteString("ready\\n")\n\tfor {\n\t}\n}\n'
SLEEP = (HEAD + 'import (\n\t"os"\n\t"time"\n)\n\nfunc main() {\n\tos.Stdout.WriteString("ready\\n")\n'
         "\ttime.Sleep(1000 * time.Hour)\n}\n")
failed = []


def look(gosee, folder, trace, what):
    r = subprocess.run([gosee, "explain", "--json", trace], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    lines = r.stdout.splitlines()
    if r.returncode or not lines or json.loads(lines[-1])["kind"] != "RunEnd":
        failed.append(f"{what}: {lines[-1:]}")
    os.unlink(trace)
    left = [n for n in os.listdir(folder) if not n.endswith(".go")]
    if left:
        failed.append(f"{what}: left behind: {left}")


def by_itself(gosee, folder, world, name):
    source, status = ENDS[name]
    path, trace = os.path.join(folder, name + ".go"), os.path.join(folder, name + ".trace")
    with open(path, "w") as f:
        f.write(source)
    argv = [gosee, "run", "--world", world, "--record", trace, "--limit", "events=5000", path]
    r = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60)
    if r.returncode != status:
        failed.append(f"{world} {name}: status {r.returncode}, expected {status}: {r.stderr}")
        return
    look(gosee, folder, trace, f"{world} {name}")


def by_signal(gosee, folder, world, name, source, number):
    path, trace = os.path.join(folder, name + ".go"), os.path.join(folder, name + ".trace")
    with open(path, "w") as f:
        f.write(source)
    p = subprocess.Popen([gosee, "run", "--world", world, "--record", trace, path], stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE)
    p.stdout.readline()
    if os.path.exists(trace):
        failed.append(f"{world} {name}: the recording has its name before it is whole")
    p.send_signal(number)
    status = p.wait(timeout=60)
    p.stdout.close()
    if status != -number:
        failed.append(f"{world} {name}: status {status}, expected {-number}")
        return
    look(gosee, folder, trace, f"{world} {name} {number}")


def main():
    gosee = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for world in ("stepped", "live"):
            for name in ENDS:
                by_itself(gosee, folder, world, name)
            by_signal(gosee, folder, world, "loop", LOOP, signal.SIGINT)
        by_signal(gosee, folder, "live", "loop", LOOP, signal.SIGTERM)
        by_signal(gosee, folder, "live", "sleep", SLEEP, signal.SIGINT)
    for line in failed:
        print(line)
    print("failed" if failed else "ok")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
