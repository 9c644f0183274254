"""Makes a WARC of the pages with `warcio`, and reads it: crawl.py MEGABYTES FILE.warc or FILE.warc.gz.

Each page is a response record after the record of its request; the pages are repeated until there
are so many megabytes before compression. Seconds are those of the processor, on one thread.
"""

import io
import sys

import examples
import pages
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


def make(megabytes, path):
    """Bytes of all pages."""
    read = list(pages.pages())
    n_bytes = n_records = 0
    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=path.endswith(".gz"))
        while n_bytes < megabytes * 1_000_000:
            url, page = read[n_records % len(read)]
            n_records += 1
            request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.org")], is_http_request=True)
            writer.write_record(writer.create_warc_record(url, "request", payload=io.BytesIO(), http_headers=request))
            headers = [("Content-Type", "text/html"), ("Content-Length", str(len(page)))]
            answer = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(page), http_headers=answer))
            n_bytes += len(page)
    print(f"{n_records} pages, {n_bytes / 1e6:.0f} MB of them")
    return n_bytes


def main():
    megabytes, path = int(sys.argv[1]), sys.argv[2]
    binary = examples.build("crawl")
    n_bytes = make(megabytes, path)
    for what in ["take", "read"]:
        seconds, printed = examples.run(binary, what, path)
        print(f"{what}: {n_bytes / 1e6 / seconds:.0f} MB of pages/s; {'; '.join(printed.splitlines())}")


if __name__ == "__main__":
    main()
