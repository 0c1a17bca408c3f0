"""Fuzzing of the readers: broken inputs by the hundred thousand, and none may crash or hang.

The samples of each format are changed at random: bytes and pieces of them, values of JSON and of
cells, words that mean something to a parser. A reader answers with articles, or says what is wrong;
an exception, a process that dies, a second of processor time or 200 MB for one input (none is as
large as a megabyte) is a fault. Inputs are drawn by seed and number, so that each can be made
again.

Run: python -m benchmarks.fuzz_readers [INPUTS] [SECONDS for a reader]
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any

from benchmarks.result_files import ROOT, Row
from benchmarks.tables import publish
from corpus.readers import ReadOptions, read_records
from corpus.readers.dispatch import known_ending

INPUTS, SECONDS = 100_000, 1_200.0
SEED = 2026
MAX_CPU_SECONDS = 1.0  # of one input
MAX_MB = 200  # that the process may grow by one input
STOP_SECONDS = 10.0  # of processor time, after which an input is given up
MAX_CHANGES = 6  # of one input
MAX_BYTES = 900_000
SAMPLES = ROOT / "tests" / "corpus" / "readers" / "samples"
TOKENS = (
    b"<![CDATA[", b"]]>", b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>", b"&a;",
    b"&#0;", b"&#xD800;", b"</", b"<script type='application/ld+json'>", b"<!--", b"\x00", b"\xff",
    b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\r", b"\x1a", b"\\u0000", b"\\ud800",
    b'{"@graph":', b"[" * 200, b"{\"a\":" * 100, b"1e999", b"-0", b"9" * 400, b"NaN", b"null",
    b"---\n", b"+++\n", b"&x !!python/object/apply:os.system ['true']", b"*x", b"<<: *x",
    b"2026-13-45T99:99:99Z", b"0000-00-00", b"03/04/2025", b"=HYPERLINK(1)", b'"', b"'", b"\t",
    b"https://desk.example/a", b"http://[::1", b"javascript:alert(1)", b"../../etc/passwd",
    "\u202e\u0301\u200b\U0001f600".encode(), b"a" * 5_000, b"<div>" * 300, b"| a |\n" * 50,
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1.5, "", " ", "\x00", "a" * 3_000, [], {}, [[]], [None], {"a": {}},
    {"@type": "ClaimReview"}, ["x", 1, None], "2026-02-30", "\ud800", {"@graph": [{"@graph": 1}]},
)  # fmt: skip


def sample_of(name: str) -> bytes:
    """Return the bytes of a sample; tables and JSON Lines that have none are made of others."""
    if name == "table.xlsx":
        return _workbook()
    if name == "table.ods":
        return _spreadsheet()
    if name == "feed.atom":
        return _atom_feed()
    if name == "table.parquet":
        return _parquet()
    if name == "own.jsonl":
        one = {"id": "trams", "headline": "Do trams fly?", "sections": [{"text": "No."}]}
        return (json.dumps(one) + "\n").encode() * 2
    if name == "sitemap.xml":
        entry = "<url><loc>https://desk.example/a</loc><lastmod>2026-01-01</lastmod></url>"
        return f"<urlset>{entry * 2}</urlset>".encode()
    if name.endswith(".gz"):
        return gzip.compress(sample_of(name.removesuffix(".gz")))
    return (SAMPLES / name).read_bytes()


READERS = {
    "page text": "page.md",
    "HTML": "page.html",
    "ClaimReview": "claim-review.json",
    "Fact Check Tools": "fact-check-tools.json",
    "RSS": "feed.rss",
    "Atom": "feed.atom",
    "JSON Feed": "feed.json",
    "sitemap": "sitemap.xml",
    "WordPress export": "wordpress.xml",
    "WordPress REST": "wordpress-rest.json",
    "Ghost": "ghost.json",
    "Arc": "arc.json",
    "Drupal": "drupal.json",
    "CSV": "table.csv",
    "Excel": "table.xlsx",
    "OpenDocument": "table.ods",
    "Parquet": "table.parquet",
    "own JSON Lines": "own.jsonl",
    "BEIR": "beir.jsonl",
    "gzip of lines": "own.jsonl.gz",
    "gzip of CSV": "table.csv.gz",
    "gzip of XML": "wordpress.xml.gz",
}


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return an input made of a sample by a few changes at random."""
    if data[:1] in (b"{", b"[") and chance.random() < 0.4:
        data = _changed_json(data, chance)
    for _ in range(chance.randint(1, MAX_CHANGES)):
        data = chance.choice(_CHANGES)(data, chance)
    return data[:MAX_BYTES]


def _flip(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _remove(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randint(0, len(data)) for _ in range(2))
    return data[:start] + data[min(end, start + 200) :]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randint(0, len(data)) for _ in range(2))
    part = data[start : min(end, start + 400)]
    return data[:end] + part * chance.choice((1, 2, 10, 100)) + data[end:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(TOKENS) + data[at:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    a, b, c = sorted(chance.randint(0, len(data)) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


Change = Callable[[bytes, random.Random], bytes]
_CHANGES: tuple[Change, ...] = (_flip, _cut, _remove, _repeat, _insert, _insert, _insert, _swap)


def _changed_json(data: bytes, chance: random.Random) -> bytes:
    """Return a document in which one value is another; lines of JSON each for itself."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    try:
        document = json.loads(data)
        rest: list[bytes] | None = None
    except ValueError:
        try:
            document, rest = json.loads(lines[at]), lines
        except ValueError:
            return data
    places: list[tuple[Any, Any]] = []

    def visit(value: Any) -> None:
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            places.append((value, key))
            if isinstance(value[key], (dict, list)):
                visit(value[key])

    if isinstance(document, (dict, list)):
        visit(document)
    if places:
        holder, key = chance.choice(places)
        holder[key] = chance.choice(ODD_VALUES)
    text = json.dumps(document).encode()
    if rest is None:
        return text
    rest[at] = text
    return b"\n".join(rest)


def _workbook() -> bytes:
    """Return a small workbook in Office Open XML, written by hand: a ZIP of four parts."""
    import zipfile

    rows = [("headline", "verdict", "date"), ("Do trams fly?", "False", "2026-04-10")]
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    cells = "".join(f"<row>{''.join(map(cell.format, row))}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    document = f"{links}/officeDocument"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
        f'Type="{document}" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
        f'Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
        "</worksheet>",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


def _spreadsheet() -> bytes:
    """Return a small table in OpenDocument, written by hand: a ZIP of three parts."""
    import zipfile

    kind = "application/vnd.oasis.opendocument.spreadsheet"
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    rows = [("headline", "verdict", "date"), ("Do trams fly?", "False", "2026-04-10")]
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = (f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content xmlns:office="{urn}:office:1.0" xmlns:table="{urn}:table:1.0" '
        f'xmlns:text="{urn}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="a">{"".join(lines)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    files = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{of}"/>'
        for path, of in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = f'<m:manifest xmlns:m="{urn}:manifest:1.0" m:version="1.2">{files}</m:manifest>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return target.getvalue()


def _atom_feed() -> bytes:
    entry = (
        '<entry xml:lang="en"><id>tag:desk.example,2026:1</id><title>Do trams fly?</title>'
        '<link href="https://desk.example/do-trams-fly"/><updated>2026-04-10T08:00:00Z</updated>'
        '<author><name>Ann Lee</name></author><category term="Transport"/>'
        '<summary>They do not.</summary><content type="html">&lt;p&gt;Trams roll.&lt;/p&gt;'
        "</content></entry>"
    )
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Tram Desk</title>'
    return f"{head}{entry * 2}</feed>".encode()


def _parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = io.BytesIO()
    pq.write_table(pa.table({"headline": ["Do trams fly?"], "verdict": ["False"]}), target)
    return target.getvalue()


class _TooLong(Exception):
    """An input that took more than ``STOP_SECONDS``."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _TooLong


def read_input(path: Path) -> tuple[int, str]:
    """Read one input; return how many records it gave, and the fault, "" for none."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, STOP_SECONDS)
    n = 0
    try:
        for _ in read_records(path, ReadOptions()):
            n += 1
    except _TooLong:
        return n, "hang"
    except Exception as error:
        return n, f"{type(error).__name__}: {error}"[:200]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
    if time.process_time() - start > MAX_CPU_SECONDS:
        return n, f"slow: {time.process_time() - start:.1f} s"
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before > MAX_MB * 1024:
        return n, "memory"
    return n, ""


def fuzz_reader(name: str, first: int, inputs: int, seconds: float, report: Any) -> None:
    """Read inputs of one reader in this process, and send what came of each hundred.

    Parameters
    ----------
    name
        Of the reader.
    first, inputs
        The number of the first input, and of the first that is not read any more.
    seconds
        After which it ends.
    report
        End of a pipe.
    """
    os.nice(10)
    signal.signal(signal.SIGPROF, _stop)
    sample = sample_of(READERS[name])
    ending = known_ending(READERS[name])
    deadline = time.monotonic() + seconds
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        path = Path(folder) / f"input{ending}"
        path.write_bytes(sample)
        read_input(path)  # what is loaded once is not of the first input
        records = 0
        for number in range(first, inputs):
            path.write_bytes(changed(sample, random.Random(f"{SEED} {name} {number}")))
            n, fault = read_input(path)
            records += n
            if fault or number % 100 == 99 or number == inputs - 1:
                report.send((number + 1, records, fault))
                records = 0
            if time.monotonic() > deadline:
                report.send((number + 1, records, ""))
                break
    report.close()


def fuzz(name: str, inputs: int, seconds: float) -> Row:
    """Return the row of a reader; a process that dies is a fault, and another goes on.

    Parameters
    ----------
    name
        Of the reader.
    inputs
        How many.
    seconds
        After which no more are read.
    """
    context = get_context("spawn")
    done, records = 0, 0
    faults: list[str] = []
    start = time.monotonic()
    while done < inputs and (left := seconds - (time.monotonic() - start)) > 0:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=fuzz_reader, args=(name, done, inputs, left, there))
        process.start()
        there.close()
        try:
            while True:
                done, n, fault = here.recv()
                records += n
                if fault:
                    faults.append(f"{name} {done - 1}: {fault}")
                    print(faults[-1], file=sys.stderr)
        except EOFError:
            pass
        process.join()
        if process.exitcode:
            faults.append(f"{name} after {done}: the process died with {process.exitcode}")
            print(faults[-1], file=sys.stderr)
            done += 100
    seconds = time.monotonic() - start
    return {
        "reader": name,
        "inputs": min(done, inputs),
        "records": records,
        "faults": len(faults),
        "inputs a second": round(min(done, inputs) / seconds),
    }


def main(inputs: int, seconds: float) -> None:
    """Fuzz every reader and publish its row."""
    for name in READERS:
        row = fuzz(name, inputs, seconds)
        print(row, file=sys.stderr)
        publish("fuzz-readers", [row], "python -m benchmarks.fuzz_readers", key=("reader",))


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else INPUTS,
        float(sys.argv[2]) if len(sys.argv) > 2 else SECONDS,
    )
