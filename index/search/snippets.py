"""Snippets: the best short passage of an article, with the matching words marked.

A long text is not read word by word. Its pieces (sentences, or parts of long ones) are first asked
by plain substring search which terms they may hold; only the few most promising places are then
taken apart by the tokeniser, which decides.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate

from corpus.analysis.tokenizer import token_spans
from corpus.models import Article
from index.types import Snippet

MIN_SNIPPET_CHARACTERS = 40  # fewer show no context

_MAX_TEXT_CHARACTERS = 1_000_000  # of a text that are read
_MAX_TERMS = 64  # those of most weight; a pasted page has more
_N_PASSAGES = 3  # that the tokeniser reads
_REPEAT_WEIGHT = 0.1  # of its weight, for a term that the passage already has
_PROXIMITY_WEIGHT = 0.2  # of the smaller weight, for two different terms near each other
_MAX_NEAR_CHARACTERS = 25  # between terms that are near each other: three or four words
_MIN_FILLED_SHARE = 0.6  # of the room; a passage this long may end with a sentence

# One class of characters first: the pattern engine then skips all others quickly.
_END = re.compile(r"""[.!?\u2026\n\u3002\uff01\uff1f]+["'\u2019\u201d)\]]*""")
_WIDE = "\n\u3002\uff01\uff1f"  # ends that no space follows
_SPACES = re.compile(r"\s+")
_ELLIPSIS = "\u2026"


@dataclass(frozen=True, slots=True)
class _Passage:
    """A candidate: ``text[start:end]``, with what it is worth."""

    start: int
    end: int
    worth: float


def highlight(text: str, terms: Mapping[str, float]) -> Snippet:
    """Return the whole of ``text``, a headline say, with every word marked whose term is there.

    ``terms`` are terms of ``corpus.text.tokenize`` (stems, without accents), so *vaccinated* is
    marked for *vaccines*, and *Café* for *cafe*. Marks are [start, end) in characters (code
    points) of ``text``, ascending, never overlapping.
    """
    spans = token_spans(text, _first_letters(terms))
    return Snippet(text, tuple((s, e) for term, s, e in spans if term in terms))


def article_snippet(article: Article, terms: Mapping[str, float]) -> Snippet:
    """Return the best passage of an article for ``terms``; see ``snippet``."""
    parts = [article.summary]
    for section in article.sections:
        heading = section.heading.strip()  # a sentence of its own in a snippet
        parts += [f"{heading}." if heading[-1:].isalnum() else heading, section.text]
    return snippet("\n".join(part for part in parts if part) or article.headline, terms)


def snippet(text: str, terms: Mapping[str, float], *, max_chars: int = 240) -> Snippet:
    """Return the passage of ``text`` that holds most of ``terms``, with the matches marked.

    Parameters
    ----------
    text
        Any text; line breaks and other runs of white space come out as one space.
    terms
        Term (see ``highlight``) to weight, at least 0, its idf say. A passage is worth the weights
        of the different terms it holds, a little more for repeats and for terms close together;
        among equals the earlier wins. Without any match the passage is the beginning.
    max_chars
        Most characters of the answer, ellipses counted.

    Returns
    -------
    Snippet
        It begins and, where there is room, ends with a sentence, and has an ellipsis where text
        was left out. Words are whole, unless one alone is longer than half the room.

    Raises
    ------
    ValueError
        ``max_chars`` is below ``MIN_SNIPPET_CHARACTERS``.
    """
    if max_chars < MIN_SNIPPET_CHARACTERS:
        raise ValueError(
            f"max_chars is {max_chars}; a snippet needs at least {MIN_SNIPPET_CHARACTERS}"
        )
    text = text[:_MAX_TEXT_CHARACTERS].replace("\0", " ")  # _may_hold parts pieces by it
    if len(terms) > _MAX_TERMS:
        terms = dict(nsmallest(_MAX_TERMS, terms.items(), key=lambda t: (-t[1], t[0])))
    room = max_chars - 2 * len(_ELLIPSIS)
    pieces = list(_pieces(text, room // 2))
    if not pieces:
        return Snippet("")
    promising = _promising(text, pieces, room, terms)
    places = [_closely(text, pieces, first, room, terms) for first in promising]
    best = max(places, key=lambda place: (place.worth, -place.start))
    start = _begin_earlier(pieces, best, room)
    shown = _SPACES.sub(" ", text[start : best.end]).strip()
    before = _ELLIPSIS if text[:start].strip() else ""
    after = _ELLIPSIS if text[best.end :].strip() else ""
    return highlight(f"{before}{shown}{after}", terms)


def _pieces(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Yield the [start, end) of each sentence, a long one in parts of at most ``most`` letters."""
    start = 0
    for end in (*_sentence_ends(text), len(text)):
        while start < end and text[start].isspace():
            start += 1
        while end - start > most:
            cut = _cut(text, start, start + most)
            yield start, cut
            start = cut
            while start < end and text[start].isspace():
                start += 1
        if start < end:
            yield start, end
            start = end


def _sentence_ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        stop, end = match.span()
        if text[end - 1] in _WIDE or text[end : end + 1].isspace():
            before = text[max(stop - 2, 0) : stop]
            initial = before[-1:].isupper() and (len(before) == 1 or before[0] in " .(")
            if not (text[stop] == "." and initial):  # J. Smith, U.S. Navy
                yield end


def _cut(text: str, start: int, latest: int) -> int:
    """Return the last position up to ``latest`` where ``text`` may be cut: not within a word."""
    if latest >= len(text):
        return len(text)
    for cut in range(latest, start, -1):
        if text[cut].isspace() or text[cut - 1].isspace():
            return cut
    # One endless word: at least keep letters and their accents, and surrogate pairs, together.
    cut = latest
    while cut > start + 1 and (
        unicodedata.combining(text[cut]) or _joined(text[cut - 1], text[cut])
    ):
        cut -= 1
    return cut


def _joined(left: str, right: str) -> bool:
    return (
        left == "\u200d"
        or right in "\u200d\ufe0f"
        or "\U0001f3fb" <= right <= "\U0001f3ff"
        or ("\ud800" <= left <= "\udbff" and "\udc00" <= right <= "\udfff")
    )


def _promising(
    text: str, pieces: list[tuple[int, int]], room: int, terms: Mapping[str, float]
) -> list[int]:
    """Return where in ``pieces`` the best passages may begin, at most ``_N_PASSAGES``."""
    held, weights = _may_hold(text, pieces, terms)
    worth: dict[int, float] = {}  # of a set of terms, by its bits
    worths: list[tuple[float, int]] = []
    for first, together in enumerate(held):
        if not together:
            continue
        latest = pieces[first][0] + room
        for later in range(first + 1, len(pieces)):
            if pieces[later][1] > latest:
                break
            together |= held[later]
        if together not in worth:
            worth[together] = -sum(w for i, w in enumerate(weights) if together >> i & 1)
        worths.append((worth[together], first))
    return [first for _, first in nsmallest(_N_PASSAGES, worths)] or [0]


def _may_hold(
    text: str, pieces: list[tuple[int, int]], terms: Mapping[str, float]
) -> tuple[list[int], list[float]]:
    """Return per piece which terms it may hold, as bits, and the weight of each bit.

    No term that a piece holds is left out. A word begins with all but the last letter of its stem:
    *happy*, happi; *making*, make. The exceptions are *dying* and its like.
    """
    plain = _plain("\0".join([text[start:end] for start, end in pieces]))
    begins = [0, *accumulate(len(piece) + 1 for piece in plain.split(b"\0"))]
    held = [0] * len(pieces)
    for i, term in enumerate(terms):
        if not term.isascii():  # plain bytes cannot show it
            for piece, (start, end) in enumerate(pieces):
                held[piece] |= (not text[start:end].isascii()) << i
            continue
        for key in _beginnings(term):
            at = plain.find(key)
            while at >= 0:
                piece = bisect_right(begins, at) - 1
                held[piece] |= 1 << i
                at = plain.find(key, begins[piece + 1])
    return held, list(terms.values())


def _beginnings(term: str) -> list[bytes]:
    if term in ("die", "lie", "tie", "vie"):
        return [_plain(term[0] + "i"), _plain(term[0] + "y")]
    return [_plain(term if len(term) < 3 else term[:-1])]


def _first_letters(terms: Iterable[str]) -> set[str]:
    """Return the first two letters of every word that may have one of ``terms``."""
    return {key[:2].decode() for term in terms if term.isascii() for key in _beginnings(term)}


def _plain(text: str) -> bytes:
    """Return ``text`` in lower case without accents and inner punctuation (U.S., 1,250)."""
    if text.isascii():
        plain = text.lower().encode()
    else:
        plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore")
    return plain.translate(None, b".,'_")


def _closely(
    text: str, pieces: list[tuple[int, int]], first: int, room: int, terms: Mapping[str, float]
) -> _Passage:
    """Return the passage that begins with piece ``first``, read word by word.

    It ends with a sentence if it is then long enough and loses no term.
    """
    start = pieces[first][0]
    end = _cut(text, start, start + room)
    first_letters = _first_letters(terms)
    spans = [span for span in token_spans(text[start:end], first_letters) if span[0] in terms]
    for _, stop in reversed(pieces[first : bisect_right(pieces, (end, 0))]):
        if _MIN_FILLED_SHARE * room <= stop - start <= room:
            kept = [span for span in spans if start + span[2] <= stop]
            if {span[0] for span in kept} == {span[0] for span in spans}:
                return _Passage(start, stop, _worth(kept, terms))
            break
    return _Passage(start, end, _worth(spans, terms))


def _worth(spans: list[tuple[str, int, int]], terms: Mapping[str, float]) -> float:
    worth = 0.0
    seen: set[str] = set()
    last, last_end = "", 0
    for term, begin, end in spans:
        worth += terms[term] * (_REPEAT_WEIGHT if term in seen else 1.0)
        if last and term != last and begin - last_end <= _MAX_NEAR_CHARACTERS:
            worth += _PROXIMITY_WEIGHT * min(terms[term], terms[last])
        seen.add(term)
        last, last_end = term, end
    return worth


def _begin_earlier(pieces: list[tuple[int, int]], place: _Passage, room: int) -> int:
    """Return where to begin so that the end of a text is not shown alone when there is room."""
    start = place.start
    for begin, _ in reversed(pieces[: bisect_right(pieces, (start, -1))]):
        if place.end - begin > room:
            break
        start = begin
    return start
