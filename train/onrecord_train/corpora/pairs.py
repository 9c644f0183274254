"""Sentences cut out of annotated articles, each with two parties and what the one does to the other, in the form of PLV: the
types are told, their words not marked."""
import re

from ..marks import MUTUAL, TYPES, Marks, Mention, Told
from . import Document

SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])|\n\n")


def pairs(documents):
    """A document a pair of parties that are both named in the sentence of an event's trigger, source first."""
    out = []
    for d in documents:
        cuts = [0] + [m.end() for m in SENTENCE.finditer(d.text)] + [len(d.text)]
        told = {}
        for t in d.marks.triggers:
            start = max(c for c in cuts if c <= t.span[0])
            end = min(c for c in cuts if c > t.span[0])
            together = TYPES[t.type] in MUTUAL and not t.recipients
            others = t.actors[1:] if together else t.recipients
            for source in t.actors[:1]:
                for target in others:
                    told.setdefault((start, end, source, target), set()).add(t.type)
        for number, ((start, end, source, target), types) in enumerate(told.items()):
            inside = [(m.key, m.span) for m in d.marks.mentions if start <= m.span[0] and m.span[1] <= end]
            at = {key: next((span for of, span in inside if of == key), None) for key in (source, target)}
            if source == target or None in at.values() or len(types) > 1:
                continue
            mentions = [Mention((a - start, b - start), name) for name, (a, b) in (("source", at[source]), ("target", at[target]))]
            marks = Marks(told=[Told(tuple(types), "source", "target")], mentions=mentions)
            out.append(Document(f"{d.name}-{number}", d.text[start:end].rstrip(), None, marks=marks))
    return out
