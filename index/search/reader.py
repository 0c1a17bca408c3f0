"""Index reader: the files of one generation, memory-mapped, and look-ups in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import words
from index.addresses import AddressIndex
from index.columns import Columns
from index.dense.encoded_text import ENCODED_FIELDS, covers_article, mostly_long
from index.dense.encoder import Encoder
from index.dense.int8_vectors import Int8Vectors
from index.dense.use_encoder import NAME as MULTILINGUAL_NAME
from index.lexical.bm25 import idf_lucene
from index.lexical.ngram_hashing import N_BUCKETS
from index.lexical.phrase_match import Mask, articles_with_any_term, articles_with_phrase
from index.lexical.postings import sum_postings, sum_presence
from index.lexical.stored_postings import POSTINGS, open_postings
from index.query.joined_spellings import JoinedSpellings
from index.query.known_words import KnownWords
from index.query.query_terms import QueryTerms
from index.query.rewriting import QueryRewriter
from index.query.synonyms import Synonyms
from index.query.vocabulary import Vocabulary
from index.ranking.field_features import field_features
from index.ranking.window_similarity import WindowSimilarity
from index.storage.json_files import open_json, open_json_object
from index.terms.forward_index import ForwardIndex, informative_weights, open_token_stream
from index.terms.prefix_groups import PrefixGroups
from index.terms.term_dictionary import TermDictionary

MAX_INFORMATIVE_TERMS = 60
"""A pasted page costs no more than its most informative terms."""


class IndexReader:
    """The index of one generation, opened for reading; safe for any number of threads.

    Every file is opened, and what compiled loops rely on is checked, before the first query.
    Articles are known by their row, the ordinal in ``ids``, in every array.

    Attributes
    ----------
    folder
        The generation.
    ids
        The id of each article, by row.
    languages
        ISO 639-1 codes of the articles, the most common first.
    encoder
        The encoder of queries; None for an index of words alone.
    columns
        What articles are filtered, counted and sorted by.
    terms
        Term ↔ id; stop words have ids, too.
    vocabulary
        The words of the archive as they are spelt.
    prefix_groups
        Which terms share their first letters.
    forward_index
        The terms of each article in order.
    embeddings
        By encoded field the vector of each article; empty without an encoder.
    window_similarity
        Static embeddings of words; None where the index was built without them.
    postings
        By name, one of ``POSTINGS``.
    df
        How many articles hold each term, int64 [n_terms].
    idf
        By name of postings the weight of each term, float32 [n_terms].
    covered
        Which articles headline and lead cover, bool [n_articles]; see ``covers_article``.
    mostly_long
        Whether most articles are long and have no claim.
    alive
        Which articles may be found, bool [n_articles]; None: all.
    """

    alive: Mask | None = None

    def __init__(self, folder: Path, encoder: Encoder | None = None) -> None:
        """Open a generation; ``encoder`` counts only if the index was built with the same one.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        head = open_json(folder, "index", "ids", "encoder", "word vectors", "languages")
        self.folder = folder
        self.ids: list[str] = head["ids"]
        self._row = {id: row for row, id in enumerate(self.ids)}
        self.encoder = encoder if encoder is not None and encoder.name == head["encoder"] else None
        n_articles = len(self.ids)
        self.embeddings = {
            name: Int8Vectors.open(folder, f"embeddings-{name}", n_articles)
            for name in (ENCODED_FIELDS if self.encoder else ())
        }
        self.columns = Columns.open(folder, n_articles)
        self.addresses = AddressIndex.open(folder, n_articles)
        self.languages: tuple[str, ...] = tuple(head["languages"])
        self.terms = TermDictionary(
            open_json(folder, "terms"), open_json_object(folder, "term-exceptions"), self.languages
        )
        n_terms = len(self.terms)
        sizes = (n_terms, n_terms, N_BUCKETS, N_BUCKETS)
        self.postings = {
            name: open_postings(folder, name, n) for name, n in zip(POSTINGS, sizes, strict=True)
        }
        self.idf = {name: idf_lucene(p.df, n_articles) for name, p in self.postings.items()}
        self.df = self.postings["all"].df
        tokens, bounds = open_token_stream(folder, n_articles)
        self.covered = covers_article(bounds)
        self.mostly_long = mostly_long(bounds)
        self.stop_terms = self.terms.stop()
        self.forward_index = ForwardIndex.of(
            tokens, bounds, informative_weights(self.idf["all"], self.stop_terms)
        )
        self.window_similarity = (
            WindowSimilarity.open(folder, bounds, n_terms) if head["word vectors"] else None
        )
        self.prefix_groups = PrefixGroups.open(folder, n_terms)
        self.vocabulary = Vocabulary.open(folder, n_terms)

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, id: object) -> bool:
        return id in self._row

    def hide(self, alive: Mask) -> None:
        """Find only articles that are ``alive`` from now on, bool [n_articles]."""
        self.alive = alive

    def row(self, id: str) -> int:
        """Return the row of an article; KeyError for an unknown one."""
        return self._row[id]

    def terms_of(self, id: str) -> tuple[NDArray[np.uint32], int]:
        """Return the term ids of an article in order, and how many of them are the headline's.

        Claim, summary and body follow the headline. KeyError for an unknown article.
        """
        start, end, *_, last = self.forward_index.bounds[self._row[id]].tolist()
        return self.forward_index.tokens[start:last], end - start

    def idf_of(self, term: str) -> float:
        """Return the weight of a term, 0 for one that no article has."""
        id = self.terms.id(term)
        return 0.0 if id is None else float(self.idf["all"][id])

    def informative_terms(
        self, text: str, stopwords: frozenset[str] = STOPWORDS, language: str = "en"
    ) -> list[str]:
        """Return the known terms of ``text`` by TF-IDF, highest first, ties by the alphabet.

        At most ``MAX_INFORMATIVE_TERMS``, each once, without ``stopwords`` unless there are no
        other words.

        Parameters
        ----------
        text
            Any text.
        stopwords
            Folded words that count nothing.
        language
            ISO 639-1 code of the text: what an apostrophe cuts off depends on it.
        """
        spelt = words(text, language)
        informative = [word for word in spelt if word not in stopwords] or spelt
        counts = Counter(map(self.terms.term_of, informative))
        idf = self.idf["all"]
        known = {t: i for t in counts if (i := self.terms.id(t)) is not None}
        order = sorted(known, key=lambda t: (-counts[t] * float(idf[known[t]]), t))
        return order[:MAX_INFORMATIVE_TERMS]

    @property
    def joined_spellings(self) -> JoinedSpellings:
        """Return the other spellings of words, joined or in two, that the articles have."""
        return JoinedSpellings(
            self.terms.term_of,
            self.articles_with,
            lambda terms: int(np.count_nonzero(self.with_phrase(terms))),
        )

    def query_rewriter(self, synonyms: Synonyms | None = None) -> QueryRewriter:
        """Return what rewrites queries with the words of the articles, and an operator's."""
        return QueryRewriter(
            self.vocabulary,
            self.terms,
            synonyms,
            self.joined_spellings,
            self.known_words,
            self.reads_other_languages,
        )

    @property
    def reads_other_languages(self) -> bool:
        """Return whether the encoder understands queries in other languages than the articles'."""
        return self.encoder is not None and self.encoder.name == MULTILINGUAL_NAME

    @property
    def known_words(self) -> KnownWords:
        """Return the words of English and of the languages that the archive has."""
        return KnownWords(("en", *self.columns.values["language"]))

    def with_address(self, address: str) -> Mask:
        """Return which articles have a web address, or are of a site by its host, bool [n].

        The address of an article's page here, /articles/ID, counts, too.
        """
        found = np.zeros(len(self), np.bool_)
        found[self.addresses.find(address)] = True
        _, _, id = address.partition("/articles/")
        if (id := unquote(re.split(r"[?#]", id)[0].rstrip("/"))) in self:
            found[self.row(id)] = True
        return found

    def articles_with(self, term: str) -> int:
        """Return how many articles hold a term."""
        id = self.terms.id(term)
        return 0 if id is None else int(self.df[id])

    def with_text(self, text: str) -> Mask:
        """Return which articles have the words of ``text`` side by side, bool [n].

        Also in another spelling: joined where ``text`` has two words, or the other way about.
        """
        found = self.with_phrase(self.tokenized(text))
        for variant in self.joined_spellings.variants(text):
            found = found | self.with_phrase(self.tokenized(variant))
        return found

    def tokenized(self, text: str) -> list[str]:
        """Return the terms of ``text`` in order, as the articles have them."""
        return [self.terms.term_of(word) for word in words(text, self.languages[0])]

    def with_phrase(self, terms: Sequence[str]) -> Mask:
        """Return which articles have ``terms`` next to each other in one field, bool [n]."""
        ids = [self.terms.id(term) for term in terms]
        if None in ids:
            return np.zeros(len(self), np.bool_)
        texts = self.forward_index
        phrase = np.array(ids, np.uint32)
        return articles_with_phrase(phrase, self.postings["all"], texts.tokens, texts.bounds)

    def with_any_term(self, term_ids: NDArray[np.uint32]) -> Mask:
        """Return which articles have at least one of the terms, bool [n]."""
        return articles_with_any_term(term_ids, self.postings["all"], len(self))

    def matched_terms(self, row: int, terms: Iterable[str]) -> list[str]:
        """Return those of ``terms`` that an article has, in their order."""
        ids = {i: t for t in terms if (i := self.terms.id(t)) is not None}
        own = set(self.matched_term_ids(row, np.fromiter(ids, np.uint32)))
        return [term for term in ids.values() if term in own]

    def matched_term_ids(self, row: int, term_ids: NDArray[np.uint32]) -> list[str]:
        """Return those terms that an article has, ascending by id."""
        texts = self.forward_index
        own = texts.tokens[texts.bounds[row, 0] : texts.bounds[row, -1]]
        return [self.terms.terms[id] for id in np.intersect1d(own, term_ids).tolist()]

    def field_features(self, rows: NDArray[np.int64], query: QueryTerms) -> NDArray[np.float32]:
        """Return the ``FIELD_FEATURES`` of articles, float32 [n, len(FIELD_FEATURES)]."""
        return field_features(self.forward_index, rows, query)

    def is_covered(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which articles headline and lead cover, bool [n]."""
        return self.covered[rows]

    def window_cosines(
        self, terms: NDArray[np.int64], rows: NDArray[np.int64]
    ) -> NDArray[np.float32] | None:
        """Return the cosine of ``terms`` with the best window of each article, float32 [n].

        None where the index was built without static embeddings.
        """
        if self.window_similarity is None:
            return None
        return self.window_similarity.best(terms, rows, self.forward_index)

    def embedding_cosines(
        self, field: str, vector: NDArray[np.float32], rows: NDArray[np.int64] | None = None
    ) -> NDArray[np.float32]:
        """Return the cosine of ``vector`` with an encoded field of articles, float32 [n].

        Parameters
        ----------
        field
            One of ``ENCODED_FIELDS``.
        vector
            Of length 1, float32 [dim].
        rows
            Which articles, int64 [n]; None: all.
        """
        embeddings = self.embeddings[field]
        return (embeddings if rows is None else embeddings.take(rows)).cosines(vector)

    def add_presence(
        self, ids: NDArray[np.uint32], weights: NDArray[np.float32], masses: NDArray[np.float32]
    ) -> None:
        """Add the weight of each term to the articles that hold it.

        Parameters
        ----------
        ids
            Term ids.
        weights
            Their weights, float32 [n_ids].
        masses
            float32 [n_articles], changed in place.
        """
        postings = self.postings["all"]
        sum_presence(postings.starts, postings.entries, ids, weights, masses)

    def add_scores(
        self,
        name: str,
        ids: NDArray[np.uint32],
        weights: NDArray[np.float32],
        scores: NDArray[np.float32],
    ) -> None:
        """Add to ``scores`` the dot product of a query with every article.

        Parameters
        ----------
        name
            One of ``POSTINGS``.
        ids
            The query's terms or n-gram buckets.
        weights
            Their weights, float32 [n_ids].
        scores
            float32 [n_articles], changed in place.
        """
        postings = self.postings[name]
        sum_postings(postings.starts, postings.entries, postings.weights, ids, weights, scores)
