"""Snippets: the best short passage of an article, with the matching words marked.

A long text is not tokenised as a whole. A plain substring search finds which terms its segments
(sentences, or parts of long ones) may have; only the few best passages are then tokenised, which
decides.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import accumulate

from corpus.analysis.tokenizer import fold, token_spans, tokenize
from corpus.models import Article
from index.columns import base_language
from index.search.segments import cut_text, text_segments
from index.types import Snippet

MIN_SNIPPET_CHARACTERS = 40  # fewer show no context

_MAX_TEXT_CHARACTERS = 1_000_000  # of a text that are read
_MAX_TERMS = 64  # those of most weight; a pasted page has more
_N_PASSAGES = 3  # that the tokeniser reads
_REPEAT_WEIGHT = 0.1  # of its weight, for a term that the passage already has
_PROXIMITY_WEIGHT = 0.2  # of the smaller weight, for two different terms near each other
_MAX_NEAR_CHARACTERS = 25  # between terms that are near each other: three or four words
_MAX_NEAR_STARTS = 32  # the same from start to start, a word of seven letters between
_N_COMPARED = 8  # candidates that are compared by how near their terms are
_MIN_FILLED_SHARE = 0.6  # of the room; a passage this long may end with a sentence

_SPACES = re.compile(r"\s+")
_PLAIN_SPACES = bytes.maketrans(b"-\n\t", b"   ")  # load-bearing is load bearing
# Letters with strokes and ligatures, which fold to plain ones and do not decompose to them.
_FOLDED_LETTERS = re.compile("[\u00c6\u00d0\u00d8\u00de\u00e6\u00f0\u00f8\u00fe\u0110-\u0180]")
_MAX_PHRASES = 4  # that are looked for
_ELLIPSIS = "\u2026"


@dataclass(frozen=True, slots=True)
class _Passage:
    """A candidate: ``text[start:end]``, its score, how many terms and phrases it has, its marks."""

    start: int
    end: int
    score: float
    n_terms: int
    n_phrases: int
    spans: Sequence[tuple[str, int, int]] = ()


@dataclass(frozen=True, slots=True)
class _WantedPhrases:
    """Phrases as plain text and as terms, each with its weight; more than all terms weigh.

    ``marked`` are those terms of each phrase that a snippet marks.
    """

    plain: tuple[bytes, ...]
    terms: tuple[tuple[str, ...], ...]
    marked: tuple[frozenset[str], ...]
    weights: tuple[float, ...]
    language: str

    @classmethod
    def of(
        cls, phrases: Sequence[str], terms: Mapping[str, float], language: str
    ) -> _WantedPhrases:
        """Return the first ``_MAX_PHRASES`` of two words or more."""
        kept = _phrases_of_words(tuple(phrases), language)
        base = sum(terms.values()) * (1.0 + _REPEAT_WEIGHT + _PROXIMITY_WEIGHT) + 1.0
        return cls(
            tuple(plain for plain, _ in kept),
            tuple(spelt for _, spelt in kept),
            tuple(frozenset(terms.keys() & spelt) for _, spelt in kept),
            tuple(base * (len(kept) - n) for n in range(len(kept))),
            language,
        )

    def found_in(self, text: str, spans: list[tuple[str, int, int]]) -> list[float]:
        """Return the weights of the phrases that stand in ``text``; ``spans`` are its marks.

        Only a text that has every marked term of a phrase is tokenised.
        """
        found = {term for term, _, _ in spans}
        if not any(marked <= found for marked in self.marked):
            return []
        spelt = f" {' '.join(tokenize(text, self.language))} "
        return [
            weight
            for phrase, weight in zip(self.terms, self.weights, strict=True)
            if f" {' '.join(phrase)} " in spelt
        ]


@lru_cache(maxsize=64)  # the hits of one query have the same
def _phrases_of_words(
    phrases: tuple[str, ...], language: str
) -> tuple[tuple[bytes, tuple[str, ...]], ...]:
    """Return the first phrases of two words or more, as plain text and as terms."""
    known = {p: tuple(tokenize(p, language)) for p in dict.fromkeys(phrases)}
    kept = [(_plain_snippet_text(p), t) for p, t in known.items() if len(t) > 1]
    return tuple(kept[:_MAX_PHRASES])


def highlight(text: str, terms: Mapping[str, float], language: str = "en") -> Snippet:
    """Return all of ``text``, such as a headline, with the words marked whose terms are given.

    ``terms`` are those of ``corpus.analysis.tokenizer.tokenize`` (stems, without accents), so
    *vaccinated* is marked for *vaccines*, and *Café* for *cafe*. Marks are [start, end) in
    characters (code points) of ``text``, ascending, never overlapping.

    Parameters
    ----------
    text
        Any text.
    terms
        What is marked.
    language
        ISO 639-1 code of the text.
    """
    spans = token_spans(text, _snippet_first_letters(terms), language)
    return Snippet(text, tuple((s, e) for term, s, e in spans if term in terms))


def article_snippet(
    article: Article, terms: Mapping[str, float], phrases: Sequence[str] = ()
) -> Snippet:
    """Return the best passage of an article for ``terms``; see ``snippet``.

    Parameters
    ----------
    article
        Its summary and body are read, else its headline.
    terms, phrases
        As in ``snippet``.
    """
    parts = [article.summary]
    for section in article.sections:
        heading = section.heading.strip()  # a sentence of its own in a snippet
        parts += [f"{heading}." if heading[-1:].isalnum() else heading, section.text]
    text = "\n".join(part for part in parts if part) or article.headline
    return snippet(text, terms, phrases, language=base_language(article.language))


def snippet(
    text: str,
    terms: Mapping[str, float],
    phrases: Sequence[str] = (),
    *,
    max_chars: int = 240,
    language: str = "en",
) -> Snippet:
    """Return the passage of ``text`` that holds most of ``terms``, with the matches marked.

    Parameters
    ----------
    text
        Any text; line breaks and other runs of white space come out as one space.
    terms
        Term (see ``highlight``) to weight, at least 0, its idf say. A passage is score the weights
        of the different terms it holds, a little more for repeats and for terms close together;
        among equals the earlier wins. Without any match the passage is the beginning.
    phrases
        Words that stand side by side in the passage where they do so anywhere: an earlier phrase
        counts more than a later one, and any more than all terms.
    max_chars
        Most characters of the answer, ellipses counted.
    language
        ISO 639-1 code of the text.

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
    # _possible_terms separates segments by \0.
    text = text[:_MAX_TEXT_CHARACTERS].replace("\0", " ")
    if len(terms) > _MAX_TERMS:
        terms = dict(nsmallest(_MAX_TERMS, terms.items(), key=lambda t: (-t[1], t[0])))
    room = max_chars - 2 * len(_ELLIPSIS)
    segments = text_segments(text, room // 2)
    if not segments:
        return Snippet("")
    wanted = _WantedPhrases.of(phrases, terms, language)
    first_letters = _snippet_first_letters(terms)
    best: _Passage | None = None
    every_term = (1 << len(terms)) - 1
    for first, possible in _best_snippet_starts(text, segments, room, terms, wanted):
        passage = _snippet_passage(text, segments, first, room, terms, first_letters, wanted)
        if best is None or passage.score > best.score:
            best = passage
        n_terms = (possible & every_term).bit_count()
        if passage.n_terms >= n_terms and passage.n_phrases >= possible.bit_count() - n_terms:
            break  # it has what it may have, and those after it may have no more
    assert best is not None  # there is always a first segment
    start = _extend_snippet_backwards(segments, best, room)
    as_written = text[start : best.end]
    shown = _SPACES.sub(" ", as_written).strip()
    before = _ELLIPSIS if start and not text[:start].isspace() else ""
    after = _ELLIPSIS if best.end < len(text) and not text[best.end :].isspace() else ""
    if len(shown) == len(as_written):  # each letter at its place: the marks are known
        shift = len(before) - start
        spans = [
            (s + start + shift, e + start + shift)
            for term, s, e in token_spans(text[start : best.start], first_letters, language)
            if term in terms
        ] + [(s + best.start + shift, e + best.start + shift) for _, s, e in best.spans]
        return Snippet(f"{before}{shown}{after}", tuple(spans))
    return highlight(f"{before}{shown}{after}", terms, language)


def _best_snippet_starts(
    text: str,
    segments: list[tuple[int, int]],
    room: int,
    terms: Mapping[str, float],
    wanted: _WantedPhrases,
) -> list[tuple[int, int]]:
    """Return where in ``segments`` the best passages may begin, at most ``_N_PASSAGES``.

    Each with the terms and phrases that it may have, as bits. Of those that may have the same, the
    one comes first whose terms are nearest each other, as far as plain letters show it.
    """
    held, weights, places = _possible_snippet_terms(text, segments, terms, wanted.plain)
    weights += wanted.weights
    score: dict[int, float] = {}  # of a set of terms, by its bits
    scores: list[tuple[float, int, int, int]] = []
    for first, together in enumerate(held):
        if not together:
            continue
        latest = segments[first][0] + room
        last = first
        for later in range(first + 1, len(segments)):
            if segments[later][1] > latest:
                break
            together |= held[later]
            last = later
        if together not in score:
            score[together] = -sum([w for i, w in enumerate(weights) if together >> i & 1])
        scores.append((score[together], first, last, together))
    if not scores:
        return [(0, 0)]
    scores = nsmallest(_N_COMPARED, scores)
    best = [one for one in scores if one[0] == scores[0][0]]
    if len(best) > 1:
        best.sort(key=lambda one: (-_near_pairs(places, one[1], one[2]), one[1]))
    ranked = best + scores[len(best) :]
    return [(first, together) for _, first, _, together in ranked[:_N_PASSAGES]]


def _near_pairs(places: list[list[tuple[int, int]]], first: int, last: int) -> int:
    """Return how often two different terms are near each other in some segments."""
    found = sorted(place for segment in places[first : last + 1] for place in segment)
    return sum(
        b[1] != a[1] and b[0] - a[0] <= _MAX_NEAR_STARTS for a, b in itertools.pairwise(found)
    )


def _possible_snippet_terms(
    text: str,
    segments: list[tuple[int, int]],
    terms: Mapping[str, float],
    phrases: Sequence[bytes] = (),
) -> tuple[list[int], list[float], list[list[tuple[int, int]]]]:
    """Return per segment which terms it may have, as bits; the weight of each term; their places.

    The bits of ``phrases`` follow those of the terms. The places are those of the first occurrence
    of each term in a segment, in letters of the plain text.

    No term of a segment is missed: a word begins with all but the last letter of its stem (*happy*,
    happi; *making*, make), except for *dying*, *lying*, *tying* and *vying*.
    """
    plain = _plain_snippet_text("\0".join([text[start:end] for start, end in segments]))
    begins = [0, *accumulate(len(segment) + 1 for segment in plain.split(b"\0"))]
    held = [0] * len(segments)
    places: list[list[tuple[int, int]]] = [[] for _ in segments]
    for i, term in enumerate(terms):
        if not term.isascii():  # plain bytes cannot show it
            for segment, (start, end) in enumerate(segments):
                held[segment] |= (not text[start:end].isascii()) << i
            continue
        for key in _snippet_word_prefixes(term):
            at = plain.find(key)
            while at >= 0:
                segment = bisect_right(begins, at) - 1
                held[segment] |= 1 << i
                places[segment].append((at, i))
                at = plain.find(key, begins[segment + 1])
    for i, phrase in enumerate(phrases, len(terms)):
        at = plain.find(phrase) if phrase else -1
        while at >= 0:
            segment = bisect_right(begins, at) - 1
            held[segment] |= 1 << i
            at = plain.find(phrase, begins[segment + 1])
    return held, list(terms.values()), places


def _snippet_word_prefixes(term: str) -> list[bytes]:
    if term in ("die", "lie", "tie", "vie"):
        return [_plain_snippet_text(term[0] + "i"), _plain_snippet_text(term[0] + "y")]
    return [_plain_snippet_text(term if len(term) < 3 else term[:-1])]


def _snippet_first_letters(terms: Iterable[str]) -> set[str]:
    """Return the first two letters of every word that may have one of ``terms``."""
    return {
        key[:2].decode() for term in terms if term.isascii() for key in _snippet_word_prefixes(term)
    }


def _plain_snippet_text(text: str) -> bytes:
    """Return ``text`` in lower case without accents and inner punctuation (U.S., 1,250)."""
    if text.isascii():
        plain = text.lower().encode()
    else:
        # Most such texts have no other letters than quotation marks and accents.
        has_plain_letters = _FOLDED_LETTERS.search(text) is None
        spelt = unicodedata.normalize("NFKD", text.casefold()) if has_plain_letters else fold(text)
        plain = spelt.encode("ascii", "ignore")
    return plain.translate(_PLAIN_SPACES, b".,'_\"")


def _snippet_passage(
    text: str,
    segments: list[tuple[int, int]],
    first: int,
    room: int,
    terms: Mapping[str, float],
    first_letters: set[str],
    wanted: _WantedPhrases,
) -> _Passage:
    """Return the passage that begins with segment ``first``, tokenised.

    It ends with a sentence if it is then long enough and loses no term.
    """
    start = segments[first][0]
    end = cut_text(text, start, start + room)
    spans = [
        span
        for span in token_spans(text[start:end], first_letters, wanted.language)
        if span[0] in terms
    ]
    for _, stop in reversed(segments[first : bisect_right(segments, (end, 0))]):
        if _MIN_FILLED_SHARE * room <= stop - start <= room:
            inside = [span for span in spans if start + span[2] <= stop]
            if {span[0] for span in inside} == {span[0] for span in spans}:
                spans, end = inside, stop
            break
    phrases = wanted.found_in(text[start:end], spans)
    score = _snippet_score(spans, terms) + sum(phrases)
    return _Passage(start, end, score, len({span[0] for span in spans}), len(phrases), spans)


def _snippet_score(spans: list[tuple[str, int, int]], terms: Mapping[str, float]) -> float:
    score = 0.0
    seen: set[str] = set()
    last, last_end = "", 0
    for term, begin, end in spans:
        score += terms[term] * (_REPEAT_WEIGHT if term in seen else 1.0)
        if last and term != last and begin - last_end <= _MAX_NEAR_CHARACTERS:
            score += _PROXIMITY_WEIGHT * min(terms[term], terms[last])
        seen.add(term)
        last, last_end = term, end
    return score


def _extend_snippet_backwards(segments: list[tuple[int, int]], passage: _Passage, room: int) -> int:
    """Return an earlier start where there is room: the end of a text alone has no context."""
    start = passage.start
    for begin, _ in reversed(segments[: bisect_right(segments, (start, -1))]):
        if passage.end - begin > room:
            break
        start = begin
    return start
