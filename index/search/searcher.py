"""The search box: from what a person typed to one page of hits. Read ``Searcher.search`` first."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import stem, tokenize, words
from corpus.models import Article
from index.columns import Columns
from index.lexical.phrase_match import Mask
from index.query.parser import ParsedQuery, match_values, parse
from index.query.rewriting import QueryRewriter, RewrittenQuery
from index.query.synonyms import Synonyms
from index.search.reader import BEYOND, Candidates, Index
from index.search.snippets import snippet
from index.types import Explanation, Filters, Hit, SearchRequest, SearchResult

FRESHNESS = 1.0  # what a check of today gains over one of long ago, in units of the score

ReadArticles = Callable[[Sequence[str]], Mapping[str, Article]]


@dataclass(frozen=True, eq=False, slots=True)
class _Conditions:
    """What an article must be: ``allowed`` bool [n] or None for all.

    ``exacting``: words were asked for by phrase, sign or prefix, so that whatever is allowed
    matches. ``begun`` are the numbers of the terms of a prefix.
    """

    allowed: Mask | None
    exacting: bool
    begun: NDArray[np.uint32]
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _Ranking:
    """All that matches: ``found`` are the candidates, whose ``scores`` float32 [n] are final.

    ``matching`` bool [n_articles]; ``fresh`` float32 [n] is what freshness added to the scores.
    """

    found: Candidates
    scores: NDArray[np.float32]
    fresh: NDArray[np.float32]
    matching: Mask

    def by_relevance(self, first: int, last: int) -> NDArray[np.int64]:
        """Return the places of ranks ``first`` to ``last``: candidates, then the rest by BM25.

        A place does not depend on how many are asked for; ties in the order of the archive.
        """
        rows = np.flatnonzero(self.matching[self.found.places])
        best = rows[np.argsort(-self.scores[rows], kind="stable")]
        order = self.found.places[best]
        if last > len(order):
            rest = self.matching.copy()
            rest[self.found.places] = False
            behind = np.flatnonzero(rest)
            by_bm25 = np.argsort(-self.found.bm25[behind], kind="stable")
            order = np.concatenate((order, behind[by_bm25]))
        return order[first:last]

    def row(self, place: int) -> int | None:
        """Return the row of a candidate, None for another article."""
        row = int(np.searchsorted(self.found.places, place))
        there = row < len(self.found.places) and int(self.found.places[row]) == place
        return row if there else None

    def score(self, place: int) -> float:
        """Return the score of an article: that of the rest is below that of every candidate."""
        if (row := self.row(place)) is not None:
            return float(self.scores[row])
        below = float(self.scores.min()) - float(self.found.bm25.max()) if len(self.scores) else 0.0
        return below + float(self.found.bm25[place])


class Searcher:
    """Searches one generation; safe for any number of threads."""

    def __init__(
        self,
        index: Index,
        read: ReadArticles,
        synonyms: Synonyms | None = None,
        half_life_days: float | None = None,
    ) -> None:
        """Search ``index``; ``read`` gives the articles of some ids, for snippets.

        Parameters
        ----------
        index
            The generation.
        read
            May leave out articles that are gone; their hits have no snippet.
        synonyms
            The operators' synonyms and stop words, in force with the next search.
        half_life_days
            After so many days a check has half the advantage of freshness; None: it has none.

        Raises
        ------
        ValueError
            A half-life that is not above 0.
        """
        if half_life_days is not None and not half_life_days > 0:
            raise ValueError(f"half_life_days is {half_life_days}; give days above 0, or None")
        self._index = index
        self._read = read
        self._half_life_days = half_life_days
        self._columns = Columns.open(index.folder, len(index))
        self._expansion = QueryRewriter(index.vocabulary, index.is_term, synonyms)

    def search(self, request: SearchRequest, today: date | None = None) -> SearchResult:
        """Return one page of hits; ``today`` is what relative dates and ages count from.

        An article matches when it meets every filter, phrase and sign, and, unless phrases or
        signs already name words, shares a word with the search or is very like it. Without any
        word or sign every article that passes the filters matches, newest first.
        """
        start = time.perf_counter()
        today = today or date.today()
        query = parse(request.text, today)
        conditions = self._conditions(query, request.filters)
        reading = self._expansion.read(f"{query.text} {request.context}".strip(), query.prefix)
        ranking = None
        if query.only_exclusions:
            matching = np.zeros(len(self._index), np.bool_)
        elif reading.text:
            ranking = self._ranking(reading, conditions, today)
            matching = ranking.matching
        elif conditions.allowed is None:
            matching = np.ones(len(self._index), np.bool_)
        else:
            matching = conditions.allowed
        last = request.offset + request.limit
        if ranking is None or request.sort == "date":
            newest = self._columns.newest
            page = newest[matching[newest]][request.offset : last]
        else:
            page = ranking.by_relevance(request.offset, last)
        hits = self._hits(request, page.tolist(), reading, ranking, conditions.begun)
        better = ""
        if query.kind != "text":
            better = self._expansion.corrected(request.text, words(query.text))
        return SearchResult(
            hits,
            int(np.count_nonzero(matching)),
            self._columns.counts(matching),
            better,
            (time.perf_counter() - start) * 1000,
            (*query.notes, *conditions.notes),
        )

    def _conditions(self, query: ParsedQuery, filters: Filters) -> _Conditions:
        typed = match_values(query.filters, self._columns.known(query.filters))
        masks = [self._columns.passing(f) for f in (filters, typed)]
        notes = []
        for text in (*query.phrases, *query.required):
            terms = tokenize(text)
            masks.append(holders := self._index.holding(terms))
            if not holders.any():
                notes.append(
                    f"No article has “{text}” word for word. Without the quotation marks its words "
                    "are searched one by one."
                    if len(terms) > 1
                    else f"No article has the word “{text}”."
                )
        begun = np.zeros(0, np.uint32)
        if query.prefix:
            begun, _ = self._index.vocabulary.beginning(query.prefix)
            masks.append(self._index.holding_any(begun))
            if not len(begun):
                notes.append(f"No article has a word that begins with “{query.prefix}”.")
        masks += [~self._index.holding(tokenize(text)) for text in query.excluded]
        asked = [mask for mask in masks if mask is not None]
        exacting = bool(query.phrases or query.required or query.prefix)
        allowed = np.logical_and.reduce(asked) if asked else None
        return _Conditions(allowed, exacting, begun, tuple(notes))

    def _ranking(self, reading: RewrittenQuery, conditions: _Conditions, today: date) -> _Ranking:
        found = self._index.candidates(reading, conditions.allowed)
        scores = self._index.score(found)
        fresh = np.zeros(len(scores), np.float32)
        if self._half_life_days is not None:
            ages = self._columns.age_days(today)[found.places]
            fresh = (FRESHNESS * np.exp2(-ages / self._half_life_days)).astype(np.float32)
        matching = found.alike
        if conditions.exacting and conditions.allowed is not None:
            matching = conditions.allowed
        return _Ranking(found, scores + fresh, fresh, matching)

    def _hits(
        self,
        request: SearchRequest,
        page: list[int],
        reading: RewrittenQuery,
        ranking: _Ranking | None,
        begun: NDArray[np.uint32],
    ) -> tuple[Hit, ...]:
        ids = [self._index.ids[place] for place in page]
        terms = self._weighted_terms(reading)
        articles = self._read(ids) if request.highlight else {}
        hits = []
        for place, id in zip(page, ids, strict=True):
            own = terms
            if len(begun):
                own = terms | dict.fromkeys(self._index.held_numbers(place, begun), 1.0)
            hits.append(
                Hit(
                    id,
                    ranking.score(place) if ranking else 0.0,
                    snippet(_prose(articles[id]), own) if id in articles else None,
                    self._explanation(place, ranking, own) if request.explain else None,
                )
            )
        return tuple(hits)

    def _explanation(
        self, place: int, ranking: _Ranking | None, terms: Mapping[str, float]
    ) -> Explanation:
        if ranking is None:
            return Explanation({}, {})
        matched = tuple(self._index.held(place, terms))
        if (row := ranking.row(place)) is None:
            return Explanation({}, {BEYOND: ranking.score(place)}, matched)
        features, shares = self._index.shares(ranking.found, row)
        if self._half_life_days is not None:
            fresh = float(ranking.fresh[row])
            features["freshness"], shares["freshness"] = fresh / FRESHNESS, fresh
        return Explanation(features, shares, matched)

    def _weighted_terms(self, reading: RewrittenQuery) -> dict[str, float]:
        """Return what is marked in a snippet, with weights: typed words, then those added."""
        typed = dict.fromkeys(self._index.terms(reading.text, reading.stopwords), 1.0)
        if not typed:  # to be or not to be
            typed = {stem(word): 1.0 for word in words(reading.text)[:16]}
        return {t: weight * self._index.idf(t) for t, weight in {**reading.added, **typed}.items()}


def _prose(article: Article) -> str:
    """Return what a snippet is cut from: a heading is a sentence of its own there."""
    parts = [article.summary]
    for section in article.sections:
        heading = section.heading.strip()
        parts += [f"{heading}." if heading[-1:].isalnum() else heading, section.text]
    return "\n".join(part for part in parts if part) or article.headline
