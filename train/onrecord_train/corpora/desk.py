"""The Desk corpus (../shared/desk/CODEBOOK.md): articles annotated in full. So far: who said what."""
import glob
import os
import xml.etree.ElementTree as ET

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
        documents.append(Document(os.path.basename(path)[:-4], text, statements, nested=True))
    return documents
