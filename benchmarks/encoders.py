"""Speed and law of a sentence encoder: ``python -m benchmarks.encoders auto [folder ...]``.

For each encoder and for 1 core and all cores: headlines a second, time for one query of 10 and
of 60 tokens, and by how much a vector differs in company and from one core to all. Headlines are
made of common words, 8 to 24 of them; ``--texts file`` (one a line) takes others.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import time
from pathlib import Path

import numpy as np

from benchmarks.result_files import Row
from benchmarks.tables import publish
from index.dense.encoder import Encoder, Matrix
from index.dense.load_encoder import EncoderUnavailable, load_encoder

WORDS = (
    "the of and to in is that for was on are with as be at one have this from or had by not but "
    "what all were when we there can an your which their said if do will each about how up out "
    "them then she many some so these would other into has more her two like him see time could "
    "no make than first been its who now people my made over did down only way find use may "
    "water long little very after words called just where most know vaccine tax climate election "
    "minister border hospital virus film photo video bridge crime law school war money border"
).split()


def headlines(n: int) -> list[str]:
    """Return ``n`` made-up headlines of about 18 tokens."""
    rng = random.Random(0)
    return [" ".join(rng.choices(WORDS, k=rng.randint(8, 24))) for _ in range(n)]


def milliseconds(encoder: Encoder, tokens: int, runs: int = 200) -> tuple[float, float]:
    """Return p50 and p95 of encoding one query.

    Parameters
    ----------
    encoder
        What is measured.
    tokens
        Length of the query, two of them special.
    runs
        How many queries, after 20 to warm up.
    """
    rng = random.Random(tokens)
    took = []
    for _ in range(runs + 20):
        query = " ".join(rng.choices(WORDS, k=tokens - 2))
        start = time.perf_counter()
        encoder.encode([query], kind="query")
        took.append((time.perf_counter() - start) * 1e3)
    p50, p95 = np.percentile(took[20:], (50, 95))
    return float(p50), float(p95)


def measure(setting: str, threads: int, texts: list[str]) -> tuple[Row, Matrix]:
    """Return a row of the table, and the vectors of ``texts``.

    Parameters
    ----------
    setting
        ``auto`` or a folder.
    threads
        How many the encoder may use.
    texts
        What is encoded.
    """
    start = time.perf_counter()
    encoder = load_encoder(setting, threads=threads)
    assert encoder is not None
    load = time.perf_counter() - start
    start = time.perf_counter()
    vectors = encoder.encode(texts)
    rate = len(texts) / (time.perf_counter() - start)
    alone = np.vstack([encoder.encode([text]) for text in texts[:200]])
    company = float(np.abs(alone - vectors[:200]).max())
    short, long = milliseconds(encoder, 10), milliseconds(encoder, 60)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row: dict[str, object] = {
        "encoder": f"{setting} ({encoder.name})",
        "threads": threads,
        "seconds to load": round(load, 2),
        "texts a second": round(rate),
        "ms p50 / p95, query of 10 tokens": f"{short[0]:.1f} / {short[1]:.1f}",
        "ms p50 / p95, query of 60 tokens": f"{long[0]:.1f} / {long[1]:.1f}",
        "largest difference of a vector in a batch": f"{company:.1e}",
        "peak memory, MB": round(memory),
    }
    encoder.close()
    return row, vectors


def main() -> None:
    """Measure every encoder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoders", nargs="*", default=["auto"])
    parser.add_argument("--texts", type=Path, help="headlines, one a line")
    parser.add_argument("--count", type=int, default=2_000)
    options = parser.parse_args()
    if options.texts is None:
        texts = headlines(options.count)
    else:
        texts = options.texts.read_text("utf-8").splitlines()[: options.count]
    rows: list[Row] = []
    for setting in options.encoders:
        try:
            first, one = measure(setting, 1, texts)
            second, every = measure(setting, os.cpu_count() or 1, texts)
        except EncoderUnavailable as error:
            print(error)
            continue
        difference = {"difference to 1 thread": f"{np.abs(one - every).max():.1e}"}
        rows += [first, {**second, **difference}]
    if rows:
        publish(
            "encoders",
            rows,
            "python -m benchmarks.encoders auto [FOLDER …]",
            ("encoder", "threads"),
        )


if __name__ == "__main__":
    main()
