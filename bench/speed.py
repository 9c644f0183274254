"""Pages a second on one core: ours and Python's trafilatura, in turn, on the same pages.

Seconds are those of the processor. Ours are of the whole process, starting and reading the files
included; trafilatura's of its calls alone.
"""

import logging
import pathlib
import tempfile
import time

import examples
import pages
import trafilatura

ROUNDS = 3


def theirs(read):
    began = time.process_time()
    for page in read:
        trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    return time.process_time() - began


def main():
    logging.disable(logging.CRITICAL)
    read = [page for _, page in pages.pages()]
    binary = examples.build("pages")
    with tempfile.TemporaryDirectory() as folder:
        for n, page in enumerate(read):
            (pathlib.Path(folder) / f"{n:04}.html").write_bytes(page)
        seconds = [(examples.run(binary, folder)[0], theirs(read)) for _ in range(ROUNDS)]
    us, them = (len(read) / min(times) for times in zip(*seconds))
    print(f"onrecord             {us:6.0f} pages/s")
    print(f"trafilatura {trafilatura.__version__:<9}{them:6.0f} pages/s")
    print(f"{us / them:.1f} times")


if __name__ == "__main__":
    main()
