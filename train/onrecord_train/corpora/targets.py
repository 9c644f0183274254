"""Corpora that label a marked span of a sentence: ReLocaR (Gritta et al. 2017), NewsMTSC (Hamborg and Donnay 2021)."""
import json

from ..marks import KINDS, Marks, Mention
from . import Document

PLACE = KINDS.index("place")
ACTORS = tuple(i for i, kind in enumerate(KINDS) if kind in ("state", "organization", "group"))


def relocar(path):
    """A place name is literal, a place, or stands for who acts from it."""
    documents = []
    for row in map(json.loads, open(path, encoding="utf8")):
        kinds = (PLACE,) if row["label"] == "literal" else ACTORS
        marks = Marks(mentions=[Mention(tuple(row["span"]), None, kinds)])
        documents.append(Document(row["id"], row["text"], None, marks=marks))
    return documents


def newsmtsc(path):
    documents = []
    for row in map(json.loads, open(path, encoding="utf8")):
        marks = Marks(mentions=[Mention(tuple(t["span"]), None, stance=t["polarity"] + 1) for t in row["targets"]])
        documents.append(Document(row["id"], row["sentence"], None, marks=marks))
    return documents
