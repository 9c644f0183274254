"""Documents as batches of windows for training and decoding."""
import random

import torch

from . import labels as labelling
from . import windows
from .labels import N_LAYERS
from .pieces import split

CLS, SEP = 101, 102
BATCH_PIECES = 4096


class Example:
    """A document cut into pieces, with its labels."""

    def __init__(self, tokenizer, document):
        self.document = document
        self.pieces = split(tokenizer, document.text)
        self.starts, self.ends = labelling.word_spans(self.pieces)
        self.labels = labelling.label(document, self.starts, self.ends)


def other_quotes(document):
    """The document with the other style of double quotation marks (straight or curly), offsets unchanged."""
    text = document.text
    if "“" in text:
        text = text.replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'")
    else:
        from .pieces import paragraphs, quote_marks
        out = list(text)
        for offset, opens, _ in quote_marks(text, paragraphs(text)):
            out[offset] = "“" if opens else "”"
        text = "".join(out)
    return document.__class__(document.name, text, document.statements, document.nested)


def window_item(example, window):
    """One window as lists: pieces with [CLS] and [SEP], words from its first word on."""
    p, l = example.pieces, example.labels
    a, b = window.context, window.end
    w0, w1 = p.word[a], p.word[b - 1] + 1
    first = {}
    for i in range(a, b):
        first.setdefault(p.word[i], i - a + 1)
    item = {
        "ids": [CLS] + p.ids[a:b] + [SEP],
        "shape": [0] + p.shape[a:b] + [0],
        "quote": [0] + p.quote[a:b] + [0],
        "start": [0] + p.first[a:b] + [0],
        "first_piece": [0] + [first[w] for w in range(w0, w1)],
        "tags": [], "head": [], "source": [],
    }
    for layer in range(N_LAYERS):
        tags = l.tags[layer][w0:w1]
        for i, t in enumerate(tags):        # a span that the window cuts begins with the window
            if t and t % 2 == 0 and (i == 0 or tags[i - 1] not in (t, t - 1)):
                tags[i] = t - 1
        item["tags"].append([0] + tags)
        for name, links in (("head", l.heads[layer]), ("source", l.sources[layer])):
            target = [-1] * (1 + w1 - w0)
            for w in range(w0, w1):
                if w in links:
                    to = links[w]
                    target[1 + w - w0] = 1 + to - w0 if to is not None and w0 <= to < w1 else 0
            item[name].append(target)
    item["knows_layer"] = [True] + [example.document.nested] * (N_LAYERS - 1)
    return item


def collate(items):
    """Padded tensors of several windows."""
    n = max(len(x["ids"]) for x in items)
    m = max(len(x["first_piece"]) for x in items)

    def pad(key, size, value):
        return torch.tensor([x[key] + [value] * (size - len(x[key])) for x in items])

    def pad_layers(key, value):
        return torch.tensor([[row + [value] * (m - len(row)) for row in x[key]] for x in items])

    batch = {k: pad(k, n, 0) for k in ("ids", "shape", "quote", "start")}
    batch["mask"] = torch.arange(n)[None] < torch.tensor([len(x["ids"]) for x in items])[:, None]
    batch["first_piece"] = pad("first_piece", m, 0)
    batch["word_mask"] = torch.arange(m)[None] < torch.tensor([len(x["first_piece"]) for x in items])[:, None]
    batch["tags"] = pad_layers("tags", 0)
    batch["head"], batch["source"] = pad_layers("head", -1), pad_layers("source", -1)
    batch["knows_layer"] = torch.tensor([x["knows_layer"] for x in items])
    return batch


def epoch(examples, rng: random.Random):
    """Batches of one pass over the examples, cut anew, windows of like length together, in random order."""
    items = []
    for example in examples:
        cuts = windows.cut(example.pieces, first_budget=rng.randrange(64, windows.BUDGET + 1))
        items += [window_item(example, w) for w in cuts]
    rng.shuffle(items)
    items.sort(key=lambda x: len(x["ids"]) // 16)
    out, batch, longest = [], [], 0
    for item in items:
        longest = max(longest, len(item["ids"]))
        if batch and longest * (len(batch) + 1) > BATCH_PIECES:
            out.append(batch)
            batch, longest = [], len(item["ids"])
        batch.append(item)
    out.append(batch)
    rng.shuffle(out)
    return out
