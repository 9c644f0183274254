"""PolNeAR (Newell, Margolin, Ruths, LREC 2018): brat standoff, the first annotator of each article."""
import glob
import os

from . import Document, Statement


def read_annotation(path):
    entity, statements = {}, []
    for line in open(path, encoding="utf8"):
        part = line.rstrip("\n").split("\t")
        if line[0] == "T" and len(part) >= 3:
            entity[part[0]] = [tuple(map(int, x.split())) for x in part[1].split(" ", 1)[1].split(";")]
        elif line[0] == "E":
            role = {"Content": [], "Source": [], "Cue": []}
            for pair in part[1].split():
                key, ref = pair.split(":")
                role.setdefault(key.rstrip("0123456789"), []).extend(entity.get(ref, []))
            if role["Content"]:
                statements.append(Statement(sorted(role["Content"]), sorted(role["Source"]), sorted(role["Cue"])))
    return statements


def load(folder):
    documents = []
    for path in sorted(glob.glob(os.path.join(folder, "text", "*.txt"))):
        name = os.path.basename(path)[:-4]
        annotations = sorted(glob.glob(os.path.join(folder, "attributions", glob.escape(name) + "_*.ann")))
        if annotations:
            text = open(path, encoding="utf8", newline="").read()
            documents.append(Document(name, text, read_annotation(annotations[0]), nested=False))
    return documents
