"""Question bank: every question of the archive once, with who asks it and since when."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import words
from corpus.models import Article
from index.columns import base_language
from index.storage.arrays import (
    ArrayType,
    array_path,
    check_array_ids,
    check_array_shape,
    check_array_starts,
    open_arrays,
    save_arrays,
)
from index.storage.packed_strings import PackedStrings
from recommender.question_generation.claim_question import claim_question
from recommender.question_generation.made_question import MadeQuestion
from recommender.question_key import question_key
from recommender.questions.deduplication import representatives
from recommender.wording.checks import check_form, check_wording

_NAME = "bank"
_TEXTS, _ARTICLES = "bank.texts", "bank.articles"
_BY = {"asked_by": "asked_starts", "headline_by": "headline_starts"}
_ARRAYS: dict[str, ArrayType] = {
    name: (np.int64, 1) for name in (*_BY, *_BY.values(), "id", "since", "made", "wording_of")
}


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """One question. ``asked_by``: articles with it in their follow-ups, the earliest first.

    ``headline_of``: articles that check this very question, so that they answer it. ``since`` is
    the first day on which one asked or checked it. ``made``: nobody asks it in these words; they
    were made from what an article checks.
    """

    id: str
    text: str
    asked_by: tuple[str, ...] = ()
    headline_of: tuple[str, ...] = ()
    since: date | None = None
    made: bool = False

    @property
    def count(self) -> int:
        """Return how many articles ask the question or check it."""
        return len(set(self.asked_by) | set(self.headline_of))


class QuestionBank:
    """All questions, ordered by text; the same articles give the same bank.

    Safe for several threads; an opened bank is memory-mapped and costs a few megabytes.
    """

    def __init__(
        self,
        texts: PackedStrings,
        articles: PackedStrings,
        arrays: Mapping[str, NDArray[np.int64]],
        wordings: NDArray[np.uint64],
    ) -> None:
        """Use ``QuestionBank.build`` or ``open``."""
        self._texts, self._articles, self._arrays = texts, articles, arrays
        self._wordings = wordings

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, row: int) -> BankQuestion:
        if not 0 <= row < len(self):
            raise IndexError(row)
        day = int(self._arrays["since"][row])
        return BankQuestion(
            f"{int(self._arrays['id'][row]) & _MAX_UINT64:016x}",
            self._texts[row],
            tuple(self._articles_by("asked", row)),
            tuple(self._articles_by("headline", row)),
            date.fromordinal(day) if day else None,
            bool(self._arrays["made"][row]),
        )

    def __iter__(self) -> Iterator[BankQuestion]:
        return (self[row] for row in range(len(self)))

    def texts(self) -> list[str]:
        """Return the text of every question, in order."""
        return [self._texts[row] for row in range(len(self))]

    def row(self, id_or_text: str) -> int | None:
        """Return the row of a question by its id, any wording of it, or a wording's id.

        None where the bank does not hold it. The id of a question that was later merged into
        another still finds it.
        """
        is_id = re.fullmatch(r"[0-9a-f]{16}", id_or_text)
        key = np.uint64(
            int(id_or_text, 16) if is_id else question_key(normalise_bank_question(id_or_text))
        )
        found = int(np.searchsorted(self._wordings, key))
        if found < len(self._wordings) and self._wordings[found] == key:
            return int(self._arrays["wording_of"][found])
        return None

    def _articles_by(self, relation: str, row: int) -> list[str]:
        starts = self._arrays[f"{relation}_starts"]
        articles = self._arrays[f"{relation}_by"][starts[row] : starts[row + 1]]
        return [self._articles[int(article)] for article in articles]

    @staticmethod
    def build(
        articles: Iterable[Article],
        superseded: Mapping[str, str],
        made: Mapping[str, MadeQuestion] | None = None,
    ) -> QuestionBank:
        """Return the bank of all published articles.

        Parameters
        ----------
        articles
            The archive.
        superseded
            The id of an old check → that of its successor, which inherits its follow-ups; the
            headline of an old check is no question any more.
        made
            The question that each check answers, by its id. Without one it is the headline where
            that asks, else the claim where ``claim_question`` can word it.
        """
        asks = sorted(
            _asks_for_bank(articles, superseded, made or {}),
            key=lambda a: (a.day or date.max, a.article),
        )
        by_key: dict[int, list[_Ask]] = defaultdict(list)
        for ask in asks:
            by_key[question_key(ask.text)].append(ask)
        wordings = [_Wording(key, same) for key, same in by_key.items()]
        wordings.sort(key=lambda w: (w.faults, -len(w.asks), len(w.text), w.text))
        leaders = representatives([w.text for w in wordings])
        members: dict[int, list[_Wording]] = defaultdict(list)
        for wording, leader in zip(wordings, leaders, strict=True):
            members[leader].append(wording)
        return _pack_bank([members[leader] for leader in sorted(members)])

    def save(self, folder: Path) -> None:
        """Write the bank into ``folder``: .npy files whose names begin with ``bank``."""
        self._texts.save(folder, _TEXTS)
        self._articles.save(folder, _ARTICLES)
        save_arrays(folder, _NAME, wordings=self._wordings, **self._arrays)

    @staticmethod
    def open(folder: Path) -> QuestionBank:
        """Return the bank in ``folder``, memory-mapped.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        texts, articles = (PackedStrings.open(folder, name) for name in (_TEXTS, _ARTICLES))
        arrays = open_arrays(folder, _NAME, wordings=(np.uint64, 1), **_ARRAYS)
        path = {name: array_path(folder, _NAME, name) for name in arrays}
        for by, starts in _BY.items():
            check_array_starts(path[starts], arrays[starts], len(texts), len(arrays[by]))
            check_array_ids(path[by], arrays[by], len(articles))
        for name in ("id", "since", "made"):
            check_array_shape(path[name], arrays[name], len(texts))
        wordings = arrays.pop("wordings")
        check_array_shape(path["wording_of"], arrays["wording_of"], len(wordings))
        check_array_ids(path["wording_of"], arrays["wording_of"], len(texts))
        return QuestionBank(texts, articles, arrays, wordings)


_MAX_UINT64 = (1 << 64) - 1
_LABEL = re.compile(
    r"^\s*(?:\d{1,2}[.)]\s+|[-•*–]\s+|(?:[\w’'.& ]{2,30}?\s+[-–|]\s+)?"
    r"(?:fact[- ]?check(?:ed|ing)?|reality check|verify|explainer|analysis)\s*[:|–—-]\s*)",
    re.IGNORECASE,
)


def question_id(text: str) -> str:
    """Return the id that a bank gives to a question worded like this, in the bank or not."""
    return f"{question_key(normalise_bank_question(text)):016x}"


def normalise_bank_question(text: str, language: str = "en") -> str:
    """Return a question as it is shown: no list mark, no "Fact check:", one question mark.

    The mark is that of its script, and in French the space before it stays.
    """
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    text = _LABEL.sub("", text).strip()
    if text[:1] + text[-1:] in {"“”", '""'} and text.count(text[0]) == (1 + (text[0] == '"')):
        text = text[1:-1].strip()
    end = _QUESTION_END.search(text)
    mark = end["mark"] if end else "?"
    space = " " if end and end["space"] and base_language(language) == "fr" else ""
    text = (text[: end.start()] if end else text).rstrip(" ,;:")
    capital = bool(text) and text[:2].islower()
    return f"{text[:1].upper()}{text[1:]}{space}{mark}" if capital else f"{text}{space}{mark}"


_QUESTION_END = re.compile(r"(?P<space>\s*)(?P<mark>[?\u061f\uff1f])[?\u061f\uff1f]*$")
"""Question marks at the end: of Latin and other scripts, Arabic, full width."""


def headline_as_bank_question(article: Article) -> str | None:
    """Return the headline where it is one well-formed question, without the publisher's label."""
    headline = article.headline.strip()
    if article.publisher:
        label = re.compile(rf"^{re.escape(article.publisher)}\s*[-–|:]\s*", re.IGNORECASE)
        headline = label.sub("", headline)
    if not headline.endswith(("?", "?”", '?"')):
        return None
    question = normalise_bank_question(headline)
    return None if check_form(question) else question


@dataclass(frozen=True, slots=True)
class _Ask:
    text: str
    article: str
    day: date | None
    headline: bool
    made: bool = False
    foreign: bool = False  # the rules for wordings are English


class _Wording:
    """One exact wording, with all who use it, earliest first."""

    __slots__ = ("asks", "faults", "key", "text")

    def __init__(self, key: int, asks: list[_Ask]) -> None:
        self.key, self.asks = key, asks
        spellings = Counter(ask.text for ask in asks)
        self.text = min(spellings, key=lambda t: (-spellings[t], t))
        self.faults = 0 if all(a.foreign for a in asks) else len(check_wording(self.text))


def _asks_for_bank(
    articles: Iterable[Article], superseded: Mapping[str, str], made: Mapping[str, MadeQuestion]
) -> Iterator[_Ask]:
    for article in articles:
        if not article.published:
            continue
        owner = superseded.get(article.id, article.id)
        for text in article.followups:
            if words(text):
                wording = normalise_bank_question(text, article.language)
                is_foreign = base_language(article.language) != "en"
                yield _Ask(wording, owner, article.checked_on, False, foreign=is_foreign)
        if owner == article.id:
            if (found := made.get(owner)) is not None:
                yield _Ask(found.text, owner, article.checked_on, True, not found.asked)
            elif (question := headline_as_bank_question(article)) is not None:
                yield _Ask(question, owner, article.checked_on, True)
            elif (question := claim_question(article)) is not None:
                yield _Ask(question, owner, article.checked_on, True, True)


def _pack_bank(groups: Sequence[Sequence[_Wording]]) -> QuestionBank:
    """Return the bank of groups of wordings, the best wording of each first."""
    groups = sorted(groups, key=lambda g: (g[0].text, g[0].key))
    owners = sorted({ask.article for g in groups for w in g for ask in w.asks})
    number = {id: row for row, id in enumerate(owners)}
    arrays: dict[str, list[int]] = defaultdict(list)
    keys: list[tuple[int, int]] = []
    arrays["asked_starts"], arrays["headline_starts"] = [0], [0]
    for row, wordings in enumerate(groups):
        asks = sorted((a for w in wordings for a in w.asks), key=lambda a: a.day or date.max)
        # The id is that of the wording asked first: later and better wordings do not change it.
        first = min(wordings, key=lambda w: (w.asks[0].day or date.max, w.asks[0].article, w.text))
        arrays["id"].append(first.key - (1 << 64) if first.key >= 1 << 63 else first.key)
        arrays["made"].append(int(all(a.made for a in asks)))
        arrays["since"].append(asks[0].day.toordinal() if asks[0].day else 0)
        for name, headline in (("asked", False), ("headline", True)):
            ids: Collection[str] = dict.fromkeys(a.article for a in asks if a.headline is headline)
            arrays[f"{name}_by"] += [number[id] for id in ids]
            arrays[f"{name}_starts"].append(len(arrays[f"{name}_by"]))
        keys += [(w.key, row) for w in wordings]
    keys.sort()
    arrays["wording_of"] = [row for _, row in keys]
    names = ("asked_by", "asked_starts", "headline_by", "headline_starts", "id", "since", "made")
    return QuestionBank(
        PackedStrings.of([g[0].text for g in groups]),
        PackedStrings.of(owners),
        {name: np.array(arrays[name], np.int64) for name in (*names, "wording_of")},
        np.array([key for key, _ in keys], np.uint64),
    )
