"""Corpora as documents: a text, the statements said in it, and what else is marked in it."""
import dataclasses

from ..marks import Marks


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
    statements: list | None     # None where the corpus does not annotate statements
    nested: bool = False        # whether statements within statements are annotated
    marks: Marks = dataclasses.field(default_factory=Marks)
