"""Article text for HTML: paragraphs, bullets, citations, marks.

All functions return plain text; the templates escape it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from corpus.models import Article, Notice

_CITATION = re.compile(r"\[(\d{1,7}(?:\s*[,;]\s*\d{1,7})*)\]")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text; ``source`` is the number that it cites, 0 for none."""

    text: str
    source: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph (a single line) or one list of bullets (a line each)."""

    bullets: bool
    lines: tuple[str, ...]


def article_text_blocks(text: str) -> tuple[Block, ...]:
    """Return the paragraphs and lists of ``text``: a paragraph a line, bullets begin ``- ``."""
    found: list[Block] = []
    for line in text.splitlines():
        line = line.strip()
        if not line:
            continue
        if line.startswith("- "):
            before = found.pop().lines if found and found[-1].bullets else ()
            found.append(Block(True, (*before, line[2:].strip())))
        else:
            found.append(Block(False, (line,)))
    return tuple(found)


def notices_outside_text(article: Article) -> tuple[Notice, ...]:
    """Return the notices that are not among the paragraphs of the article, in order."""
    if not article.notices:
        return ()
    texts = " ".join(f"{article.summary}\n{article.body}".split())
    return tuple(n for n in article.notices if " ".join(n.text.split()) not in texts)


def citation_runs(text: str, sources: Container[int]) -> tuple[Run, ...]:
    """Return ``text`` in runs, each ``[n]`` whose source is known a citation of its own.

    ``[2, 3]`` becomes two citations; the runs put together give the text but for such commas.
    """
    found: list[Run] = []
    end = 0
    for match in _CITATION.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d+", match[1])]
        if not all(number in sources for number in numbers):
            continue
        found.append(Run(text[end : match.start()]))
        found.extend(Run(f"[{number}]", number) for number in numbers)
        end = match.end()
    found.append(Run(text[end:]))
    return tuple(run for run in found if run.text)


def marked_runs(text: str, marks: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """Return ``text`` in (run, is marked), whatever the marks: unsorted, overlapping, outside."""
    found: list[tuple[str, bool]] = []
    end = 0
    for start, stop in sorted(marks):
        start, stop = max(start, end), min(stop, len(text))
        if start < stop:
            found += [(text[end:start], False), (text[start:stop], True)]
            end = stop
    return tuple(run for run in (*found, (text[end:], False)) if run[0])
