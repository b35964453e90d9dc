"""Every form that an expect can have is used by a scene, and a scene that uses it fails once what it says is made wrong.

Arguments: gosee, the tree's root. For each form the first scene that has it is changed in that one place and checked: it must
fail, and not for being malformed.
"""
import copy
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from scene_files import load, merge, variants

gosee, root = sys.argv[1], pathlib.Path(sys.argv[2])
RARE = "Recover"  # an event that hardly any run has
RUNS = 10
TRIED = 8


def cases():
    """Each scene and variant as a scenario of its own, and its fellows' machines, for those who compare."""
    for path in sorted(root.glob("scenes/*/scene.json")):
        scene = load(path)
        nothing = {"outcomes": None, "events": None, "totals": None}
        others = {name: {"machine": {"procs": 2, **whole.get("machine", {})}, "program": whole["program"], "expect": nothing}
                  for name, whole in variants(scene) if name}
        for name, whole in variants(scene):
            yield path.parent, name, whole, others


def changed(scene, change):
    """A copy in which change has done its work; None where it finds nothing to do."""
    copied = copy.deepcopy(scene)
    return copied if change(copied) else None


def entries(scene, kind):
    return scene.get("expect", {}).get(kind, [])


def with_holds(scene):
    return [s["ask"]["holds"] for s in scene.get("lesson", []) if "holds" in s.get("ask", {})]


def outcome(key, change):
    def act(scene):
        for o in entries(scene, "outcomes"):
            if key in o and "world" not in o and o.get("must") != "may":
                change(o)
                return True
        return False
    return act


def positive(e):
    return e.get("exactly", 0) or e.get("at least", 0)


def event(key, change, fits=positive):
    def act(scene):
        for e in entries(scene, "events"):
            if key in e and fits(e) and "of" not in e and e.get("kind") != RARE:
                change(e)
                return True
        return False
    return act


def total(key, change):
    def act(scene):
        t = scene.get("expect", {}).get("totals", {}).get(key)
        return bool(t) and "of" not in t and change(t)
    return act


def unreachable(bounds):
    for bound in ("exactly", "at least", "at most"):
        bounds.pop(bound, None)
    bounds["at least"] = 10 ** 15
    return True


def any_total(key, value):
    def act(scene):
        for t in scene.get("expect", {}).get("totals", {}).values():
            if key in t and "of" not in t:
                t.clear()
                t[key] = value
                return True
        return False
    return act


def ratio(scene):
    for t in [*scene.get("expect", {}).get("totals", {}).values(), *entries(scene, "events")]:
        if "of" in t:
            of = t["of"]
            unreachable(t)
            t["of"] = of
            return True
    return False


def rejected(key, value):
    def act(scene):
        for r in entries(scene, "rejected"):
            if key in r:
                r[key] = value(r[key])
                return True
        return False
    return act


def holds(key, change):
    def act(scene):
        for h in with_holds(scene):
            if key in h:
                change(h)
                return True
        return False
    return act


def put(key, value):
    def change(e):
        e[key] = value(e.get(key)) if callable(value) else value
    return change


def never_seen(scene):
    for o in entries(scene, "outcomes"):
        if o.get("must") == "occur":
            entries(scene, "outcomes").append({"stdout": "never", "must": "occur"})
            return True
    return False


def without(must):
    def act(scene):
        kept = [o for o in entries(scene, "outcomes") if o.get("must") != must]
        if len(kept) == len(entries(scene, "outcomes")) or not kept:
            return False
        scene["expect"]["outcomes"] = kept
        return True
    return act


def of_live_only(scene):
    if not any("world" in o for o in entries(scene, "outcomes")):
        return False
    for o in entries(scene, "outcomes"):
        if "world" not in o:
            o.pop("must", None)
            o.pop("share", None)
            o["world"] = "live"
    return True


FORMS = {
    "outcomes: stdout": outcome("stdout", put("stdout", lambda t: t + "and more\n")),
    "outcomes: anyOrder": outcome("anyOrder", lambda o: o["anyOrder"].append("one more")),
    "outcomes: before": outcome("before", lambda o: o["before"][0].reverse()),
    "outcomes: lines": outcome("lines", lambda o: o["lines"][0].update({"from": 99, "to": 99})),
    "outcomes: exit": outcome("exit", put("exit", lambda n: n + 1)),
    "outcomes: error": outcome("error", put("error", lambda t: t + "?")),
    "outcomes: must occur": never_seen,
    "outcomes: must may": without("may"),
    "outcomes: share": outcome("share", put("share", [0.9999, 1])),
    "outcomes: world": of_live_only,
    "events: kind": event("kind", put("kind", RARE)),
    "events: reason": event("reason", put("reason", "panicwait")),
    "events: goroutine": event("goroutine", put("goroutine", "nobody")),
    "events: by": event("by", put("by", "nobody")),
    "events: thread": event("thread", put("thread", 99)),
    "events: where": event("where", lambda e: e["where"].update({k: 1000003 for k in e["where"]})),
    "events: exactly": event("exactly", put("exactly", lambda n: n + 1)),
    "events: at least": event("at least", put("at least", 10 ** 9)),
    "events: at most": event("at most", lambda e: e.pop("at least") and e.update({"at most": 0}), lambda e: e.get("at least", 0)),
    "events: in": event("in", put("in", "every run"), lambda e: e["in"] == "some run"),
    "events: from": event("from", put("from", RARE)),
    "events: to": event("to", lambda e: e.update({"to": e["kind"]})),
    "events: during": event("during", lambda e: e.pop("during"), lambda e: e.get("exactly") == 0),
    "events: after": event("after", put("after", "10h")),
    "events: per": event("per", lambda e: e.update({"per": e["kind"]}), lambda e: e.get("exactly", 1) != 1),
    "totals: threads": total("threads", unreachable),
    "totals: threadsStarted": total("threadsStarted", unreachable),
    "totals: goroutinesPeak": total("goroutinesPeak", unreachable),
    "totals: memoryPeak": total("memoryPeak", unreachable),
    "totals: schedticks": total("schedticks", unreachable),
    "totals: waitingAtExit": total("waitingAtExit", unreachable),
    "totals: time": total("time", unreachable),
    "totals: wait": total("wait", unreachable),
    "totals: exactly": any_total("exactly", 999),
    "totals: at most": any_total("at most", 0),
    "totals: of": ratio,
    "totals: goroutine": total("wait", lambda t: "goroutine" in t and not t.update({"goroutine": "nobody"})),
    "rejected: file": rejected("file", lambda t: "other.go"),
    "rejected: line": rejected("line", lambda n: n + 1),
    "rejected: col": rejected("col", lambda n: n + 1),
    "rejected: text": rejected("text", lambda t: t + "?"),
    "holds: outcomes": holds("outcomes", lambda h: h["outcomes"].append({"stdout": "never", "must": "occur"})),
    "holds: events": holds("events", lambda h: h["events"].append({"kind": "GoCreate", "exactly": 123456})),
    "holds: totals": holds("totals", lambda h: unreachable(next(iter(h["totals"].values())))),
}


def forms_of_schema():
    defs = load(root / "assets/scenario.schema.json")["$defs"]
    expect = defs["expect"]["properties"]
    for part, item in (("outcomes", defs["outcome"]), ("events", expect["events"]["items"]), ("rejected", expect["rejected"]["items"])):
        for key in item["properties"]:
            if part != "events" or key != "of":  # as with totals
                yield f"{part}: {key}"
    for key in expect["totals"]["properties"]:
        yield f"totals: {key}"


def check(folder, scene, others):
    """What gosee check says of the scene in place of its own: status and output. What need not occur always needs all its runs."""
    if not re.search('"(must|in)":', json.dumps(scene.get("expect", {}))):
        scene["expect"]["runs"] = min(scene["expect"].get("runs", RUNS), RUNS)
    if '"of"' in json.dumps(scene):
        scene = {**scene, "variants": others}
    with tempfile.TemporaryDirectory() as tmp:
        for go in folder.glob("*.go"):
            shutil.copy(go, tmp)
        path = pathlib.Path(tmp) / "scene.json"
        path.write_text(json.dumps(scene), encoding="utf-8")
        done = subprocess.run([gosee, "check", "--world", "stepped", str(path)], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


def break_form(form, change, all_cases):
    """Some scenes list what is rarer than their runs; so several are tried."""
    tried = [(folder, name, broken, others) for folder, name, scene, others in all_cases
             if (broken := changed(scene, change))]
    for folder, name, broken, others in tried[:TRIED]:
        status, said = check(folder, broken, others)
        if re.search(r"scene\.json:\d+:\d+: /", said):
            return f"{form}: {folder.name} {name} is no scenario any more: {said}"
        if status == 1 and "FAIL" in said:
            return ""
    if not tried:
        return f"{form}: no scene needs it"
    return f"{form}: broken in {', '.join(f'{folder.name} {name}' for folder, name, *_ in tried[:TRIED])} it is accepted"


def main():
    all_cases = list(cases())
    failed = [f"{form}: of the schema, and not tried here" for form in forms_of_schema()
              if form not in FORMS and form != "outcomes: must"]
    failed += filter(None, (break_form(form, change, all_cases) for form, change in FORMS.items()))
    print("\n".join(failed) if failed else f"{len(FORMS)} forms of expect: each is needed by a scene, and broken each fails")
    return 1 if failed else 0


sys.exit(main())
