"""The published schemas, judged by an independent validator.

Every scene (and each of its variants, merged by RFC 7396) is valid; every file under broken/ is not, as the loader's own
test holds of the same files; names of events and costs are those of the runtime. Arguments: the tree's root.
With --names the schema's names of events and costs are brought up to the runtime's tables first.
"""
import json
import pathlib
import re
import sys

import jsonschema

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "scenes"))
from scene_files import load, variants

root = pathlib.Path(sys.argv[1])
failed = []


def parts(scene):
    """The file as it stands, and each variant merged; what is broken may be no object, or have a list of variants."""
    yield "", scene
    if isinstance(scene, dict) and isinstance(scene.get("variants"), dict):
        yield from variants(scene)


def errors(validator, scene):
    return [f"{name}: {e.json_path}: {e.message}" for name, whole in parts(scene) for e in validator.iter_errors(whole)]


def names(path, macro):
    return re.findall(macro, (root / path).read_text(encoding="utf-8"), re.M)


def quoted_lines(words, indent):
    lines, line = [], ""
    for i, word in enumerate(words):
        item = json.dumps(word) + ("," if i + 1 < len(words) else "")
        if len(line) + len(item) + indent > 115:
            lines.append(line)
            line = ""
        line += (" " if line else "") + item
    return "".join(" " * indent + x + "\n" for x in lines + [line])


def bring_names_up(path, key, words):
    """Rewrites one list of names in place; the rest of the file stays as it is."""
    text = path.read_text(encoding="utf-8")
    head = re.search(r'"%s": \{[^{}\[]*"enum": \[\n' % key, text).end()
    tail = text.index("      ]", head)
    path.write_text(text[:head] + quoted_lines(words, 8) + text[tail:], encoding="utf-8")


event_names = names("runtime/event/events.def", r"^EVENT\((\w+)")
cost_names = names("runtime/costs.def", r'^COST\(\w+,\s*"(\w+)"')
if "--names" in sys.argv:
    bring_names_up(root / "assets/scenario.schema.json", "event", event_names)
    bring_names_up(root / "assets/scenario.schema.json", "costName", cost_names)
schema = load(root / "assets/scenario.schema.json")
course_schema = load(root / "assets/course.schema.json")
for s in (schema, course_schema):
    jsonschema.Draft202012Validator.check_schema(s)
validator = jsonschema.Draft202012Validator(schema)
course = jsonschema.Draft202012Validator(course_schema)

scenes = sorted(root.glob("scenes/*/scene.json"))
if len(scenes) < 6:
    failed.append(f"only {len(scenes)} scenes found")
for path in scenes:
    failed += [f"{path}: {e}" for e in errors(validator, load(path))]
failed += [f"course.json: {e.message}" for e in course.iter_errors(load(root / "scenes/course.json"))]

broken = sorted(root.glob("tests/scenario/broken/*.json"))
if len(broken) < 50:
    failed.append(f"only {len(broken)} broken files found")
for path in broken:
    if not errors(validator, load(path)):
        failed.append(f"{path.name}: the schema accepts what the loader refuses")

if schema["$defs"]["event"]["enum"] != event_names:
    failed.append("the schema's events are not those of events.def (run this with --names)")
if schema["$defs"]["costName"]["enum"] != cost_names:
    failed.append("the schema's costs are not those of costs.def (run this with --names)")

print("\n".join(failed) if failed else f"{len(scenes)} scenes valid, {len(broken)} broken files refused")
sys.exit(1 if failed else 0)
