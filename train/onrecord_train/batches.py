"""Documents as batches of windows for training and decoding."""
import bisect
import dataclasses
import random

import torch

from . import labels as labelling
from . import windows
from .labels import N_LAYERS, Labels
from .marks import CONTEXTS, KINDS, SPANS, STATUSES, TYPES, UNKNOWN, folded, looks
from .pieces import split

CLS, SEP = 101, 102
BATCH_PIECES = 4096


class Example:
    """A document cut into pieces, with its labels."""

    def __init__(self, tokenizer, document):
        self.document = document
        self.pieces = split(tokenizer, document.text)
        self.starts, self.ends = labelling.word_spans(self.pieces)
        n = len(self.starts)
        self.labels = (labelling.label(document, self.starts, self.ends) if document.statements is not None
                       else Labels([[0] * n] * N_LAYERS, [{}] * N_LAYERS, [{}] * N_LAYERS))
        self.words = [document.text[a:b].lower() for a, b in zip(self.starts, self.ends)]
        self.shapes = [0] * n
        self.paragraphs = [0] * n
        for word, shape, paragraph in zip(self.pieces.word, self.pieces.shape, self.pieces.paragraph):
            self.shapes[word], self.paragraphs[word] = shape, paragraph
        marks = document.marks
        self.spans = {name: sorted(filter(None, map(self.span, spans))) for name, spans in marks.spans.items()}
        self.mentions = self.placed((m.span, m) for m in marks.mentions)
        self.triggers = self.placed((t.span, t) for t in marks.triggers)
        self.roles = self.placed(marks.roles)
        self.predicates = self.placed(marks.predicates)
        self.times = self.placed(marks.times)

    def span(self, span):
        """(first word, last word) of a span of characters, or None if it holds none."""
        a = bisect.bisect_right(self.ends, span[0])
        b = bisect.bisect_left(self.starts, span[1])
        return (a, b - 1) if a < b else None

    def placed(self, marked):
        """What is marked at spans of characters, at spans of words and in their order."""
        found = ((self.span(at), what) for at, what in marked)
        return sorted(((span, what) for span, what in found if span), key=lambda x: x[0])


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
    return dataclasses.replace(document, text=text)


def units(example, first_budget=None):
    """Groups of windows that are read together: all of a document whose marks link across windows, else one by one."""
    cuts = windows.cut(example.pieces, first_budget=first_budget)
    links = example.document.marks.chains or example.triggers or example.document.marks.told
    return [(example, cuts)] if links else [(example, [w]) for w in cuts]


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
    known = example.document.statements is not None
    item["statements"] = known
    item["knows_layer"] = [known] + [example.document.nested] * (N_LAYERS - 1)
    item["span"] = {name: [(1 + a - w0, b - a) for a, b in spans if w0 <= a and b < w1 and b - a < SPANS[name]]
                    for name, spans in example.spans.items()}
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
    batch["statements"] = torch.tensor([x["statements"] for x in items])
    batch["knows"], batch["span"] = {}, {}
    for name, longest in SPANS.items():
        rows = [i for i, x in enumerate(items) if name in x["span"]]
        gold = torch.zeros(len(rows), m, longest)
        for row, i in enumerate(rows):
            for first, more in items[i]["span"][name]:
                gold[row, first, more] = 1
        batch["knows"][name], batch["span"][name] = torch.tensor(rows, dtype=torch.long), gold
    return batch


def collate_units(some):
    """A batch of units, with what links across the windows of each (see `spans.Heads.unit_losses`)."""
    items = [(example, w, window_item(example, w)) for example, cuts in some for w in cuts]
    batch = collate([item for _, _, item in items])
    n_words = batch["first_piece"].shape[1]
    batch["units"] = []
    row = 0
    for example, cuts in some:
        batch["units"].append(linked(example, cuts, row, n_words))
        row += len(cuts)
    return batch


def linked(example, cuts, row, n_words):
    """The tensors of one unit whose first window is the batch's row `row`."""
    at = {}                                 # word of the document: its place among the batch's words
    for i, w in enumerate(cuts):
        w0 = example.pieces.word[w.context]
        for word in range(example.pieces.word[w.start], example.pieces.word[w.end - 1] + 1):
            at[word] = (row + i) * n_words + 1 + word - w0
    read = lambda spans: [(span, x) for span, x in spans if span[0] in at and span[1] in at]
    mentions, triggers, roles = read(example.mentions), read(example.triggers), read(example.roles)
    chains = {}
    for _, m in mentions:
        if m.key is not None:
            chains.setdefault(m.key, len(chains))
    countries = example.document.marks.countries

    def country(key):                       # -2: not to be scored
        return -2 if key not in countries else -1 if countries[key] is None else chains.get(countries[key], -2)

    events, words_seen, values = {}, {}, {}
    number = lambda table, key: table.setdefault(key, len(table))
    longs = lambda values: torch.tensor(list(values), dtype=torch.long)
    predicates, times = read(example.predicates), read(example.times)
    folds = {span: folded(example.words[span[0]:span[1] + 1])
             for some in (mentions, triggers, roles, predicates, times) for span, _ in some}
    for words in folds.values():
        for word in words:
            number(words_seen, word)
    texts = {}

    def side(spans):
        """Where spans stand in the batch and in the document, and what of their words is compared (see `spans.cells`)."""
        words = [folds.get(s) or folded(example.words[s[0]:s[1] + 1]) for s in spans]
        has = torch.zeros(len(spans), len(words_seen) + 1)
        for i, some in enumerate(words):
            for word in some:
                has[i, words_seen.get(word, len(words_seen))] = 1
        return {
            "first": longs(at[s[0]] for s in spans), "last_word": longs(at[s[1]] for s in spans),
            "word": longs(s[0] for s in spans), "end": longs(s[1] for s in spans),
            "paragraph": longs(example.paragraphs[s[0]] for s in spans),
            "looks": longs(looks(example.words[s[0]:s[1] + 1], example.shapes[s[0]:s[1] + 1]) for s in spans),
            "text": longs(number(texts, some) for some in words),
            "last": longs(words_seen.get(some[-1], len(words_seen)) for some in words), "words": has,
        }

    def indicator(rows, n):
        out = torch.zeros(len(rows), n)
        for i, hits in enumerate(rows):
            for hit in hits:
                if hit is not None:
                    out[i, hit] = 1
        return out

    time_value = longs(number(values, value) for _, value in times)

    def time(value):
        return -2 if value is UNKNOWN else -1 if value is None else values.get(value, -2)

    of_batch = {place: word for word, place in at.items()}
    first_of = {}
    for i, (_, m) in enumerate(mentions):
        first_of.setdefault(m.key, i)
    spans = lambda some: [span for span, _ in some]
    return {
        "rows": longs(range(row, row + len(cuts))), "own": longs(at.values()), "mentions": side(spans(mentions)),
        "chain": longs(-1 if m.key is None else chains[m.key] for _, m in mentions),
        "chains": example.document.marks.chains,
        "kinds": indicator([m.kinds for _, m in mentions], len(KINDS)).bool(),
        "metonym": longs(m.metonym for _, m in mentions),
        "stance": longs(m.stance for _, m in mentions),
        "country": longs(country(m.key) for _, m in mentions),
        "roles": side(spans(roles)), "role_chain": longs(chains.get(key, -2) for _, key in roles),
        "triggers": side(spans(triggers)),
        "event": longs(number(events, t.event) for _, t in triggers),
        "type": longs(t.type for _, t in triggers),
        "status": longs(t.status for _, t in triggers),
        "context": indicator([t.contexts or () for _, t in triggers], len(CONTEXTS)),
        "has_context": longs(t.contexts is not None for _, t in triggers).bool(),
        "actor": indicator([[chains.get(k) for k in t.actors] for _, t in triggers], len(chains)),
        "recipient": indicator([[chains.get(k) for k in t.recipients] for _, t in triggers], len(chains)),
        "place": longs(-1 if t.place is None else chains.get(t.place, -2) for _, t in triggers),
        "times": side(spans(times)), "time_value": time_value, "time": longs(time(t.time) for _, t in triggers),
        "predicates": side(spans(predicates)), "may_be": indicator([may for _, may in predicates], len(STATUSES)).bool(),
        "told": [{"types": indicator([told.types], len(TYPES))[0].bool(), "source": first_of.get(told.source),
                  "target": first_of.get(told.target)}
                 for told in example.document.marks.told],
        "told_side": lambda first, last: side([(of_batch[a], of_batch.get(b, of_batch[a]))
                                               for a, b in zip(first.tolist(), last.tolist())]),
    }


def epoch(examples, rng: random.Random):
    """Batches of one pass over the examples, cut anew, units of like length together, in random order."""
    some = []
    for example in examples:
        some += units(example, rng.randrange(64, windows.BUDGET + 1))
    longest = lambda unit: max(w.end - w.context for w in unit[1])
    rng.shuffle(some)
    some.sort(key=lambda unit: longest(unit) // 16)
    out, batch, width, n_windows = [], [], 0, 0
    for unit in some:
        width = max(width, longest(unit) + 2)
        if batch and width * (n_windows + len(unit[1])) > BATCH_PIECES:
            out.append(batch)
            batch, width, n_windows = [], longest(unit) + 2, 0
        batch.append(unit)
        n_windows += len(unit[1])
    out.append(batch)
    rng.shuffle(out)
    return out
