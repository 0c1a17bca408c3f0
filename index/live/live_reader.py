"""Live reader: one generation and the segments beside it, read as one index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.prefix_range import prefix_range
from index.addresses import AddressIndex
from index.lexical.bm25 import idf_lucene
from index.lexical.phrase_match import Mask, articles_with_any_term, articles_with_phrase
from index.lexical.postings import Postings, sum_postings, sum_presence
from index.live.segment import Segment
from index.query.query_terms import QueryTerms
from index.query.vocabulary import Vocabulary
from index.ranking.field_features import field_features
from index.search.reader import IndexReader
from index.terms.extended_dictionary import ExtendedTermDictionary, TermView
from index.terms.forward_index import ForwardIndex, informative_weights
from index.terms.prefix_groups import PrefixGroups

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class _Part:
    """One part of the index: its rows are ``first`` and those that follow."""

    first: int
    n: int
    postings: Mapping[str, Postings]
    texts: ForwardIndex
    segment: Segment | None


class _ExtendedPrefixGroups(PrefixGroups):
    """Prefix groups of a generation; a new term is alone in its group."""

    def like(self, term: int) -> NDArray[np.int64]:
        if term >= len(self.number):
            return np.array([term], np.int64)
        return super().like(term)


class _ExtendedVocabulary(Vocabulary):
    """The vocabulary of a generation with new words, which are found by their prefix, too."""

    __slots__ = ("new_terms", "new_words")
    new_words: list[str]  # ascending
    new_terms: list[int]  # of each of them

    def __init__(self, base: Vocabulary, new_words: Mapping[str, int]) -> None:
        super().__init__(base.spelling, base.alphabet, base.terms)
        ordered = sorted(new_words.items())
        object.__setattr__(self, "new_words", [word for word, _ in ordered])
        object.__setattr__(self, "new_terms", [term for _, term in ordered])

    def beginning(self, prefix: str) -> tuple[NDArray[np.uint32], list[str]]:
        terms, best = super().beginning(prefix)
        first, end = prefix_range(self.new_words.__getitem__, len(self.new_words), prefix)
        if first == end:
            return terms, best
        both = np.union1d(terms, np.array(self.new_terms[first:end], np.uint32))
        return both.astype(np.uint32), best or [self.new_words[first]]


def _tokens_of_dead_rows(
    segments: Sequence[Segment], alive: Mask
) -> list[tuple[NDArray[np.uint32], int]]:
    """Return the terms of each dead article, and how many of them are not of its body."""
    found, first = [], 0
    for segment in segments:
        for row in np.flatnonzero(~alive[first : first + len(segment)]).tolist():
            start, *_, body, end = segment.bounds[row].tolist()
            found.append((segment.tokens[start:end], body - start))
        first += len(segment)
    return found


class LiveReader(IndexReader):
    """A generation with segments; rows of the segments follow those of the generation.

    What was replaced, withdrawn or deleted keeps its row and is in no result (``alive``). Document
    frequencies and what else is learned from the whole archive are those of the generation; terms
    that it does not have weigh as their number among the new articles says.
    """

    def __init__(
        self,
        base: IndexReader,
        segments: Sequence[Segment],
        terms: ExtendedTermDictionary,
        new_words: Mapping[str, int],
        alive: Mask,
    ) -> None:
        """Read ``base`` and ``segments`` as one.

        Parameters
        ----------
        base
            The generation.
        segments
            New articles.
        terms
            The terms of all.
        new_words
            Words that the generation does not have, with their terms.
        alive
            Which rows may be found, bool [n_articles].
        """
        self.folder, self.encoder, self.mostly_long = base.folder, base.encoder, base.mostly_long
        self.embeddings, self.languages = base.embeddings, base.languages
        self.window_similarity = base.window_similarity
        self.forward_index = base.forward_index
        self.covered = np.concatenate((base.covered, *(s.covered for s in segments)))
        self.ids = [*base.ids, *(text.article.id for s in segments for text in s.texts)]
        self._base, self._segments = base, segments
        self.alive = self._alive = alive
        n_new = len(terms) - len(base.terms)
        dead_tokens = _tokens_of_dead_rows(segments, alive[len(base) :])
        absent = np.zeros(n_new, np.bool_)
        n_articles = int(np.count_nonzero(alive))
        self.idf = dict(base.idf)
        for name in ("all", "short"):
            df = np.zeros(n_new, np.int64)
            for segment in segments:
                own = segment.postings[name].df[len(base.terms) :]
                df[: len(own)] += own
            for tokens, n_short in dead_tokens:
                held = np.unique(tokens if name == "all" else tokens[:n_short])
                df[held[held >= len(base.terms)] - len(base.terms)] -= 1
            if name == "all":
                absent = df == 0
                self.df = np.concatenate((base.df, df))
            self.idf[name] = np.concatenate((base.idf[name], idf_lucene(df, n_articles)))
        # A term of withdrawn articles alone is as unknown as one that nobody ever wrote.
        self.terms = TermView(terms, set((np.flatnonzero(absent) + len(base.terms)).tolist()))
        self.stop_terms = np.concatenate((base.stop_terms, np.zeros(n_new, np.bool_)))
        weights = informative_weights(self.idf["all"], self.stop_terms)
        self._parts = list(self._live_parts(weights))
        self._starts = np.array([part.first for part in self._parts], np.int64)
        groups = base.prefix_groups
        self.prefix_groups = _ExtendedPrefixGroups(groups.number, groups.terms, groups.starts)
        self.vocabulary = _ExtendedVocabulary(
            base.vocabulary,
            {w: t for w, t in new_words.items() if not absent[t - len(base.terms)]},
        )
        self.columns = base.columns
        for segment in segments:
            self.columns = self.columns.followed_by(segment.columns)
        new = AddressIndex.build([text.article.url for s in segments for text in s.texts])
        self.addresses = base.addresses.followed_by(new, len(base))
        # A later row of an id is the article as it is now.
        first = len(base)
        self._new_row = {id: first + n for n, id in enumerate(self.ids[first:])}

    def __contains__(self, id: object) -> bool:
        row = self._live_row(id)
        return row is not None and bool(self._alive[row])

    def row(self, id: str) -> int:
        """Return the row of an article as it is now; KeyError for an unknown or withdrawn one."""
        row = self._live_row(id)
        if row is None or not self._alive[row]:
            raise KeyError(id)
        return row

    def hide(self, alive: Mask) -> None:
        self.alive = self._alive = alive

    def is_new(self, id: str) -> bool:
        """Return whether an article is in a segment: added or changed since the generation."""
        return id in self._new_row and bool(self._alive[self._new_row[id]])

    def terms_of(self, id: str) -> tuple[NDArray[np.uint32], int]:
        """Return the term ids of an article in order, and how many of them are the headline's."""
        part, row = self._part_of(self.row(id))
        start, end, *_, last = part.texts.bounds[row].tolist()
        return part.texts.tokens[start:last], end - start

    def with_address(self, address: str) -> Mask:
        return super().with_address(address) & self._alive

    def with_phrase(self, terms: Sequence[str]) -> Mask:
        ids = [self.terms.id(term) for term in terms]
        found = np.zeros(len(self), np.bool_)
        if None in ids:
            return found
        phrase = np.array(ids, np.uint32)
        for part in self._parts:
            postings = part.postings["all"]
            if len(phrase) and int(phrase.max()) < len(postings.starts) - 1:
                found[part.first : part.first + part.n] = articles_with_phrase(
                    phrase, postings, part.texts.tokens, part.texts.bounds
                )
        return found & self._alive

    def with_any_term(self, term_ids: NDArray[np.uint32]) -> Mask:
        found = np.zeros(len(self), np.bool_)
        for part in self._parts:
            postings = part.postings["all"]
            known = term_ids[term_ids < len(postings.starts) - 1]
            found[part.first : part.first + part.n] = articles_with_any_term(
                known, postings, part.n
            )
        return found & self._alive

    def matched_term_ids(self, row: int, term_ids: NDArray[np.uint32]) -> list[str]:
        part, own_row = self._part_of(row)
        bounds = part.texts.bounds[own_row]
        own = part.texts.tokens[bounds[0] : bounds[-1]]
        return [self.terms.terms[id] for id in np.intersect1d(own, term_ids).tolist()]

    def field_features(self, rows: Rows, query: QueryTerms) -> Floats:
        parts = [field_features(p.texts, own, query) for p, own in self._by_part(rows)]
        return np.concatenate(parts) if parts else field_features(self._parts[0].texts, rows, query)

    def window_cosines(self, terms: Rows, rows: Rows) -> Floats | None:
        """Return the cosine of ``terms`` with the best window; ``rows`` may be in any order."""
        if self.window_similarity is None:
            return None
        known = terms[terms < len(self._base.terms)]
        order = np.argsort(rows, kind="stable")
        found = np.zeros(len(rows), np.float32)
        at = 0
        for part, own in self._by_part(rows[order]):
            windows = part.segment.windows if part.segment else self.window_similarity
            assert windows is not None  # a segment has them where the generation has
            found[order[at : at + len(own)]] = windows.best(known, own, part.texts)
            at += len(own)
        return found

    def embedding_cosines(self, field: str, vector: Floats, rows: Rows | None = None) -> Floats:
        if rows is None:
            rows = np.arange(len(self))
            parts = [(part, None) for part in self._parts]
        else:
            parts = list(self._by_part(rows))  # type: ignore[arg-type]
        found = [np.zeros(0, np.float32)]
        for part, own in parts:
            stored = part.segment.embeddings if part.segment else self.embeddings
            found.append(
                (stored[field] if own is None else stored[field].take(own)).cosines(vector)
            )
        return np.concatenate(found)

    def add_scores(
        self, name: str, ids: NDArray[np.uint32], weights: Floats, scores: Floats
    ) -> None:
        for part in self._parts:
            postings, own = part.postings[name], scores[part.first : part.first + part.n]
            sum_postings(postings.starts, postings.entries, postings.weights, ids, weights, own)

    def add_presence(self, ids: NDArray[np.uint32], weights: Floats, masses: Floats) -> None:
        for part in self._parts:
            postings, own = part.postings["all"], masses[part.first : part.first + part.n]
            sum_presence(postings.starts, postings.entries, ids, weights, own)

    def _live_parts(self, weights: Floats) -> Iterator[_Part]:
        base = self._base.forward_index
        texts = ForwardIndex(
            base.tokens, base.bounds, weights, base.mean_lengths, base.short_weights
        )
        yield _Part(0, len(self._base), self._base.postings, texts, None)
        first = len(self._base)
        for segment in self._segments:
            own = ForwardIndex.of(segment.tokens, segment.bounds, weights)
            texts = ForwardIndex(
                own.tokens, own.bounds, weights, base.mean_lengths, own.short_weights
            )
            yield _Part(first, len(segment), segment.postings, texts, segment)
            first += len(segment)

    def _live_row(self, id: object) -> int | None:
        if not isinstance(id, str):
            return None
        if (row := self._new_row.get(id)) is not None:
            return row
        return self._base.row(id) if id in self._base else None

    def _part_of(self, row: int) -> tuple[_Part, int]:
        part = self._parts[int(np.searchsorted(self._starts, row, side="right")) - 1]
        return part, row - part.first

    def _by_part(self, rows: Rows) -> Iterator[tuple[_Part, Rows]]:
        """Yield each part that has some of ``rows`` (ascending), with their rows in it."""
        ends = np.searchsorted(rows, [part.first + part.n for part in self._parts]).tolist()
        begin = 0
        for part, end in zip(self._parts, ends, strict=True):
            if end > begin:
                yield part, rows[begin:end] - part.first
            begin = end
