"""Corpora of coreference: OntoGUM (Zhu et al. 2021), LitBank (Bamman et al. 2020), GAP (Webster et al. 2018).

Only their links are used, between the mentions that they give: what they count as a mention is not what the Desk corpus does.
"""
import csv
import json

from ..marks import Marks, Mention
from . import Document

WORDS_A_DOCUMENT = 800      # LitBank's chapters are read in parts of about so many words


def ontogum(path):
    documents = []
    for row in map(json.loads, open(path, encoding="utf8")):
        marks = Marks(chains=True)
        for m in row["mentions"]:
            if len(m["span"]) == 1:
                marks.mentions.append(Mention(tuple(m["span"][0]), m["chain"]))
        documents.append(Document(row["id"], row["text"], None, marks=marks))
    return documents


def litbank(path):
    documents = []
    for row in map(json.loads, open(path, encoding="utf8")):
        parts = []
        for s in row["sentences"]:
            a, b = s["tokens"]
            if not parts or b - parts[-1][0] > WORDS_A_DOCUMENT:
                parts.append([a, b])
            parts[-1][1] = b
        for number, (a, b) in enumerate(parts):
            start, end = row["offsets"][a][0], row["offsets"][b - 1][1]
            marks = Marks(chains=True)
            for m in row["mentions"]:
                s, e = m["span"][0]
                if m["chain"] is not None and start <= s and e <= end:
                    marks.mentions.append(Mention((s - start, e - start), m["chain"]))
            documents.append(Document(f"{row['id']}-{number}", row["text"][start:end], None, marks=marks))
    return documents


def gap(path):
    """A pronoun and two names a row. The two names never corefer, and a name that is not the pronoun's has a chain of its own."""
    documents = []
    for row in csv.DictReader(open(path, encoding="utf8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        marks = Marks(chains=True)
        for name, key in (("A", "a"), ("B", "b")):
            start = int(row[f"{name}-offset"])
            marks.mentions.append(Mention((start, start + len(row[name])), key))
        key = "a" if row["A-coref"] == "TRUE" else "b" if row["B-coref"] == "TRUE" else "neither"
        start = int(row["Pronoun-offset"])
        marks.mentions.append(Mention((start, start + len(row["Pronoun"])), key))
        documents.append(Document(row["ID"], row["Text"], None, marks=marks))
    return documents
