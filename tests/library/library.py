#!/usr/bin/env python3
"""The table of packages and members (docs/library.md), made of what the compiler reads.

    library.py check MEMBERS       docs/library.md is up to date, and every member of Go's that is not there has a reason
    library.py write MEMBERS       writes docs/library.md
    library.py record              writes go.tsv, Go's own members; needs the Go toolchain

MEMBERS is the program library_members (members.c). Reasons are in sim/vm/lib/MISSING; one that no member needs any more
is an error.
"""
import collections
import fnmatch
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DOC = os.path.join(ROOT, "docs", "library.md")
REASONS = os.path.join(ROOT, "sim", "vm", "lib", "MISSING")
GO = os.path.join(HERE, "go.tsv")


def rows(text):
    return [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def members(text):
    """package -> {member: (kind, type)}, in order."""
    out = collections.defaultdict(dict)
    for package, member, kind, *rest in rows(text):
        out[package][member] = (kind, rest[0] if rest else "")
    return out


def reasons():
    out = collections.defaultdict(list)
    for package, patterns, reason in rows(read(REASONS)):
        out[package].append((patterns.split(), reason))
    return out


def why(package, member, given, used):
    for number, (patterns, reason) in enumerate(given[package]):
        for pattern in patterns:
            if fnmatch.fnmatchcase(member, pattern) or member.startswith(pattern + "."):
                used.add((package, number))
                return reason
    return None


def table(ours, go):
    given, used, missing = reasons(), set(), []
    lines = [
        "# The library", "",
        "What a program may import, from the same files that the compiler reads (`sim/vm/lib/`); made by",
        "`tests/library/library.py write`, checked by the test `library`. Types are written as Go writes them.", "",
        "| package | members of Go 1.26 | here | not here |", "|---|---|---|---|"]
    details = []
    for package in sorted(set(ours) | set(go)):
        lacking = collections.defaultdict(list)
        for member in go[package]:
            if member in ours[package]:
                continue
            reason = why(package, member, given, used)
            if reason is None:
                missing.append(f"{package}.{member}")
            outer = member.split(".")[0]
            if "." not in member or outer in ours[package]:
                lacking[reason].append(member)
        have = sum(member in ours[package] for member in go[package])
        lines.append(f"| [{package}](#{package.replace('/', '')}) | {len(go[package])} | {have} | {len(go[package]) - have} |")
        details += ["", f"## {package}", ""]
        if lacking:
            details.append("Not here:")
            details.append("")
            details += [f"- {', '.join(f'`{name}`' for name in shorten(names))}: {reason}" for reason, names in lacking.items()]
            details.append("")
        if ours[package]:
            details.append("```go")
            details += [declaration(name, *ours[package][name]) for name in ours[package]]
            details.append("```")
    stale = [f"{package} {' '.join(patterns)}" for package in given for number, (patterns, _) in enumerate(given[package])
             if (package, number) not in used]
    return "\n".join(lines + details) + "\n", missing, stale


def shorten(names):
    """Long lists by their beginning: the unicode tables, system call numbers."""
    return names if len(names) <= 40 else names[:12] + [f"and {len(names) - 12} more"]


def declaration(name, kind, text):
    if kind == "method":
        return f"{name}{text[4:]}" if text.startswith("func") else name
    if kind == "func":
        return f"func {name}{text[4:]}" if text.startswith("func") else f"func {name}"
    return f"{kind} {name} {text}".rstrip()


def record():
    packages = sorted({row[0] for row in rows(read(REASONS))} | {row[0] for row in rows(read(GO))}) \
        if os.path.exists(GO) else sys.argv[2:]
    done = subprocess.run(["go", "run", os.path.join(HERE, "members.go"), *packages], check=True, capture_output=True,
                          text=True)
    with open(GO, "w", encoding="utf-8") as file:
        file.write("# What Go 1.26's packages export: package, member, kind (library.py record).\n")
        for row in rows(done.stdout):
            if row[0] != "syscall" or row[2] != "const":  # thousands of numbers
                file.write("\t".join(row[:3]) + "\n")


def main(args):
    if args[:1] == ["record"]:
        record()
        return 0
    if len(args) != 2 or args[0] not in ("check", "write"):
        print(__doc__)
        return 1
    ours = members(subprocess.run([args[1]], check=True, capture_output=True, text=True).stdout)
    go = members(read(GO))
    text, missing, stale = table(ours, go)
    extra = [f"{package}.{member}" for package in ours for member, (kind, _) in ours[package].items()
             if member not in go[package] and (package, kind) != ("syscall", "const")]
    for words, names in (("without a reason", missing), ("a reason for nothing", stale), ("not Go's", extra)):
        for name in names:
            print(f"{words}: {name}")
    if args[0] == "write":
        with open(DOC, "w", encoding="utf-8") as file:
            file.write(text)
    elif not os.path.exists(DOC) or read(DOC) != text:
        print("docs/library.md is not up to date: tests/library/library.py write MEMBERS")
        return 1
    return 1 if missing or stale or extra else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
