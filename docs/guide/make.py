"""The guide with its pictures, drawn by the program itself.

Arguments: gosee, the tree's root, the folder to write. Fails if a picture that the text shows is not made here, or one that
is made is shown nowhere.
"""
import pathlib
import re
import shutil
import subprocess
import sys

PICTURES = {
    "question": ["no-parents", "--at", "lesson:3"],
    "outcomes": ["lost-update", "--view", "outcomes", "--at", "end"],
    "stage": ["runnext", "--at", "lesson:2"],
    "crowd": ["crowd", "--at", "lesson:3"],
    "compare": ["no-parents", "--view", "compare", "--at", "end"],
}
PLACES = {"TRANSPORT": "Playing", "HEADER": "The window", "NARRATION": "The lesson", "PROWS": "Goroutines",
          "TIMELINE": "The timeline", "SOURCE": "The source", "ROOMS": "Waiting rooms", "OUTPUT": "The output"}


def keys(root):
    """Rows of keys.def as Markdown, by the place that they act on; a second way to press the same has no text."""
    text = (root / "sim/view/keys.def").read_text(encoding="utf-8")
    rows = re.findall(r'^KEY\(\w+,\s*"([^"]*)",\s*"(?:[^"\\]|\\.)*",[^,]*,[^,]*,\s*(\w+),\s*"([^"]*)"\)', text, re.M)
    lines = []
    for place, title in PLACES.items():
        here = [(shown, does) for shown, at, does in rows if at == place and does]
        lines += [f"## {title}", "", "| key | does |", "|---|---|"] if here else []
        for shown, does in here:
            shown = shown.encode().decode("unicode_escape").encode("latin-1").decode("utf-8")
            lines.append(f"| `{shown}` | {does} |")
        lines += [""] if here else []
    missing = {at for _, at, _ in rows} - set(PLACES)
    if missing or len(rows) < 40:
        sys.exit(f"keys.def: {len(rows)} keys were read; places without a title: {sorted(missing)}")
    return "\n".join(lines)


def main():
    gosee, root, out = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    (out / "pictures").mkdir(parents=True, exist_ok=True)
    shown = set()
    for page in sorted((root / "docs/guide").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        shown |= set(re.findall(r"\]\(pictures/([\w-]+)\.png\)", text))
        for link in re.findall(r"\]\((?!pictures/)([^)]+)\)", text):
            if not (page.parent / link).exists():
                sys.exit(f"{page.name}: {link} is not there")
        (out / page.name).write_text(text.replace("@KEYS@", keys(root)).replace("](../", "]("), encoding="utf-8")
    if shown != set(PICTURES):
        sys.exit(f"shown and not made, or made and not shown: {sorted(shown ^ set(PICTURES))}")
    for name, (scene, *how) in PICTURES.items():
        subprocess.run([gosee, "shot", str(root / "scenes" / scene), *how, "--size", "1280x720", "-o",
                        str(out / f"pictures/{name}.png")], check=True)
    shutil.copy(root / "docs/library.md", out)
    print(f"{out}: the guide with {len(PICTURES)} pictures")


main()
