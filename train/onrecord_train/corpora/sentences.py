"""Sentences written for this project, with their events marked (train/data/sentences, a line each).

`[1 Brussels] {SANCTION occurred 1>2|froze} the accounts of [2 three generals].`: mentions of actors by number, and triggers with
type, status and actors>recipients. All triggers of a line are marked; contexts and places are not.
"""
import glob
import os
import re

from ..marks import STATUSES, TYPES, UNKNOWN, Marks, Mention, Trigger
from . import Document

OPENS = re.compile(r"\[(\d+) |\{([A-Z]+) ([a-z_]+) ([\d,]*)>([\d,]*)\|")


def parse(line):
    """A line's text and its marks."""
    text, marks, open_marks, at = "", Marks({"trigger": []}), [], 0
    while at < len(line):
        opens = OPENS.match(line, at)
        if opens:
            open_marks.append((len(text), opens))
            at = opens.end()
        elif line[at] in "]}":
            start, opens = open_marks.pop()
            span = (start, len(text))
            number, kind, status, actors, recipients = opens.groups()
            if number:
                marks.mentions.append(Mention(span, number))
            else:
                marks.spans["trigger"].append(span)
                keys = lambda some: tuple(filter(None, some.split(",")))
                marks.triggers.append(Trigger(span, len(marks.triggers), TYPES.index(kind), STATUSES.index(status), None,
                                              keys(actors), keys(recipients), UNKNOWN))
            at += 1
        else:
            text += line[at]
            at += 1
    if open_marks:
        raise ValueError(f"a mark is not closed: {line}")
    return text, marks


def load(folder):
    documents = []
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        for number, line in enumerate(filter(str.strip, open(path, encoding="utf8")), 1):
            text, marks = parse(line.strip())
            documents.append(Document(f"{os.path.basename(path)[:-4]}-{number}", text, None, marks=marks))
    return documents
