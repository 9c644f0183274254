"""Corpora as documents: a text and the statements said in it."""
import dataclasses


@dataclasses.dataclass
class Statement:
    """Spans are [start, end) in code points. `depth` counts the statements around it."""
    content: list
    source: list
    cue: list
    depth: int = 0


@dataclasses.dataclass
class Document:
    name: str
    text: str
    statements: list
    nested: bool        # whether statements within statements are annotated
