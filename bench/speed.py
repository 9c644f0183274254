"""Pages a second on one core: ours and Python's trafilatura, in turn, on the same pages.

Seconds are those of the processor, so that other work on the machine counts little. Ours are of the
whole process, starting and reading the files included; trafilatura's of its calls alone.
"""

import json
import logging
import pathlib
import resource
import subprocess
import tempfile
import time

import pages
import trafilatura

ROUNDS = 3


def ours(folder):
    command = ["cargo", "run", "--release", "--quiet", "-p", "onrecord-intake", "--example", "pages", "--"]
    subprocess.run(command + [folder], cwd=pages.WORKSPACE, check=True, capture_output=True)  # builds it
    target = subprocess.run(
        ["cargo", "metadata", "--no-deps", "--format-version=1"], cwd=pages.WORKSPACE, check=True, capture_output=True
    )
    binary = pathlib.Path(json.loads(target.stdout)["target_directory"]) / "release/examples/pages"

    def run():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([binary, folder], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return run


def theirs(read):
    def run():
        began = time.process_time()
        for page in read:
            trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
        return time.process_time() - began

    return run


def main():
    logging.disable(logging.CRITICAL)
    read = [page for _, page in pages.pages()]
    with tempfile.TemporaryDirectory() as folder:
        for n, page in enumerate(read):
            (pathlib.Path(folder) / f"{n:04}.html").write_bytes(page)
        runs = {"onrecord": ours(folder), f"trafilatura {trafilatura.__version__}": theirs(read)}
        rates = {name: 0.0 for name in runs}
        for _ in range(ROUNDS):
            for name, run in runs.items():
                rates[name] = max(rates[name], len(read) / run())
    for name, rate in rates.items():
        print(f"{name:<24}{rate:8.0f} pages/s")
    us, them = rates.values()
    print(f"{us / them:.1f} times")


if __name__ == "__main__":
    main()
