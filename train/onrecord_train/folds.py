"""Cross-validation of a head on a small corpus: `python -m onrecord_train.folds relocar|plv --before MODEL.pt`.

Each fold starts from weights that never saw the corpus (relocar: the first stage's; plv: the second's) and is trained on the
other folds: a linear layer on the marked words for relocar; for plv all that the model has for events, with the Desk corpus and
our sentences beside, and answers as `onrecord-eval plv` gives them.
Prints a line a fold, and last a JSON object with the figures over all folds.
"""
import argparse
import collections
import dataclasses
import json
import os
import random

import torch
from torch import nn
from torch.nn import functional as F

from . import batches, fit, windows
from .__main__ import OWN, SENTENCES, base_weights
from .corpora import Document, codes, desk, sentences
from .marks import TYPES, Marks, Mention
from .model import Encoder, Model
from .pieces import build_tokenizer

FOLDS, EPOCHS, SIZE = 5, 10, 32
RATE, HEAD_RATE = 1e-4, 1e-3


class Spans(nn.Module):
    """An encoder and a linear layer on the first and last words of a marked span."""

    def __init__(self, model, n_labels):
        super().__init__()
        self.model = model
        self.label = nn.Linear(2 * model.encoder.norm.weight.shape[0], n_labels)
        self.drop = nn.Dropout(0.1)

    def forward(self, items):
        batch = batches.collate([item for item, _, _ in items])
        with torch.autocast("cpu", torch.bfloat16):
            x = self.model.words(batch)
        x = self.drop(x.float())
        return self.label(torch.stack([torch.cat([x[i, first], x[i, last]]) for i, (_, (first, last), _) in enumerate(items)]))


def item(tokenizer, text, span, label):
    """(window, span of words, label) of a sentence."""
    example = batches.Example(tokenizer, Document("", text, None, marks=Marks(mentions=[Mention(span)])))
    window = windows.cut(example.pieces)[0]
    n = example.pieces.word[window.end - 1]
    first, last = example.span(span)
    return batches.window_item(example, window), (1 + min(first, n), 1 + min(last, n)), label


def relocar(data, tokenizer):
    rows = map(json.loads, open(f"{data}/metonymy/relocar.train.jsonl", encoding="utf8"))
    return [item(tokenizer, r["text"], tuple(r["span"]), int(r["label"] != "literal")) for r in rows]


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


def read_relocar(args, tokenizer, items, held, number):
    """Answers for the held items, of a model trained on the others."""
    model = Model(Encoder.pretrained(base_weights()))
    fit.load(model, args.before)
    model = Spans(model, 2)
    train(model, [items[i] for i in range(len(items)) if i not in held], random.Random(number))
    model.eval()
    here = sorted(held)
    with torch.no_grad():
        got = torch.cat([model([items[i] for i in here[at:at + 64]]) for at in range(0, len(here), 64)]).argmax(-1)
    return [(items[i][2], int(p)) for i, p in zip(here, got)]


def read_plv(args, tokenizer, documents, held, number):
    """Answers for the held documents, of a model trained on the others; YIELD is CONCEDE or RETREAT."""
    read = lambda some: [batches.Example(tokenizer, d) for d in some]
    others = [d for i, d in enumerate(documents) if i not in held]
    corpora = [(read(others), None, 3), (read(sentences.load(SENTENCES)), None, 0.7),
               (read(desk.load(f"{args.shared}/data/desk/train") + desk.load(OWN)), None, 0.5)]
    recipe = dataclasses.replace(fit.SETTLED, order=20 + number, epochs=2, weights={**fit.SETTLED.weights, "told": 0.5})
    model = fit.fit(base_weights(), args.before, corpora, {}, None, os.path.join(args.work, "folds", f"plv-{number}"), recipe)
    model.eval()
    asked = [i for i, name in enumerate(TYPES) if name not in ("ALIGN", "RIVAL", "RETREAT")]
    pairs = []
    with torch.no_grad():
        for example in read(documents[i] for i in sorted(held)):
            batch = batches.collate_units(batches.units(example)[:1])
            x = model.words(batch).float()
            mask = batch["word_mask"].float()
            unit = batch["units"][0]
            flat = x.flatten(0, 1)
            mentions = model.spans.vectors(flat, unit["mentions"]) if len(unit["chain"]) else None
            log_p, _ = model.spans.told(x, mask, flat, unit, mentions, unit["told"][0])
            concede, retreat = TYPES.index("CONCEDE"), TYPES.index("RETREAT")
            log_p[concede] = torch.logaddexp(log_p[concede], log_p[retreat])
            gold = example.document.marks.told[0].types[0]
            pairs.append((TYPES[gold], TYPES[max(asked, key=lambda i: float(log_p[i]))]))
    return pairs


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", choices=("relocar", "plv"))
    parser.add_argument("--before", required=True, help="weights to start from")
    parser.add_argument("--shared", default="../shared", help="folder with data/")
    parser.add_argument("--work", default="target/train", help="folder with the unpacked packs")
    args = parser.parse_args()
    torch.manual_seed(1)
    tokenizer = build_tokenizer(os.path.join(base_weights(), "vocab.txt"))
    if args.corpus == "relocar":
        items, read = relocar(args.work, tokenizer), read_relocar
    else:
        items, read = codes.plv(f"{args.work}/events/plv/plv.train.jsonl"), read_plv
    order = list(range(len(items)))
    random.Random(7).shuffle(order)
    pairs = []
    for fold in range(FOLDS):
        some = read(args, tokenizer, items, set(order[fold::FOLDS]), fold)
        pairs += some
        print(f"fold {fold + 1}: accuracy {sum(g == p for g, p in some) / len(some):.4f}, macro-F1 {macro_f1(some):.4f}", flush=True)
    print(json.dumps({"corpus": args.corpus, "folds": FOLDS, "n": len(pairs),
                      "accuracy": round(sum(g == p for g, p in pairs) / len(pairs), 4), "macro_f1": round(macro_f1(pairs), 4)}))


if __name__ == "__main__":
    main()
