"""The pages of html-trafilatura, out of the pack in ../shared/data."""

import json
import os
import pathlib
import tarfile

WORKSPACE = pathlib.Path(__file__).resolve().parent.parent
SHARED = pathlib.Path(os.environ.get("ONRECORD_SHARED", WORKSPACE.parent / "shared"))


def pages():
    """Pairs of address and bytes, in the order of the annotations."""
    folder = "html-trafilatura/trafilatura"
    with tarfile.open(SHARED / "data/html-trafilatura.tar.xz") as pack:
        files = {m.name: pack.extractfile(m).read() for m in pack if m.isfile() and m.name.startswith(folder)}
    for line in files[f"{folder}/annotations.jsonl"].splitlines():
        page = json.loads(line)
        yield page["url"], files[f"{folder}/pages/{page['file']}"]
