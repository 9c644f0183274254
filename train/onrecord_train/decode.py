"""Statements from the model's output, for the figures during training. The product's decoder is Rust
(`crates/onrecord-extract`); this one leaves out what that adds: tags that links call for, and rules. Only the layers
that a document's corpus annotates are read."""
import torch

from . import windows
from .batches import collate, window_item
from .labels import N_LAYERS, ROLES


def viterbi(emission, transition, begin):
    """Best tag path. emission [word, tag]."""
    score, back = emission[0] + begin, []
    for t in range(1, len(emission)):
        total = score[:, None] + transition
        best, index = total.max(0)
        back.append(index)
        score = best + emission[t]
    path = [int(score.argmax())]
    for index in reversed(back):
        path.append(int(index[path[-1]]))
    return path[::-1]


@torch.no_grad()
def read(model, example, batch_size=16):
    """[{"content": [[s, e]...], "source": ..., "cue": ...}] of one document, layer after layer."""
    n_layers = N_LAYERS if example.document.nested else 1
    p = example.pieces
    n_words = len(example.starts)
    cuts = windows.cut(p)
    tags = [[0] * n_words for _ in range(n_layers)]
    links = [([None] * n_words, [None] * n_words) for _ in range(n_layers)]   # (window's first word, log-probabilities)
    for at in range(0, len(cuts), batch_size):
        some = cuts[at:at + batch_size]
        batch = collate([window_item(example, w) for w in some])
        with torch.autocast("cpu", torch.bfloat16):
            x = model.words(batch)
        x = x.float()
        for layer in range(n_layers):
            head = model.tags[layer]
            emission = head.emission(x)
            transition = head.transition + head.forbidden
            to_head = model.head[layer](x, batch["word_mask"])
            to_source = model.source[layer](x, batch["word_mask"])
            for i, w in enumerate(some):
                w0, w1, own = p.word[w.context], p.word[w.end - 1] + 1, p.word[w.start]
                path = viterbi(emission[i, 1:1 + w1 - w0], transition, head.forbidden_begin)
                tags[layer][own:w1] = path[own - w0:]
                for k in range(own, w1):
                    links[layer][0][k] = (w0, w1, to_head[i, 1 + k - w0])
                    links[layer][1][k] = (w0, w1, to_source[i, 1 + k - w0])
    out = []
    for layer in range(n_layers):
        out += assemble(example, tags[layer], *links[layer])
    return out


def spans_of(tags):
    """{role: [(first word, end word)]}"""
    out = {role: [] for role in ROLES}
    i = 0
    while i < len(tags):
        if tags[i]:
            role = (tags[i] - 1) // 2
            j = i + 1
            while j < len(tags) and tags[j] == 2 + 2 * role:
                j += 1
            out[ROLES[role]].append((i, j))
            i = j
        else:
            i += 1
    return out


def best(candidates, link):
    """The likeliest of the candidate words within the window, or None where nothing is likelier."""
    w0, w1, log_p = link
    score, choice = float(log_p[0]), None
    for c in candidates:
        if w0 <= c < w1 and float(log_p[1 + c - w0]) > score:
            score, choice = float(log_p[1 + c - w0]), c
    return choice


def assemble(example, tags, to_head, to_source):
    spans = spans_of(tags)
    chars = lambda s: [example.starts[s[0]], example.ends[s[1] - 1]]
    statements = {}
    sources = {s: (s, e) for s, e in spans["source"]}
    for s, e in spans["cue"]:
        source = best(sources, to_source[s])
        statements[s] = {"content": [], "source": [chars(sources[source])] if source is not None else [], "cue": [chars((s, e))]}
    heads = list(statements) + list(sources)
    for s, e in spans["content"]:
        head = best(heads + [s], to_head[s])
        if head is None:
            head = s
        if head not in statements:
            statements[head] = {"content": [], "source": [chars(sources[head])] if head in sources else [], "cue": []}
        statements[head]["content"].append(chars((s, e)))
    return [s for s in statements.values() if s["content"]]
