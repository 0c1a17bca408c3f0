"""Search one generation: candidates from words and letters, their evidence, one score each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import stem, words
from corpus.analysis.web_addresses import is_post
from index.dense.encoded_text import (
    CANDIDATE_FIELD,
    ENCODED_FIELDS,
    covers_article,
    encoded_query,
    mostly_long,
)
from index.dense.int8_vectors import Int8Vectors
from index.dense.load_encoder import Encoder
from index.lexical.bm25 import idf_lucene
from index.lexical.char_ngrams import N_BUCKETS, char_ngram_query
from index.lexical.phrase_match import Mask, holding_any, holding_phrase
from index.lexical.postings import sum_postings
from index.lexical.stored_postings import POSTINGS, open_postings
from index.lexical.top_k import top_k
from index.query.query_terms import query_terms
from index.query.rewriting import QueryRewriter, RewrittenQuery, Vocabulary
from index.ranking.features import FEATURES, features
from index.ranking.linear_ranker import SHIPPED, SHIPPED_NEURAL, LinearRanker
from index.ranking.window_similarity import WindowSimilarity
from index.storage.json_files import open_json
from index.terms.forward_index import ForwardIndex, open_token_stream, telling
from index.terms.prefix_groups import PrefixGroups
from index.terms.term_dictionary import TermDictionary

SHORT_WEIGHT = 0.2  # headline, claim, summary against everything; benchmarks/README.md
MOST_TERMS = 60  # a pasted page costs no more than its most telling terms
N_WORDS = 50  # candidates by words for each word of a query; benchmarks/README.md
N_LETTERS, N_MEANING = 50, 50  # candidates by each other way
LEAST_COSINE = 0.15  # below, letters agree by chance
ALIKE = 0.5  # cosine of letters or meanings that counts as a match without a common word

BEYOND = "bm25 behind the candidates"
"""The one contribution of an article that is not a candidate; its score is below theirs."""


@dataclass(frozen=True, eq=False, slots=True)
class Candidates:
    """The articles worth ranking for a query.

    ``places`` int64 [n] ascending, ``features`` float32 [n, len(FEATURES)], ``bm25`` float32
    [n_articles], 0 where an article shares no word with the query. ``alike`` bool [n_articles]:
    which articles share a word, or are close enough by letters or meaning to be counted as found.
    ``meant``: whether meanings were looked at.
    """

    places: NDArray[np.int64]
    features: NDArray[np.float32]
    bm25: NDArray[np.float32]
    alike: Mask
    meant: bool


NOTHING: Mapping[str, float] = MappingProxyType({})


class Ranked(NamedTuple):  # made a hundred times a search: a dataclass takes thrice as long
    """One article of a ranking. ``contributions`` add up to ``score``."""

    id: str
    score: float
    features: Mapping[str, float] = NOTHING
    contributions: Mapping[str, float] = NOTHING


class Index:
    """A generation opened for reading, memory-mapped; safe for any number of threads."""

    def __init__(
        self, folder: Path, encoder: Encoder | None = None, ranker: LinearRanker | None = None
    ) -> None:
        """Open a generation; ``encoder`` counts where it is the one that the index was built with.

        ``ranker`` defaults to the shipped model for an index with or without meanings.
        """
        head = open_json(folder, "index", "ids", "encoder", "word vectors")
        self.ids: list[str] = head["ids"]
        self.encoder = encoder if encoder is not None and encoder.name == head["encoder"] else None
        names = ENCODED_FIELDS if self.encoder else ()
        self._meanings = {
            name: Int8Vectors.open(folder, f"embeddings-{name}", len(self.ids)) for name in names
        }
        by_words = LinearRanker.load(SHIPPED)
        by_meaning = LinearRanker.load(SHIPPED_NEURAL) if self.encoder else by_words
        self._by_words = (ranker or by_words).vector(FEATURES)
        self._by_meaning = (ranker or by_meaning).vector(FEATURES)
        self._lexicon = TermDictionary(open_json(folder, "terms"))
        n_terms = len(self._lexicon)
        sizes = (n_terms, n_terms, N_BUCKETS, N_BUCKETS)
        self._postings = {
            name: open_postings(folder, name, n) for name, n in zip(POSTINGS, sizes, strict=True)
        }
        self._idf = {n: idf_lucene(p.df, len(self.ids)) for n, p in self._postings.items()}
        self._place = {id: place for place, id in enumerate(self.ids)}
        self._tokens, self._bounds = open_token_stream(folder, len(self.ids))
        self._whole = covers_article(self._bounds)
        self._mostly_long = mostly_long(self._bounds)
        self._stop = self._lexicon.stop()
        weights = telling(self._idf["all"], self._stop)
        self._texts = ForwardIndex.of(self._tokens, self._bounds, weights)
        self._windows = (
            WindowSimilarity.open(folder, self._bounds, n_terms) if head["word vectors"] else None
        )
        self._beginnings = PrefixGroups.open(folder, n_terms)
        self.folder = folder
        self.vocabulary = Vocabulary.open(folder, n_terms)
        self._expansion = QueryRewriter(self.vocabulary, self.is_term)

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, id: object) -> bool:
        return id in self._place

    @property
    def lexicon(self) -> list[str]:
        """The terms of the archive: term id → term, stop words kept."""
        return self._lexicon.terms

    @property
    def stop(self) -> NDArray[np.bool_]:
        """Which terms are stop words, bool [n_terms]."""
        return self._stop

    def told(self, id: str) -> tuple[NDArray[np.uint32], int]:
        """Return the term ids of an article in order, and how many of them are the headline's.

        Behind the headline stand claim, summary and body. KeyError for an unknown one.
        """
        start, end, *_, last = self._bounds[self._place[id]].tolist()
        return np.asarray(self._tokens[start:last]), end - start

    def place(self, id: str) -> int:
        """Return where an article stands in ``ids``; KeyError for an unknown one."""
        return self._place[id]

    def is_term(self, term: str) -> bool:
        """Return whether an article holds ``term``."""
        return self._lexicon.id(term) is not None

    def idf(self, term: str) -> float:
        """Return the weight of a term, 0 for one that no article holds."""
        id = self._lexicon.id(term)
        return 0.0 if id is None else float(self._idf["all"][id])

    def holding(self, terms: Sequence[str]) -> Mask:
        """Return which articles have ``terms`` side by side in one field, bool [n]."""
        ids = [self._lexicon.id(term) for term in terms]
        if None in ids:
            return np.zeros(len(self), np.bool_)
        phrase = np.array(ids, np.uint32)
        return holding_phrase(phrase, self._postings["all"], self._tokens, self._bounds)

    def holding_any(self, terms: NDArray[np.uint32]) -> Mask:
        """Return which articles hold at least one of ``terms``, numbers of terms; bool [n]."""
        return holding_any(terms, self._postings["all"], len(self))

    def held(self, place: int, terms: Iterable[str]) -> list[str]:
        """Return those of ``terms`` that the article at ``place`` holds, in their order."""
        numbers = {i: t for t in terms if (i := self._lexicon.id(t)) is not None}
        own = set(self.held_numbers(place, np.fromiter(numbers, np.uint32)))
        return [term for term in numbers.values() if term in own]

    def held_numbers(self, place: int, terms: NDArray[np.uint32]) -> list[str]:
        """Return those of ``terms``, numbers of terms, that the article at ``place`` holds."""
        own = self._tokens[self._bounds[place, 0] : self._bounds[place, -1]]
        return [self._lexicon.terms[number] for number in np.intersect1d(own, terms).tolist()]

    def terms(self, text: str, stopwords: frozenset[str] = STOPWORDS) -> list[str]:
        """Return the terms of ``text`` that the archive knows, most telling first, bounded."""
        counts = Counter(stem(word) for word in words(text) if word not in stopwords)
        idf = self._idf["all"]
        known = {t: i for t in counts if (i := self._lexicon.id(t)) is not None}
        order = sorted(known, key=lambda t: (-counts[t] * float(idf[known[t]]), t))
        return order[:MOST_TERMS]

    def scores(self, text: str | RewrittenQuery) -> NDArray[np.float32]:
        """Return the BM25 of every article for ``text``, float32 [n], 0 where nothing matches."""
        query = text if isinstance(text, RewrittenQuery) else self._expansion.read(text)
        counts = dict.fromkeys(self.terms(query.text, query.stopwords), 1.0)
        for term, count in query.added.items():
            if self.is_term(term):
                counts.setdefault(term, count)
        return self.scores_of(counts)

    def scores_of(self, counts: Mapping[str, float]) -> NDArray[np.float32]:
        """Return the BM25 of every article for known terms with their weights, float32 [n]."""
        ids = np.array([self._lexicon.id(t) for t in counts], np.uint32)
        each = np.fromiter(counts.values(), np.float32, len(counts))
        total = np.zeros(len(self.ids), np.float32)
        for name, weight in (("all", 1.0), ("short", SHORT_WEIGHT)):
            idf = (self._idf[name][ids] * each * weight).astype(np.float32)
            self._sum(name, ids, idf, total)
        return total

    def rank(
        self,
        text: str | RewrittenQuery,
        k: int,
        exclude: Collection[str] = (),
        explain: bool = False,
    ) -> list[Ranked]:
        """Return at most ``k`` articles, best first, ties in the order of the archive.

        The candidates come first, by the ranking model; behind them, where ``k`` asks for more,
        whatever else shares a word with the query, by BM25. A score does not depend on ``k``.
        """
        found = self.candidates(text)
        out = {self._place[id] for id in exclude if id in self._place}
        scores = self.score(found)
        order = np.argsort(-scores, kind="stable").tolist()
        places, values = found.places.tolist(), scores.tolist()
        if out:
            order = [row for row in order if places[row] not in out]
        ranking = [
            Ranked(
                self.ids[places[row]], values[row], *(self.shares(found, row) if explain else ())
            )
            for row in order[:k]
        ]
        if len(ranking) < k and len(scores):
            rest = found.bm25.copy()
            rest[found.places] = 0.0
            below = float(scores.min()) - float(found.bm25.max())
            for place in top_k(rest, k - len(ranking) + len(out)):
                if int(place) not in out:
                    score = below + float(rest[place])
                    parts = {BEYOND: score} if explain else {}
                    ranking.append(Ranked(self.ids[place], score, {}, parts))
        return ranking[:k]

    def candidates(self, typed: str | RewrittenQuery, allowed: Mask | None = None) -> Candidates:
        """Return the candidates of a query with their features; none when nothing matches.

        ``typed`` is rewritten by ``QueryRewriter.read``, unless it comes rewritten. ``allowed``
        bool [n] says which articles may be found, all without it.
        """
        reading = typed if isinstance(typed, RewrittenQuery) else self._expansion.read(typed)
        text = reading.text
        query = query_terms(
            text, reading.stopwords, self._lexicon, self._idf["all"], self._beginnings
        )
        bm25 = self.scores(reading)
        letters = self._letter_cosines(text)
        meaning = self._meaning_of(text)
        leads = [] if meaning is None else [self._meanings[CANDIDATE_FIELD].cosines(meaning)]
        if allowed is not None:
            bm25, *letters = (np.where(allowed, values, 0.0) for values in (bm25, *letters))
            leads = [np.where(allowed, cosines, 0.0) for cosines in leads]
        best = (
            top_k(bm25, N_WORDS * query.reach),
            *(top_k(cosines, N_LETTERS, LEAST_COSINE) for cosines in letters),
            *(top_k(cosines, N_MEANING) for cosines in leads),
        )
        among = np.zeros(len(self), np.bool_)
        for found in best:
            among[found] = True
        places = np.flatnonzero(among)
        near = []
        if meaning is not None:
            near = [rows.take(places).cosines(meaning) for rows in self._meanings.values()]
        measured = features(
            query,
            places,
            [bm25[places], *(_above_chance(cosines[places]) for cosines in letters)],
            near,
            self._texts,
            self._whole[places],
            self._windows,
        )
        alike = bm25 > 0.0
        for cosines in (*letters, *leads):
            alike |= cosines >= ALIKE
        for cosines in near:
            alike[places] |= cosines >= ALIKE
        return Candidates(places, measured, bm25, alike, meaning is not None)

    def score(self, found: Candidates) -> NDArray[np.float32]:
        """Return the score of each candidate by the ranking model, float32 [n]."""
        scores: NDArray[np.float32] = found.features @ self._weights(found)
        return scores

    def shares(self, found: Candidates, row: int) -> tuple[dict[str, float], dict[str, float]]:
        """Return the features of a candidate by name, and what each adds to its score."""
        values = found.features[row]
        shares = (values * self._weights(found)).tolist()
        return (
            dict(zip(FEATURES, values.tolist(), strict=True)),
            dict(zip(FEATURES, shares, strict=True)),
        )

    def _weights(self, found: Candidates) -> NDArray[np.float32]:
        return self._by_meaning if found.meant else self._by_words

    def _letter_cosines(self, text: str) -> list[NDArray[np.float32]]:
        """Return the cosine of ``text`` by letters with headline and claim of every article."""
        names = ("ngrams-headline", "ngrams-claim")
        buckets, weighted = char_ngram_query(text, *(self._idf[name] for name in names))
        cosines = []
        for name, weights in zip(names, weighted, strict=True):
            cosines.append(np.zeros(len(self), np.float32))
            self._sum(name, buckets, weights, cosines[-1])
        return cosines

    def _meaning_of(self, text: str) -> NDArray[np.float32] | None:
        """Return the vector of ``text``, None where meanings have no say."""
        # Of long articles only the opening is encoded. That helps to find the check of a post and
        # misleads for a plain claim or question (benchmarks/README.md): words decide alone there.
        if self.encoder is None or (self._mostly_long and not is_post(text)):
            return None
        [vector] = self.encoder.encode([encoded_query(text)], kind="query")
        return np.asarray(vector, np.float32)

    def _sum(
        self,
        name: str,
        ids: NDArray[np.uint32],
        weights: NDArray[np.float32],
        into: NDArray[np.float32],
    ) -> None:
        postings = self._postings[name]
        sum_postings(postings.starts, postings.entries, postings.weights, ids, weights, into)


def _above_chance(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.where(cosines > LEAST_COSINE, cosines, np.float32(0.0))
