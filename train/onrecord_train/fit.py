"""Trains the model, with a checkpoint an epoch; run again, it goes on."""
import copy
import dataclasses
import json
import os
import random
import subprocess
import sys
import time

import torch

from . import batches, decode
from .model import Encoder, Model

EMA = 0.998


def groups(model, encoder_rate, head_rate, layer_decay):
    """AdamW's parameter groups: slower towards the input, no decay on norms, biases and embeddings."""
    out = []
    depth = len(model.encoder.blocks)
    for name, parameter in model.named_parameters():
        if name.startswith("encoder."):
            part = name.split(".")
            if part[1] == "blocks":
                rate = encoder_rate * layer_decay ** (depth - 1 - int(part[2]))
            elif part[1] in ("shape", "quote", "start"):
                rate = encoder_rate * 5
            else:
                rate = encoder_rate * layer_decay ** depth
        else:
            rate = head_rate
        decay = 0.01 if parameter.dim() > 1 and "norm" not in name else 0.0
        out.append({"params": [parameter], "lr": rate, "base": rate, "weight_decay": decay})
    return out


def score(model, examples, gold_folder, scorer, path):
    """Predictions of `examples`, written to `path` and scored by ../shared/bench/score_attribution.py: its JSON."""
    model.eval()
    with open(path, "w", encoding="utf8") as out:
        for example in examples:
            row = {"document": example.document.name, "statements": decode.read(model, example)}
            out.write(json.dumps(row) + "\n")
    model.train()
    printed = subprocess.run([sys.executable, scorer, gold_folder, path], capture_output=True, text=True, check=True)
    return json.loads(printed.stdout.splitlines()[-1])


def summary(figures):
    keys = ("span", "said", "exact", "piece.content", "piece.source", "piece.cue")
    return {k: figures[k]["f1"] for k in keys}


@dataclasses.dataclass(frozen=True)
class Recipe:
    """What a run can differ in. `order`: seed of the order of windows and of dropout. `weights`: of each loss, by the first
    part of its name. `doubt`: weight of "nothing here" where a corpus does not annotate a layer of statements."""
    order: int
    weights: dict
    doubt: float
    epochs: int
    encoder_rate: float
    head_rate: float
    layer_decay: float = 0.9
    warm_up: int = 200


STATEMENTS = Recipe(order=2, weights={"tags": 1, "head": 0.1, "source": 0.1}, doubt=0.05, epochs=8, encoder_rate=1.5e-4,
                    head_rate=1e-3)
EVERYTHING = Recipe(
    order=5, doubt=0.05, epochs=4, encoder_rate=1.2e-4, head_rate=1e-3,
    weights={"tags": 1, "head": 0.05, "source": 0.05, "span": 1, "antecedent": 0.4, "kind": 0.1, "metonym": 0.1, "stance": 0.2,
             "type": 0.25, "status": 0.15, "context": 0.05, "actor": 0.15, "recipient": 0.15, "place": 0.05, "event": 0.05,
             "country": 0.1, "holder": 0.1, "told": 0.1, "time": 0.15})

SETTLED = dataclasses.replace(EVERYTHING, order=6, epochs=3, encoder_rate=8e-5, warm_up=100,
                              weights={**EVERYTHING.weights, "head": 0.1, "source": 0.1})

WORDS = dataclasses.replace(SETTLED, order=7, epochs=2)

ARTICLES = dataclasses.replace(
    WORDS, order=11, epochs=3, encoder_rate=1.1e-4,
    weights={**WORDS.weights, "actor": 0.25, "recipient": 0.25, "context": 0.02, "country": 0.15})

PAIRS = dataclasses.replace(ARTICLES, order=12, epochs=2, encoder_rate=6e-5, weights={**ARTICLES.weights, "told": 0.3})


def choose(train, rng):
    """The examples of an epoch: each corpus as often as it says, a random part of it for what is left over."""
    out = []
    for examples, others, times in train:
        for number, example in enumerate(examples):
            for _ in range(int(times) + (rng.random() < times % 1)):
                out.append(others[number] if others and rng.random() < 0.3 else example)
    return out


def load(model, path):
    """Takes the weights that a file has for the model, as far as they are of the same shape; the others stay as they are."""
    mine = model.state_dict()
    model.load_state_dict({k: v for k, v in torch.load(path).items() if k in mine and v.shape == mine[k].shape}, strict=False)


def fit(base, before, train, dev, scorer, folder, recipe):
    """`before`: weights to begin with instead of the pretrained ones. `train` [(examples, the same with other quotation marks
    or None, how often in an epoch)], `dev` {name: (examples, gold folder)}. Writes log.jsonl, checkpoint.pt and model.pt (the
    averaged weights) to `folder`."""
    os.makedirs(folder, exist_ok=True)
    torch.manual_seed(1)                # the heads begin alike in every run, whatever the order
    model = Model(Encoder.pretrained(base))
    if before:
        load(model, before)
    torch.manual_seed(recipe.order)
    average = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(groups(model, recipe.encoder_rate, recipe.head_rate, recipe.layer_decay))
    done, step, n_steps = 0, 0, None
    checkpoint = os.path.join(folder, "checkpoint.pt")
    if os.path.exists(checkpoint):
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        done, step, n_steps = state["epoch"], state["step"], state["n_steps"]
        torch.set_rng_state(state["random"])
    log = open(os.path.join(folder, "log.jsonl"), "a", encoding="utf8")
    began = time.time()
    for number in range(done, recipe.epochs):
        rng = random.Random(recipe.order * 1000 + number)
        epoch_batches = batches.epoch(choose(train, rng), rng)
        n_steps = n_steps or recipe.epochs * len(epoch_batches)
        total = {}
        for items in epoch_batches:
            batch = batches.collate_units(items)
            rate = min(1.0, (step + 1) / recipe.warm_up) * max(0.0, 1 - step / n_steps)
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * rate
            with torch.autocast("cpu", torch.bfloat16):
                losses = model.loss(batch, recipe.doubt)
            losses = {k: v / max(n, 1) for k, (v, n) in losses.items()}
            loss = sum(recipe.weights.get(k.split(".")[0], 0) * v for k, v in losses.items())
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            keep = min(EMA, (step + 1) / (step + 10))
            with torch.no_grad():
                for a, b in zip(average.parameters(), model.parameters()):
                    a.lerp_(b, 1 - keep)
            step += 1
            for k, v in losses.items():
                t, n = total.get(k, (0.0, 0))
                total[k] = (t + float(v.detach()), n + 1)
            if step % 50 == 0:
                print(f"epoch {number + 1} step {step}/{n_steps} {time.time() - began:.0f} s "
                      + " ".join(f"{k} {v / n:.3f}" for k, (v, n) in sorted(total.items())), flush=True)
        torch.save({"model": model.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(),
                    "epoch": number + 1, "step": step, "n_steps": n_steps, "random": torch.get_rng_state()}, checkpoint + ".new")
        os.replace(checkpoint + ".new", checkpoint)
        row = {"epoch": number + 1, "step": step, "seconds": round(time.time() - began),
               "loss": {k: round(v / n, 4) for k, (v, n) in total.items()}}
        if number + 1 == recipe.epochs:
            for name, (examples, gold) in dev.items():
                row[name] = summary(score(average, examples, gold, scorer, os.path.join(folder, f"{name}.jsonl")))
        print(json.dumps(row), flush=True)
        log.write(json.dumps(row) + "\n")
        log.flush()
    torch.save(average.state_dict(), os.path.join(folder, "model.pt"))
    return average
