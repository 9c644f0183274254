"""Corpora that code what a text tells, or whether it happened, without marking all of it: PLV (Hu et al. 2024), PETRARCH's unit
tests, NGEC's stories (Halterman et al. 2023), UDS-IH2 (Rudinger et al. 2018).

PLOVER 1's YIELD is CONCEDE or RETREAT here. CAMEO's roots are PLOVER's types by PLOVER's own table.
"""
import json

from ..marks import STATUSES, TYPES, Marks, Mention, Told
from . import Document

CAMEO = {"02": ("REQUEST",), "03": ("AGREE",), "04": ("CONSULT",), "05": ("SUPPORT",), "06": ("COOPERATE",), "07": ("AID",),
         "08": ("CONCEDE", "RETREAT"), "09": ("ACCUSE",), "10": ("REQUEST",), "11": ("ACCUSE",), "12": ("REJECT",),
         "13": ("THREATEN",), "14": ("PROTEST",), "15": ("MOBILIZE",), "16": ("SANCTION",), "17": ("COERCE",), "18": ("ASSAULT",),
         "19": ("ASSAULT",), "20": ("ASSAULT",)}
HAPPENED = tuple(STATUSES.index(s) for s in ("occurred", "ongoing"))
NOT_YET = tuple(STATUSES.index(s) for s in ("planned", "called_for", "possible", "denied"))


def types(code):
    return tuple(TYPES.index(name) for name in (("CONCEDE", "RETREAT") if code == "YIELD" else (code,)))


def plv(path):
    """A sentence with who does it, to whom, and the type."""
    documents = []
    for row in map(json.loads, open(path, encoding="utf8")):
        marks = Marks(told=[Told(types(row["event"]), "source", "target")])      # some sentences name but one of them
        for key in ("source", "target"):
            marks.mentions += [Mention(tuple(span), key) for span in row[key][:1]]
        documents.append(Document(f"plv-{row['id']}", row["sentence"], None, marks=marks))
    return documents


def petrarch(path):
    documents = []
    for row in map(json.loads, open(path, encoding="utf8")):
        codes = sorted({event["cameo"][:2] for event in row["events"]} & set(CAMEO)) if row["expects"] == "events" else []
        if codes:
            marks = Marks(told=[Told(tuple(TYPES.index(name) for name in CAMEO[code])) for code in codes])
            documents.append(Document(f"petrarch-{row['id']}", row["text"], None, marks=marks))
    return documents


def ngec(path):
    """The headline and the first paragraph of each story, with the type that it was written for."""
    documents = []
    for row in map(json.loads, open(path, encoding="utf8")):
        text = row["headline"] + "\n\n" + row["text"].split("\n\n")[0]
        documents.append(Document(row["id"], text, None, marks=Marks(told=[Told(types(row["label"]))])))
    return documents


def uds(path):
    """Predicates that are said to have happened, or not to have (yet); those between are left out."""
    documents = []
    for row in map(json.loads, open(path, encoding="utf8")):
        marks = Marks(predicates=[(tuple(p["span"]), HAPPENED if p["score"] > 0 else NOT_YET)
                                  for p in row["predicates"] if abs(p["score"]) >= 2])
        if marks.predicates:
            documents.append(Document(row["id"], row["sentence"], None, marks=marks))
    return documents
