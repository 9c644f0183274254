"""Corpora of named entities: Worldwide newswire (Shan et al. 2023) and CrossNER politics (Liu et al. 2021), BIO tags."""
import json

from ..marks import KINDS, Marks, Mention
from . import Document

PERSON, STATE, ORGANIZATION, GROUP, PLACE, _ = range(len(KINDS))
# What their types may be here. A location may stand for its government: only context tells.
WORLDWIDE = {"Person": (PERSON,), "Organization": (ORGANIZATION,), "Location": (STATE, PLACE), "NORP": (STATE, GROUP, ORGANIZATION),
             "Facility": (PLACE, ORGANIZATION)}
POLITICS = {"politician": (PERSON,), "person": (PERSON,), "organisation": (ORGANIZATION,), "politicalparty": (ORGANIZATION,),
            "location": (STATE, PLACE), "country": (STATE, PLACE)}
CLOSE = frozenset(", . ; : ! ? ) ] } % ” ’ 's 'm 're 've 'll 'd n't ’s".split())
OPEN = frozenset("( [ { “ ‘ $ £ €".split())
JOIN = frozenset("- – / —".split())


def joined(tokens):
    """Tokens as running text, and each token's span in it. Straight marks close what they opened."""
    text, spans, glue, inside = "", [], True, False
    for token in tokens:
        straight = token == '"'
        if not glue and token not in CLOSE and token not in JOIN and not (straight and inside):
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text += token
        if straight:
            inside = not inside
        glue = token in OPEN or token in JOIN or straight and inside
    return text, spans


def document(name, paragraphs, types):
    """A document of paragraphs [(tokens, tags)]."""
    text, marks = "", Marks({"bare": []})
    for tokens, tags in paragraphs:
        if len(tokens) == 1 and "://" in tokens[0]:
            continue
        text += "\n\n" if text else ""
        part, at = joined(tokens)
        spans, kind = [], None
        for (start, end), tag in zip(at, tags):
            start, end = start + len(text), end + len(text)
            if tag.startswith("I-") and kind == tag[2:]:
                spans[-1][1] = end
            elif tag != "O":
                kind = tag[2:]
                spans.append([start, end, kind])
            else:
                kind = None
        text += part
        for s, e, kind in spans:
            if kind in types:
                marks.spans["bare"].append((s, e))
                marks.mentions.append(Mention((s, e), None, types[kind]))
    return Document(name, text, None, marks=marks)


def worldwide(path):
    rows = map(json.loads, open(path, encoding="utf8"))
    return [document(r["id"], [(s["tokens"], s["tags"]) for s in r["sentences"]], WORLDWIDE) for r in rows]


def politics(path):
    """Documents of a sentence each."""
    rows = map(json.loads, open(path, encoding="utf8"))
    return [document(f"politics-{i}", [(r["tokens"], r["tags"])], POLITICS) for i, r in enumerate(rows)]
