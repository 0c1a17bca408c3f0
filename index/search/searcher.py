"""Search box: from what a person typed to one page of hits. Read ``Searcher.search`` first."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import words
from corpus.analysis.web_addresses import typed_address
from index.lexical.phrase_match import Mask
from index.query.parser import ParsedQuery, parse_query
from index.query.rewriting import RewrittenQuery
from index.query.synonyms import Synonyms
from index.ranking.features import FEATURES
from index.search.conditions import Conditions, conditions
from index.search.reader import IndexReader
from index.search.relevance_floor import Coverage, query_coverage
from index.search.retrieval import Candidates, Retrieval
from index.search.synonym_variants import merged_candidates, merged_coverage
from index.types import Explanation, Hit, SearchRequest, SearchResult

SYNONYM_WEIGHT = 0.5  # of a word that was not typed, in what a snippet shows
OWN_LANGUAGE = 3.0  # for an article in the language of the query: others follow by what they share
# For a cosine of 1, where the words of a query are of another language than the archive's.
ACROSS_LANGUAGES = 10.0
MIN_FOREIGN_COSINE = 0.3  # of an article that is shown for a query in another language
FOREIGN_WORDS = 0.3  # of the score of the model: names and numbers, and words that look alike
_MEANING = FEATURES.index("meaning lead")
HEADLINE_OF_STOPWORDS = 2.0  # for a headline that has a query of stop words alone
NAMED_IN_HEADLINE = "stop words in headline"
FRESHNESS = 1.0  # what a check of today gains over one of long ago, in units of the score
MAX_WEAK_SHOWN = 2  # of articles that share a word or two, where there are no others
LITTLE_ABOUT_THIS = "Little in this archive is about this."
MAX_PHRASE_WORDS = 8  # of a query that a snippet may show as it was typed
MAX_STOPWORDS_MARKED = 16  # of a query of stop words alone, so that a snippet marks something

BEYOND_CANDIDATES = "bm25 behind the candidates"
"""The one contribution of an article that is not a candidate; its score is below theirs."""


@dataclass(frozen=True, eq=False, slots=True)
class _Ranking:
    """All articles that match: candidates by score, then the rest by BM25.

    ``scores`` float32 [n_candidates] are final; ``added`` is what was added to the model's, by name
    float32 [n_candidates]; ``matching`` bool [n_articles]: those to be shown; ``weak``: how many
    more share something with the query; ``only_weak``: whether those shown do no more;
    ``coverage``: how much of the query each holds.
    """

    found: Candidates
    scores: NDArray[np.float32]
    added: Mapping[str, NDArray[np.float32]]
    matching: Mask
    weak: int
    only_weak: bool
    coverage: Coverage

    def rows(self, first: int, last: int) -> NDArray[np.int64]:
        """Return the rows of ranks ``first`` to ``last``, int64, ties in the order of the archive.

        The rank of an article does not depend on how many are asked for.
        """
        candidates = np.flatnonzero(self.matching[self.found.rows])
        best = candidates[np.argsort(-self.scores[candidates], kind="stable")]
        order = self.found.rows[best]
        if last > len(order):
            others = self.matching.copy()
            others[self.found.rows] = False
            rest = np.flatnonzero(others)
            by_bm25 = np.argsort(-self.found.bm25[rest], kind="stable")
            order = np.concatenate((order, rest[by_bm25]))
        return order[first:last]

    def candidate(self, row: int) -> int | None:
        """Return the position of an article among the candidates, None for another article."""
        at = int(np.searchsorted(self.found.rows, row))
        return at if at < len(self.found.rows) and int(self.found.rows[at]) == row else None

    def score(self, row: int) -> float:
        """Return the score of an article: that of the rest is below that of every candidate."""
        if (candidate := self.candidate(row)) is not None:
            return float(self.scores[candidate])
        below = 0.0
        if len(self.scores):
            highest = self.found.bm25.max(initial=0.0, where=self.found.matching)
            below = float(self.scores.min()) - float(highest)
        return below + float(self.found.bm25[row])


def snippet_phrases(query: ParsedQuery) -> tuple[str, ...]:
    """Return the words that a snippet should show side by side: quoted ones, then all typed."""
    spelt = words(query.text)
    whole = (query.text,) if 1 < len(spelt) <= MAX_PHRASE_WORDS else ()
    return (*query.phrases, *query.required, *query.quoted, *whole)


class Searcher:
    """Searches one generation; safe for any number of threads."""

    def __init__(
        self,
        retrieval: Retrieval,
        synonyms: Synonyms | None = None,
        half_life_days: float | None = None,
    ) -> None:
        """Search the generation of ``retrieval``.

        Parameters
        ----------
        retrieval
            The generation, opened.
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
        self._retrieval, self._reader = retrieval, retrieval.reader
        self._half_life_days, self._synonyms = half_life_days, synonyms
        self._rewriter = self._reader.query_rewriter(synonyms)

    def of_reader(self, reader: IndexReader) -> Searcher:
        """Return the searcher of another reader of this generation, with the same settings."""
        return Searcher(self._retrieval.of_reader(reader), self._synonyms, self._half_life_days)

    def search(self, request: SearchRequest, today: date | None = None) -> SearchResult:
        """Return one page of hits, without snippets; whoever has the articles adds these.

        ``today`` is what relative dates and ages count from. An article matches when it meets
        every filter, phrase and sign, and, unless phrases or signs already name words, shares a
        word with the search or is very similar to it. Without any word or sign every article that
        passes the filters matches, newest first.
        """
        start = time.perf_counter()
        today = today or date.today()
        reader = self._reader
        query = parse_query(request.text, today)
        asked = conditions(reader, query, request.filters)
        notes: tuple[str, ...] = (*query.notes, *asked.notes)
        rewritten = self._rewriter.rewrite(f"{query.text} {request.context}".strip(), query.prefix)
        ranking = None
        address = typed_address(request.text)
        if address:
            matching = reader.with_address(address)
            if not matching.any():
                notes = (*notes, "No article has this web address.")
            if asked.allowed is not None:
                matching &= asked.allowed
        elif query.only_exclusions or query.is_wordless:
            matching = np.zeros(len(reader), np.bool_)
        elif rewritten.text:
            ranking = self._search_ranking(rewritten, asked, today, request.weak)
            matching = ranking.matching
        elif asked.allowed is None:
            matching = np.ones(len(reader), np.bool_)
        else:
            matching = asked.allowed
        if ranking is not None and ranking.only_weak:
            notes = (*notes, LITTLE_ABOUT_THIS)
        last = request.offset + request.limit
        if ranking is None or request.sort == "date":
            newest = reader.columns.newest
            rows = newest[matching[newest]][request.offset : last]
        else:
            rows = ranking.rows(request.offset, last)
        better = ""
        if query.kind != "text":
            better = self._rewriter.corrected(request.text)
        return SearchResult(
            self._search_hits(
                rows.tolist(),
                rewritten,
                ranking,
                asked.prefix_terms,
                request.explain,
                snippet_phrases(query),
            ),
            int(np.count_nonzero(matching)),
            reader.columns.counts(matching),
            better,
            (time.perf_counter() - start) * 1000,
            notes,
            query.unquoted,
            ranking.weak if ranking else 0,
        )

    def _search_ranking(
        self, query: RewrittenQuery, asked: Conditions, today: date, with_weak: bool
    ) -> _Ranking:
        variants = query.all_variants()
        each = [self._retrieval.candidates(one, asked.allowed) for one in variants]
        coverages = [query_coverage(self._reader, one) for one in variants]
        added: dict[str, NDArray[np.float32]] = {}
        found = each[0]
        if len(each) > 1:
            scored = [self._retrieval.score(one) for one in each]
            found, added["synonym"] = merged_candidates(each, scored, coverages)
        scores = self._retrieval.score(found)
        if self._half_life_days is not None:
            ages = self._reader.columns.age_days(today)[found.rows]
            added["freshness"] = FRESHNESS * np.exp2(-ages / self._half_life_days)
        if not query.stopwords:  # WHO, The Who: words that are everywhere, but in headlines
            added[NAMED_IN_HEADLINE] = HEADLINE_OF_STOPWORDS * self._named_in_headline(
                query.text, found.rows
            )
        if query.is_language_known and len(self._reader.languages) > 1:
            added["language"] = OWN_LANGUAGE * self._reader.columns.is_value(
                "language", query.language, found.rows
            )
        if query.is_foreign and found.by_embeddings:
            added["words of another language"] = (FOREIGN_WORDS - 1.0) * scores
            added["meaning across languages"] = ACROSS_LANGUAGES * found.features[:, _MEANING]
        for values in added.values():
            scores = scores + values.astype(np.float32)
        matching = found.matching
        if asked.sufficient and asked.allowed is not None:
            matching = asked.allowed
        coverage = merged_coverage(coverages)
        weak, only_weak = 0, False
        if not (with_weak or asked.sufficient):
            strong = matching & (coverage.is_enough() | found.similar)
            if query.is_foreign and found.by_embeddings:
                meant = found.features[:, _MEANING] >= MIN_FOREIGN_COSINE
                matching[found.rows[meant]] = strong[found.rows[meant]] = True
            if not strong.any():  # the best of them, with a note: better than an empty page
                best = np.flatnonzero(matching[found.rows])
                best = best[np.argsort(-scores[best], kind="stable")[:MAX_WEAK_SHOWN]]
                strong[found.rows[best]] = True
                only_weak = bool(len(best))
            weak = int(np.count_nonzero(matching)) - int(np.count_nonzero(strong))
            matching = strong
        return _Ranking(found, scores, added, matching, weak, only_weak, coverage)

    def _named_in_headline(self, text: str, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return 1 for the articles whose headline has the words of ``text`` in order, else 0."""
        wanted = " ".join(self._reader.tokenized(text))
        found = np.zeros(len(rows), np.float32)
        for n, row in enumerate(rows.tolist()):
            terms, n_headline = self._reader.terms_of(self._reader.ids[row])
            spelt = (self._reader.terms.terms[id] for id in terms[:n_headline].tolist())
            found[n] = f" {wanted} " in f" {' '.join(spelt)} "
        return found

    def _search_hits(
        self,
        rows: list[int],
        query: RewrittenQuery,
        ranking: _Ranking | None,
        prefix_terms: NDArray[np.uint32],
        explain: bool,
        phrases: tuple[str, ...],
    ) -> tuple[Hit, ...]:
        terms = self._searched_terms(query)
        hits = []
        for row in rows:
            own = terms
            if len(prefix_terms):
                found = self._reader.matched_term_ids(row, prefix_terms)
                own = terms | dict.fromkeys(found, 1.0)
            hits.append(
                Hit(
                    self._reader.ids[row],
                    ranking.score(row) if ranking else 0.0,
                    explanation=self._search_explanation(row, ranking, own) if explain else None,
                    terms=own,
                    phrases=phrases,
                    found_by=ranking.coverage.found_by(row) if ranking else "filters",
                )
            )
        return tuple(hits)

    def _search_explanation(
        self, row: int, ranking: _Ranking | None, terms: Mapping[str, float]
    ) -> Explanation:
        if ranking is None:
            return Explanation({}, {})
        matched = tuple(self._reader.matched_terms(row, terms))
        if (candidate := ranking.candidate(row)) is None:
            return Explanation({}, {BEYOND_CANDIDATES: ranking.score(row)}, matched)
        features, contributions = self._retrieval.contributions(ranking.found, candidate)
        for name, values in ranking.added.items():
            contributions[name] = features[name] = float(values[candidate])
        return Explanation(features, contributions, matched)

    def _searched_terms(self, query: RewrittenQuery) -> dict[str, float]:
        """Return what a snippet marks, with weights: typed words, then those added."""
        reader = self._reader
        typed = {
            term: 1.0 if n == 0 else SYNONYM_WEIGHT
            for n, text in reversed(list(enumerate((query.text, *query.variants))))
            for term in reader.informative_terms(text, query.stopwords, query.language)
        }
        if not typed:  # to be or not to be
            typed = dict.fromkeys(reader.tokenized(query.text)[:MAX_STOPWORDS_MARKED], 1.0)
        return {t: weight * reader.idf_of(t) for t, weight in {**query.added, **typed}.items()}
