"""Scripts that are written without spaces between words: text to overlapping pairs of characters.

The usual way to search them without a dictionary (Lucene's CJKBigramFilter); Korean has spaces but
glues particles to its words, and is read by pairs for that reason.
"""

from __future__ import annotations

import itertools

import regex

_BY_PAIRS = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}ー々〆〇"
    r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
)
_RUN = regex.compile(rf"[{_BY_PAIRS}](?:[{_BY_PAIRS}]|\p{{M}}|\p{{Cf}})*")
_LETTER = regex.compile(r"\X")

Spans = list[tuple[int, int]]


def spans_by_script(text: str) -> Spans:
    """Return (start, end) of the words in ``text``, which holds letters, marks and digits alone.

    A run of a script without spaces gives its overlapping pairs of letters (a letter with its
    marks), or its one letter; what stands between such runs is whole.
    """
    spans: Spans = []
    at = 0
    for run in _RUN.finditer(text):
        if run.start() > at:
            spans.append((at, run.start()))
        letters = [m.span() for m in _LETTER.finditer(text, run.start(), run.end())]
        if len(letters) == 1:
            spans.append(letters[0])
        spans += [(one[0], two[1]) for one, two in itertools.pairwise(letters)]
        at = run.end()
    if at < len(text):
        spans.append((at, len(text)))
    return spans


def has_script_by_pairs(text: str) -> bool:
    """Return whether any part of ``text`` is read by pairs of letters."""
    return _RUN.search(text) is not None
