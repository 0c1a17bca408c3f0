"""Segments of a text: its sentences, and parts of sentences that are too long to be shown."""

from __future__ import annotations

import re
import unicodedata

# One class of characters first: the pattern engine then skips all others quickly. A line end and
# the ends of East Asian sentences need no space after them.
_END = re.compile(
    r"""[.!?\u2026\n\u3002\uff01\uff1f]+(?:(?<=[\n\u3002\uff01\uff1f])|["'\u2019\u201d)\]]*(?=\s))"""
)


def text_segments(text: str, most: int) -> list[tuple[int, int]]:
    """Return the [start, end) of each sentence, or of parts of at most ``most`` characters."""
    found: list[tuple[int, int]] = []
    start = 0
    for end in _sentence_ends(text):
        while start < end and text[start].isspace():
            start += 1
        while end - start > most:
            cut = cut_text(text, start, start + most)
            found.append((start, cut))
            start = cut
            while start < end and text[start].isspace():
                start += 1
        if start < end:
            found.append((start, end))
            start = end
    return found


def _sentence_ends(text: str) -> list[int]:
    ends = [
        end
        for stop, end in [match.span() for match in _END.finditer(text)]
        if not (  # J. Smith, U.S. Navy
            text[stop] == "."
            and text[stop - 1 : stop].isupper()
            and (stop == 1 or text[stop - 2] in " .(")
        )
    ]
    ends.append(len(text))
    return ends


def cut_text(text: str, start: int, latest: int) -> int:
    """Return the last position up to ``latest`` where ``text`` may be cut: not within a word.

    Parameters
    ----------
    text
        Any text.
    start
        Where the piece begins; the cut is behind it.
    latest
        The cut is there or before.
    """
    if latest >= len(text):
        return len(text)
    space = text.rfind(" ", start, latest)
    if space > start and text[space + 1 : latest + 1].isprintable():  # no other white space
        return latest if text[latest] == " " else space + 1
    for cut in range(latest, start, -1):
        if text[cut].isspace() or text[cut - 1].isspace():
            return cut
    # One endless word: do not separate letters from accents, or surrogate pairs.
    cut = latest
    while cut > start + 1 and (
        unicodedata.combining(text[cut]) or _are_joined(text[cut - 1], text[cut])
    ):
        cut -= 1
    return cut


def _are_joined(left: str, right: str) -> bool:
    return (
        left == "\u200d"
        or right in "\u200d\ufe0f"
        or "\U0001f3fb" <= right <= "\U0001f3ff"
        or ("\ud800" <= left <= "\udbff" and "\udc00" <= right <= "\udfff")
    )
