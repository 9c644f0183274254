"""Windows: whole consecutive paragraphs, with the words before the cut as context.

The same is done by `crates/onrecord-extract/src/window.rs`.
"""
import dataclasses

BUDGET = 256        # pieces of a window's own text
CONTEXT = 64        # pieces of context before it, at most
LONGEST = BUDGET + CONTEXT + 2


@dataclasses.dataclass
class Window:
    """Pieces [context, end) are read; the window answers for [start, end)."""
    context: int
    start: int
    end: int


def cut(pieces, budget=BUDGET, first_budget=None):
    """Windows that cover the pieces in order. A paragraph longer than the budget is cut at a word."""
    out, start, n = [], 0, len(pieces)
    word, paragraph = pieces.word, pieces.paragraph
    limit = first_budget or budget
    while start < n:
        end = min(start + limit, n)
        limit = budget
        if end < n:
            back = end
            while back > start and paragraph[back - 1] == paragraph[back]:
                back -= 1
            if back == start:
                back = end
                while back > start and word[back - 1] == word[back]:
                    back -= 1
            end = back if back > start else end
        context = max(0, start - CONTEXT)
        while context < start and context > 0 and word[context - 1] == word[context]:
            context += 1
        out.append(Window(context, start, end))
        start = end
    return out
