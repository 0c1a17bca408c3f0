"""Time of completions, letter by letter: ``python -m benchmarks.completions [titles.txt]``.

Without a file, 163,000 headlines are made of invented words whose frequencies fall as those of a
language do. With one (a title a line, possibly gzipped JSON lines with a "title"), its titles are
used. What is typed: headlines from their start and words from within, one letter more each time,
a fifth of them with an error.
"""

from __future__ import annotations

import gzip
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.result_files import Row, percentiles
from benchmarks.tables import publish
from index.autocomplete.completions import CompletionEntry, CompletionIndex

SYLLABLES = (
    "ba ce di fo gu ha ji ko lu ma ne pi qua ro sti ta ve wo xe tha whi con pre in re".split()
)
COMMON = "the what is did are who when a of in to was that for on with does how why this".split()


def invented(n: int, rng: random.Random) -> list[str]:
    """Return ``n`` headlines of 4 to 16 words, most of them rare, some in nearly every headline."""
    rare = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 5))) for _ in range(80_000)]
    words = [*COMMON, *dict.fromkeys(rare)]
    weights = np.cumsum(1.0 / np.arange(1, len(words) + 1)).tolist()
    return [
        " ".join(rng.choices(words, cum_weights=weights, k=rng.randint(4, 16))).capitalize()
        for _ in range(n)
    ]


def read_titles(path: Path) -> list[str]:
    """Return the titles of a file, plain lines or gzipped JSON lines."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return [json.loads(line)["title"] for line in lines]
    return path.read_text(encoding="utf-8").splitlines()


def keystrokes(titles: list[str], rng: random.Random, n: int) -> Iterator[str]:
    """Yield every prefix of ``n`` typed texts.

    Parameters
    ----------
    titles
        What is typed begins in one of them.
    rng
        Chooses titles and typing errors.
    n
        How many texts.
    """
    for title in rng.choices(titles, k=n):
        words = title.split()
        begin = rng.choice([0, 0, rng.randrange(len(words) or 1)])
        typed = " ".join(words[begin : begin + 4])[:24]
        if rng.random() < 0.2 and len(typed) > 6:
            wrong = rng.randrange(2, len(typed) - 2)
            typed = typed[:wrong] + rng.choice(["", "e", typed[wrong] * 2]) + typed[wrong + 1 :]
        yield from (typed[:length] for length in range(1, len(typed) + 1))


def measure(name: str, prefixes: list[str], index: CompletionIndex) -> Row:
    """Return the percentiles of one group of prefixes.

    Parameters
    ----------
    name : str
        What the group is called.
    prefixes : list of str
        What is typed.
    index : CompletionIndex
        What completes it.
    """
    times = []
    for prefix in prefixes:
        start = time.perf_counter()
        index.complete(prefix)
        times.append((time.perf_counter() - start) * 1e3)
    return {"typed": name, **percentiles(times)}


def main() -> None:
    """Build, save, reopen, and time every keystroke."""
    rng = random.Random(7)
    titles = read_titles(Path(sys.argv[1])) if len(sys.argv) > 1 else invented(163_000, rng)
    entries = [
        CompletionEntry(title, "headline", str(i), float(rng.paretovariate(1) // 1), float(i))
        for i, title in enumerate(titles)
    ]
    start = time.perf_counter()
    built = CompletionIndex.build(entries)
    seconds = time.perf_counter() - start
    note = f"{len(built):,} headlines, {len(built.vocabulary):,} words, built in {seconds:.1f} s, "
    with tempfile.TemporaryDirectory() as folder:
        built.save(Path(folder))
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        index = CompletionIndex.open(Path(folder))
        index.complete("compile thsi"), index.complete("xqzz")  # compile, and map the files
        groups = {"every keystroke of 400 inputs": list(keystrokes(titles, rng, 400))}
        letters = "abcdefghijklmnopqrstuvwxyz"
        groups["one letter"] = [a for a in letters for _ in range(8)]
        groups["two letters"] = [a + b for a in letters for b in letters]
        groups["two words of one letter"] = [f"{a} {b}" for a in letters for b in letters]
        common = [f"{a} {b} {c[:2]}" for a in COMMON for b in COMMON for c in COMMON[::4]]
        groups["three of the commonest words"] = common
        typos = [p[:2] + "q" + p[2:] for p in keystrokes(titles, rng, 60) if len(p) > 4]
        groups["an error in each"] = typos
        rows = [measure(name, prefixes, index) for name, prefixes in groups.items()]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    note += f"{size / 2**20:.0f} MiB on disk, peak memory with the build {peak:.0f} MiB."
    publish("completions", rows, "python -m benchmarks.completions", note=note)


if __name__ == "__main__":
    main()
