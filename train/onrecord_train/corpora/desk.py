"""The Desk corpus (../shared/desk/CODEBOOK.md): articles annotated in full."""
import glob
import os
import xml.etree.ElementTree as ET

from ..marks import CONTEXTS, KINDS, STATUSES, TYPES, Marks, Mention, Trigger
from . import Document, Statement


def read(path):
    """Text and inline tags of one file: (text, [(tag, attributes, start, end)])."""
    text, tags = "", []

    def walk(element):
        nonlocal text
        start = len(text)
        text += element.text or ""
        for child in element:
            walk(child)
            text += child.tail or ""
        if element.tag != "p":
            tags.append((element.tag, element.attrib, start, len(text)))

    for i, paragraph in enumerate(ET.parse(path).getroot().find("text")):
        if i:
            text += "\n\n"
        walk(paragraph)
    return text, tags


def load(folder):
    documents = []
    for path in sorted(glob.glob(os.path.join(folder, "*.xml"))):
        text, tags = read(path)
        roles = {}
        for tag, at, s, e in tags:
            if tag in ("q", "src", "cue"):
                roles.setdefault(at["s"], {"q": [], "src": [], "cue": []})[tag].append((s, e))
        statements = []
        for i, r in roles.items():
            if not r["q"]:
                continue
            s, e = r["q"][0]
            around = {j for j, other in roles.items() if j != i
                      for a, b in other["q"] if a <= s and e <= b and (b - a) > (e - s)}
            statements.append(Statement(sorted(r["q"]), sorted(r["src"]), sorted(r["cue"]), len(around)))
        documents.append(Document(os.path.basename(path)[:-4], text, statements, True, marks(path, tags)))
    return documents


def marks(path, tags):
    """All of a file but its statements' spans. A mention of several actors has their ids as its key."""
    root = ET.parse(path).getroot()
    table = lambda name: {x.get("id"): x.attrib for x in root.find(name)} if root.find(name) is not None else {}
    actors, statements, events = table("actors"), table("statements"), table("events")
    contents = [(s, e, at["s"]) for tag, at, s, e in tags if tag == "q"]
    about = {i: dict(x.split(":") for x in s.get("about", "").split()) for i, s in statements.items()}
    out = Marks({"name": [], "nominal": [], "pronoun": [], "role": [], "trigger": []}, chains=True)
    for tag, at, s, e in tags:
        if tag == "m":
            ids = at["a"].split()
            form = at.get("f", "name")
            out.spans["name" if form == "metonym" else form].append((s, e))
            kinds = {actors[i]["kind"] for i in ids}
            metonym = 1 if form == "metonym" else 0 if form == "name" and kinds <= {"state", "place", "organization"} else -1
            around = [(b - a, i) for a, b, i in contents if a <= s and e <= b]
            stance = 1 + int(about[min(around)[1]].get(ids[0], "0")) if around and len(ids) == 1 else -1
            kinds = tuple(sorted(map(KINDS.index, kinds))) if len(kinds) == 1 else ()
            out.mentions.append(Mention((s, e), tuple(sorted(ids)), kinds, metonym, stance))
        elif tag == "role":
            out.spans["role"].append((s, e))
            out.roles.append(((s, e), (at["a"].split()[0],)))
        elif tag == "ev":
            event = events[at["e"]]
            out.spans["trigger"].append((s, e))
            contexts = tuple(CONTEXTS.index(c) for c in event.get("context", "").split() if c in CONTEXTS)
            of = lambda name: tuple((i,) for i in event.get(name, "").split())
            out.triggers.append(Trigger((s, e), at["e"], TYPES.index(event["type"]), STATUSES.index(event["status"]), contexts,
                                        of("actor"), of("recipient"), (of("place") or (None,))[0], event.get("date") or None))
        elif tag == "t":
            out.times.append(((s, e), at["v"]))
    states = {a["iso3"]: (i,) for i, a in actors.items() if a["kind"] == "state" and a.get("iso3")}
    for i, a in actors.items():
        if a["kind"] != "state" and (not a.get("iso3") or a["iso3"] in states):
            out.countries[(i,)] = states.get(a.get("iso3"))
    return out
