"""Scenes as the tests written in Python read them."""
import json
import pathlib


def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def merge(target, patch):
    """RFC 7396, as the loader merges a variant."""
    if not isinstance(patch, dict):
        return patch
    out = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            out.pop(key, None)
        else:
            out[key] = merge(out.get(key), value)
    return out


def variants(scene):
    """(name, whole scenario) for the scene itself, whose name is "", and for each of its variants."""
    base = {k: v for k, v in scene.items() if k != "variants"}
    yield "", base
    for name, patch in scene.get("variants", {}).items():
        yield name, merge(base, patch)
