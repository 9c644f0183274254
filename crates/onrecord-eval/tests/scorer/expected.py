"""Writes expected.json: what score_attribution.py and score_record.py of ../shared/bench print for the cases in this folder.

usage, in the workspace: python3 crates/onrecord-eval/tests/scorer/expected.py

The Desk cases pass through write_brat of train/onrecord_train, as the gold of training does.
For each set the figures of all documents ("total") and of each document alone.
"""
import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
WORKSPACE = os.path.join(HERE, "../../../..")
TRAIN = os.path.join(WORKSPACE, "train")
BENCH = os.path.join(os.environ.get("ONRECORD_SHARED", os.path.join(WORKSPACE, "../shared")), "bench")

sys.dont_write_bytecode = True
sys.path.insert(0, TRAIN)
from onrecord_train.corpora import desk


def write_brat():
    """The function alone: its module imports PyTorch."""
    path = os.path.join(TRAIN, "onrecord_train/__main__.py")
    tree = ast.parse(open(path, encoding="utf8").read())
    function = next(x for x in tree.body if isinstance(x, ast.FunctionDef) and x.name == "write_brat")
    names = {"os": os}
    exec(compile(ast.Module([function], []), path, "exec"), names)
    return names["write_brat"]


def score(gold, predictions, scorer="score_attribution.py"):
    out = subprocess.run([sys.executable, os.path.join(BENCH, scorer), gold, predictions], check=True, capture_output=True, text=True).stdout
    return {"table": out.splitlines()[:-1], "json": out.splitlines()[-1]}


def figures(gold, predictions):
    expected = {"total": score(gold, predictions), "documents": {}}
    for file in sorted(os.listdir(os.path.join(gold, "text"))):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(os.path.join(gold, "attributions"), os.path.join(folder, "attributions"))
            os.mkdir(os.path.join(folder, "text"))
            shutil.copy(os.path.join(gold, "text", file), os.path.join(folder, "text"))
            alone = score(folder, predictions)
            if json.loads(alone["json"])["documents"]:
                expected["documents"][file[:-4]] = alone["json"]
    return expected


def record_figures(gold, predictions):
    expected = {"total": score(gold, predictions, "score_record.py"), "documents": {}}
    for file in sorted(os.listdir(gold)):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(os.path.join(gold, file), folder)
            expected["documents"][file[:-4]] = score(folder, predictions, "score_record.py")["json"]
    return expected


with tempfile.TemporaryDirectory() as folder:
    write_brat()(desk.load(os.path.join(HERE, "desk")), folder)
    expected = {
        "brat": figures(os.path.join(HERE, "brat"), os.path.join(HERE, "brat.predictions.jsonl")),
        "desk": figures(folder, os.path.join(HERE, "desk.predictions.jsonl")),
        "record": record_figures(os.path.join(HERE, "record"), os.path.join(HERE, "record.predictions.jsonl")),
    }
with open(os.path.join(HERE, "expected.json"), "w", encoding="utf8") as out:
    json.dump(expected, out, indent=1, ensure_ascii=False)
    out.write("\n")
