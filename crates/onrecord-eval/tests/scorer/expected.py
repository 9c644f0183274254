"""Writes expected.json: what ../shared/bench/score_attribution.py prints for the cases in this folder.

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
SCORER = os.path.join(os.environ.get("ONRECORD_SHARED", os.path.join(WORKSPACE, "../shared")), "bench/score_attribution.py")

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


def score(gold, predictions):
    out = subprocess.run([sys.executable, SCORER, gold, predictions], check=True, capture_output=True, text=True).stdout
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


with tempfile.TemporaryDirectory() as folder:
    write_brat()(desk.load(os.path.join(HERE, "desk")), folder)
    expected = {
        "brat": figures(os.path.join(HERE, "brat"), os.path.join(HERE, "brat.predictions.jsonl")),
        "desk": figures(folder, os.path.join(HERE, "desk.predictions.jsonl")),
    }
with open(os.path.join(HERE, "expected.json"), "w", encoding="utf8") as out:
    json.dump(expected, out, indent=1, ensure_ascii=False)
    out.write("\n")
