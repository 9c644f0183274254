"""Gold statements as what the heads learn: word tags in two layers, and pointers between words.

Layer 0 holds the statements that stand in the article's own text, layer 1 those inside another statement's content.
Within a layer a word has one role. Every content span points to the head of its statement: the first word of its cue,
else of its source, else of its first content span. Every cue points to the first word of its source, or to nothing.
"""
import dataclasses

ROLES = ("source", "cue", "content")
TAGS = ("O",) + tuple(f"{bi}-{role}" for role in ROLES for bi in "BI")
N_LAYERS = 2


@dataclasses.dataclass
class Labels:
    """`tags[layer][word]`; `heads[layer]` {content's first word: head word}; `sources[layer]` {cue: source, or None}."""
    tags: list
    heads: list
    sources: list


def word_spans(pieces):
    """[start, end) code points of each word."""
    starts, ends = [], []
    for i, w in enumerate(pieces.word):
        if w == len(starts):
            starts.append(pieces.start[i])
            ends.append(pieces.end[i])
        else:
            ends[w] = pieces.end[i]
    return starts, ends


def label(document, starts, ends):
    """Labels of a document whose words span [starts[i], ends[i])."""
    import bisect
    n = len(starts)
    labels = Labels([[0] * n for _ in range(N_LAYERS)], [{} for _ in range(N_LAYERS)], [{} for _ in range(N_LAYERS)])

    def words(span):
        a = bisect.bisect_right(ends, span[0])
        b = bisect.bisect_left(starts, span[1])
        return (a, b) if a < b else None

    for statement in sorted(document.statements, key=lambda s: s.depth):
        layer = min(statement.depth, N_LAYERS - 1)
        tags = labels.tags[layer]
        spans = {role: [w for w in map(words, getattr(statement, role)) if w] for role in ROLES}
        if not spans["content"]:
            continue
        for role in ("content", "source", "cue"):
            b = 1 + 2 * ROLES.index(role)
            for s, e in spans[role]:
                tags[s] = b
                tags[s + 1:e] = [b + 1] * (e - s - 1)
        head = (spans["cue"] or spans["source"] or spans["content"])[0][0]
        for s, _ in spans["content"]:
            labels.heads[layer][s] = head
        if spans["cue"]:
            labels.sources[layer][head] = spans["source"][0][0] if spans["source"] else None
    for layer in range(N_LAYERS):       # an inside tag whose span lost its beginning to another statement
        tags = labels.tags[layer]
        for i, t in enumerate(tags):
            if t and t % 2 == 0 and (i == 0 or tags[i - 1] not in (t, t - 1)):
                tags[i] = t - 1
        content = 1 + 2 * ROLES.index("content")
        cue = 1 + 2 * ROLES.index("cue")
        labels.heads[layer] = {s: h for s, h in labels.heads[layer].items() if tags[s] == content}
        labels.sources[layer] = {c: s for c, s in labels.sources[layer].items() if tags[c] == cue}
    return labels
