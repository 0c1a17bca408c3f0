"""Joined and split spellings, by what the archive writes: covid19, COVID-19; tik tok, TikTok."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.analysis.tokenizer import raw_tokens, raw_words

MIN_JOINED_LETTERS = 3  # "f16" can be split, "it" cannot
MAX_JOINED_LETTERS = 40  # each place of a longer word would have to be tried
MAX_INITIALS = 4  # letters of an abbreviation that ends in a single one: PhD, MSc
MIN_COMPOUND_LETTERS = 4  # of each part: shorter ones stand in nearly any word
LINKS = ("s", "es", "n", "en", "e")
MAX_SPLITS = 3  # of a word that are looked up as phrases: some 50 microseconds each
MAX_RATIO = 4  # of the rarer part's articles to those of the joined word
MAX_WORDS = 16  # of a query that are looked at: a pasted text has its words as the archive writes
_LETTER_TO_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class SpeltWord:
    """One word of a query: folded, and where it stands."""

    word: str
    start: int
    end: int


class JoinedSpellings:
    """Other spellings of words, joined or in two, that an archive has; safe for several threads."""

    def __init__(
        self,
        term_of: Callable[[str], str],
        articles_with: Callable[[str], int],
        articles_with_phrase: Callable[[Sequence[str]], int],
    ) -> None:
        """Ask an index.

        Parameters
        ----------
        term_of
            Returns the term of a folded word.
        articles_with
            How many articles hold a term.
        articles_with_phrase
            How many hold some terms side by side.
        """
        self._term_of = term_of
        self._count, self._count_phrase = articles_with, articles_with_phrase

    def split(self, word: str) -> tuple[str, str] | None:
        """Return a folded word in two, where the archive writes it so more often than in one.

        Between a letter and a digit where there is such a place, and where most articles have both
        parts side by side; ties go to the longer shorter part. Both are words of the archive.
        """
        if not MIN_JOINED_LETTERS <= len(word) <= MAX_JOINED_LETTERS:
            return None
        known = self._count(self._term_of(word))
        borders = [m.start() for m in _LETTER_TO_DIGIT.finditer(word)]
        if known and not borders:
            return None
        places = borders or range(1, len(word))
        possible = [parts for at in places if (parts := self._parts_known(word, at, bool(borders)))]
        # Where the shorter part is long both are words; two short ones meet by chance.
        possible.sort(key=lambda parts: (-min(map(len, parts)), -len(parts[0])))
        best, most = None, known
        for parts in possible[:MAX_SPLITS]:
            if (n := self._count_phrase([self._term_of(part) for part in parts])) > most:
                best, most = parts, n
        return best

    def _parts_known(self, word: str, at: int, at_digit: bool) -> tuple[str, str] | None:
        """Return a word in two, None where that makes no two words of the archive."""
        parts = word[:at], word[at:]
        if not (at_digit or _may_be_parts(parts)):
            return None
        return parts if all(self._count(self._term_of(part)) for part in parts) else None

    def compound(self, word: str) -> tuple[str, str] | None:
        """Return the two words of the archive that a compound is made of, or None.

        For languages that write compounds in one word; a linking s, es, n, en or e may stand
        between the two. The shorter part is as long as can be, ties go to the longer first part.
        """
        if len(word) < 2 * MIN_COMPOUND_LETTERS or len(word) > MAX_JOINED_LETTERS:
            return None
        found = [
            (first.removesuffix(link), word[at:])
            for at in range(MIN_COMPOUND_LETTERS, len(word) - MIN_COMPOUND_LETTERS + 1)
            for first in (word[:at],)
            for link in ("", *LINKS)
            if first.endswith(link) and len(first) - len(link) >= MIN_COMPOUND_LETTERS
        ]
        known = [
            parts for parts in found if all(self._count(self._term_of(part)) for part in parts)
        ]
        return max(known, key=lambda parts: (min(map(len, parts)), len(parts[0])), default=None)

    def joined(self, one: str, other: str) -> str | None:
        """Return two folded words as one, where the archive writes them so, else None."""
        word = one + other
        if not MIN_JOINED_LETTERS <= len(word) <= MAX_JOINED_LETTERS:
            return None
        if not (n := self._count(self._term_of(word))):
            return None
        terms = [self._term_of(one), self._term_of(other)]
        rarer = min(map(self._count, terms))
        if rarer > MAX_RATIO * n:  # two words of their own: no need to read their articles
            return None
        return word if n > (self._count_phrase(terms) if rarer else 0) else None

    def variants(self, text: str) -> list[str]:
        """Return ``text`` in the other spellings of its words, itself left out; for phrases."""
        spelt = spelt_words(text)[:MAX_WORDS]
        found = []
        for at, one in enumerate(spelt):
            if parts := self.split(one.word):
                found.append(f"{text[: one.start]}{' '.join(parts)}{text[one.end :]}")
            if at + 1 < len(spelt):
                other = spelt[at + 1]
                if word := self.joined(one.word, other.word):
                    found.append(f"{text[: one.start]}{word}{text[other.end :]}")
        return found


def spelt_words(text: str) -> list[SpeltWord]:
    """Return the words of ``text`` with their places; of a pair of letters the pair."""
    found, at = [], 0
    for raw in raw_tokens(text):
        place = text.find(raw, at)
        if place < 0:  # within a web address that was left out
            continue
        found += [SpeltWord(w, place + start, place + end) for w, start, end in raw_words(raw)]
        at = place + len(raw)
    return found


def _may_be_parts(parts: tuple[str, str]) -> bool:
    """Return whether two parts without a digit may be one word: u-turn, Ph.D., long COVID."""
    one, other = map(len, parts)
    return min(one, other) > 1 or other > 2 or one + other <= MAX_INITIALS
