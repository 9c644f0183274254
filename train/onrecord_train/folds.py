"""Cross-validation of a head on a small corpus: `python -m onrecord_train.folds relocar|plv --before MODEL.pt`.

Each fold starts from weights that never saw the corpus (the first stage's), and is trained on the other folds alone.
Prints a line a fold, and last a JSON object with the figures over all folds.
"""
import argparse
import collections
import copy
import json
import os
import random

import torch
from torch import nn
from torch.nn import functional as F

from . import batches, fit, windows
from .__main__ import base_weights
from .corpora import Document, targets
from .marks import Marks, Mention
from .model import Encoder, Model
from .pieces import build_tokenizer

FOLDS, EPOCHS, SIZE = 5, 10, 32
RATE, HEAD_RATE = 1e-4, 1e-3


class Spans(nn.Module):
    """An encoder and a linear layer on the first and last words of some marked spans."""

    def __init__(self, model, n_spans, n_labels):
        super().__init__()
        self.model = model
        width = model.encoder.norm.weight.shape[0]
        self.label = nn.Linear(2 * n_spans * width + (width if n_spans > 1 else 0), n_labels)
        self.drop = nn.Dropout(0.1)

    def forward(self, items):
        batch = batches.collate([item for item, _, _ in items])
        with torch.autocast("cpu", torch.bfloat16):
            x = self.model.words(batch)
        x = self.drop(x.float())
        rows = []
        for i, (_, spans, _) in enumerate(items):
            parts = [x[i, word] for first, last in spans for word in (first, last)]
            rows.append(torch.cat(parts + ([x[i, 0]] if len(spans) > 1 else [])))
        return self.label(torch.stack(rows))


def item(tokenizer, text, spans, label):
    """(window, spans of words, label) of a sentence; a span that is missing is the whole sentence."""
    example = batches.Example(tokenizer, Document("", text, None, marks=Marks(mentions=[Mention(s) for s in spans if s])))
    window = windows.cut(example.pieces)[0]
    n = example.pieces.word[window.end - 1]
    at = [example.span(s) if s else (0, n) for s in spans]
    return batches.window_item(example, window), [(1 + min(a, n), 1 + min(b, n)) for a, b in at], label


def relocar(data, tokenizer):
    rows = map(json.loads, open(f"{data}/metonymy/relocar.train.jsonl", encoding="utf8"))
    return [item(tokenizer, r["text"], [tuple(r["span"])], int(r["label"] != "literal")) for r in rows], 1, 2


def plv(data, tokenizer):
    rows = [json.loads(line) for line in open(f"{data}/events/plv/plv.train.jsonl", encoding="utf8")]
    codes = sorted({r["event"] for r in rows})
    first = lambda spans: tuple(spans[0]) if spans else None
    return ([item(tokenizer, r["sentence"], [first(r["source"]), first(r["target"])], codes.index(r["event"])) for r in rows],
            2, len(codes))


def train(model, items, rng):
    steps = EPOCHS * ((len(items) + SIZE - 1) // SIZE)
    groups = fit.groups(model.model, RATE, HEAD_RATE, 0.9)
    groups.append({"params": list(model.label.parameters()), "lr": HEAD_RATE, "base": HEAD_RATE, "weight_decay": 0.01})
    optimiser = torch.optim.AdamW(groups)
    model.train()
    step = 0
    for _ in range(EPOCHS):
        rng.shuffle(items)
        for at in range(0, len(items), SIZE):
            some = items[at:at + SIZE]
            rate = min(1.0, (step + 1) / 30) * (1 - step / steps)
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * rate
            loss = F.cross_entropy(model(some), torch.tensor([label for _, _, label in some]), label_smoothing=0.1)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1


def macro_f1(pairs):
    labels = sorted({gold for gold, _ in pairs})
    count = collections.Counter(pairs)
    f1 = []
    for label in labels:
        right = count[label, label]
        f1.append(2 * right / (sum(g == label for g, _ in pairs) + sum(p == label for _, p in pairs)))
    return sum(f1) / len(f1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", choices=("relocar", "plv"))
    parser.add_argument("--before", required=True, help="weights to start from")
    parser.add_argument("--work", default="target/train", help="folder with the unpacked packs")
    args = parser.parse_args()
    torch.manual_seed(1)
    tokenizer = build_tokenizer(os.path.join(base_weights(), "vocab.txt"))
    items, n_spans, n_labels = {"relocar": relocar, "plv": plv}[args.corpus](args.work, tokenizer)
    start = Model(Encoder.pretrained(base_weights()))
    start.load_state_dict(torch.load(args.before), strict=False)
    order = list(range(len(items)))
    random.Random(7).shuffle(order)
    pairs = []
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        model = Spans(copy.deepcopy(start), n_spans, n_labels)
        train(model, [items[i] for i in order if i not in held], random.Random(fold))
        model.eval()
        with torch.no_grad():
            here = sorted(held)
            got = torch.cat([model([items[i] for i in here[at:at + 64]]) for at in range(0, len(here), 64)]).argmax(-1)
        some = [(items[i][2], int(p)) for i, p in zip(here, got)]
        pairs += some
        print(f"fold {fold + 1}: accuracy {sum(g == p for g, p in some) / len(some):.4f}, macro-F1 {macro_f1(some):.4f}", flush=True)
    print(json.dumps({"corpus": args.corpus, "folds": FOLDS, "n": len(pairs),
                      "accuracy": round(sum(g == p for g, p in pairs) / len(pairs), 4), "macro_f1": round(macro_f1(pairs), 4)}))


if __name__ == "__main__":
    main()
