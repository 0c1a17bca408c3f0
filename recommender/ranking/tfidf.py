"""TF-IDF embeddings of questions and articles, by words and by letters, as plain arrays.

A text is a run of term ids (stems, stop words left out). Letters are counted term by term: a term
is the bag of its runs of 3 to 5 letters, a text the sum of its terms. So a new text costs one pass
over its terms and no vectoriser, and the whole state is a word list and four arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import raw_tokens, raw_words, stem
from corpus.models import Article
from index.lexical.char_ngrams import N_BUCKETS, vectorizer
from index.search.reader import IndexReader
from index.storage.arrays import (
    ArrayType,
    array_path,
    check_ids,
    check_shape,
    check_starts,
    frozen,
    open_arrays,
    save_arrays,
)
from index.storage.json_files import open_json, save_json
from index.terms.term_dictionary import TermDictionary

_NAME = "question-terms"
LONGEST = 60_000  # characters of a field that are read
MOST_TERMS = 2_000  # telling terms of an article that count: some ten pages
WINDOW = 12  # telling terms that stand for a sentence: an index keeps no full stops
N_SENTENCES = 64  # one bit each; what comes after the last joins it
MOST_RAW = 1 << 19  # spellings whose terms are remembered: some 100 MB at most

_ARRAYS: dict[str, ArrayType] = {
    "idf": (np.float32, 1),
    "gram_starts": (np.int64, 1),
    "grams": (np.uint32, 1),
    "gram_idf": (np.float32, 1),
}
_STOP = tuple(sorted({stem(word) for word in STOPWORDS}))


@dataclass(frozen=True, eq=False, slots=True)
class ArticleTerms:
    """What an article says: ``text`` uint32 [n], the headline first, and the window of each term.

    The first ``n_headline`` terms are the headline's, which is window 0.
    """

    text: NDArray[np.uint32]
    sentence: NDArray[np.uint8]
    n_headline: int


class QuestionTerms:
    """The words of a bank and its archive with their weights; read-only once it is fitted."""

    def __init__(
        self,
        lexicon: TermDictionary,
        idf: NDArray[np.float32],
        gram_starts: NDArray[np.int64],
        grams: NDArray[np.uint32],
        gram_idf: NDArray[np.float32],
    ) -> None:
        """Term t holds the runs ``grams[gram_starts[t]:gram_starts[t + 1]]``, each one once.

        ``idf`` float32 [n_terms], ``gram_idf`` float32 [N_BUCKETS].
        """
        self._lexicon = lexicon
        self.idf = idf
        self.gram_starts, self.grams, self.gram_idf = gram_starts, grams, gram_idf
        self._raw: dict[str, tuple[int, ...]] = {}
        self.rarest = float(idf.max(initial=1.0))

    @classmethod
    def fit(
        cls, questions: Iterable[str], articles: Iterable[Article]
    ) -> tuple[QuestionTerms, list[ArticleTerms]]:
        """Return the terms of all questions and articles, and what each article says.

        Weighted as scikit-learn does it: idf = ln((1 + n) / (1 + df)) + 1 over questions and
        articles alike, always >= 1.
        """
        lexicon = TermDictionary(_STOP)  # the stop words have the first ids
        asked = _telling(lexicon, questions)
        told = [_parts(article, lambda text: _telling(lexicon, [text])[0]) for article in articles]
        return cls._weighed(lexicon, asked, told)

    @classmethod
    def of_index(
        cls, questions: Iterable[str], reader: IndexReader, ids: Iterable[str]
    ) -> tuple[QuestionTerms, list[ArticleTerms]]:
        """Return what ``fit`` gives for the articles ``ids`` of an index, whose words it knows."""
        numbers, first = np.zeros(len(reader.terms.terms), np.uint32), len(_STOP)
        telling = ~reader.stop_terms
        numbers[telling] = np.arange(first, first + int(telling.sum()))
        kept = (term for term, tells in zip(reader.terms.terms, telling, strict=True) if tells)
        lexicon = TermDictionary((*_STOP, *kept))
        asked = _telling(lexicon, questions)
        told = []
        for id in ids:
            terms, n_headline = reader.terms_of(id)
            tells = telling[terms]
            text = numbers[terms[tells]][:MOST_TERMS]
            told.append(_in_windows(text, int(tells[:n_headline].sum())))
        return cls._weighed(lexicon, asked, told)

    @classmethod
    def _weighed(
        cls,
        lexicon: TermDictionary,
        asked: Sequence[NDArray[np.uint32]],
        told: Sequence[ArticleTerms],
    ) -> tuple[QuestionTerms, list[ArticleTerms]]:
        """Return the weights of terms whose ids stand behind those of the stop words."""
        first, n = len(_STOP), len(asked) + len(told)
        df = np.zeros(len(lexicon), np.int64)
        for text in (*asked, *(one.text for one in told)):
            df[np.unique(text)] += 1
        used = np.flatnonzero(df[first:]) + first
        numbers = np.zeros(len(lexicon), np.uint32)
        numbers[used] = np.arange(len(used))
        idf = np.log((1.0 + n) / (1.0 + df[used])) + 1.0
        kept = TermDictionary(lexicon.terms[id] for id in used.tolist())
        counts = vectorizer.transform([*kept.terms, ""]).tocsr()  # it refuses an empty list
        spread = np.bincount(counts.indices, minlength=N_BUCKETS)
        # A run of letters is the more telling, the fewer terms (not texts) hold it.
        gram_idf = np.log((1.0 + len(kept)) / (1.0 + spread)) + 1.0
        terms = cls(
            kept,
            frozen(idf.astype(np.float32)),
            frozen(counts.indptr[:-1].astype(np.int64)),
            frozen(counts.indices.astype(np.uint32)),
            frozen(gram_idf.astype(np.float32)),
        )
        return terms, [
            ArticleTerms(numbers[one.text], one.sentence, one.n_headline) for one in told
        ]

    @property
    def letters(self) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.float32]]:
        """Return the letters of all terms: where each term's begin, runs, weight of a run."""
        return self.gram_starts, self.grams, self.gram_idf

    def __len__(self) -> int:
        return len(self._lexicon)

    def ids(self, text: str) -> list[int]:
        """Return the ids of the known terms of ``text`` in order, repetitions kept."""
        known, raws = self._raw, raw_tokens(text)
        try:
            found = [known[raw] for raw in raws]
        except KeyError:
            found = [self._look_up(raw) for raw in raws]
        return list(chain.from_iterable(found))

    def _look_up(self, raw: str) -> tuple[int, ...]:
        found = self._raw.get(raw)
        if found is None:
            ids = (self._lexicon.id(stem(word)) for word, _, _ in raw_words(raw))
            found = tuple(id for id in ids if id is not None)
            if len(self._raw) < MOST_RAW:
                self._raw[raw] = found
        return found

    def article(self, article: Article) -> ArticleTerms:
        """Return the known terms of headline, claim, summary and body, window by window."""
        return _parts(article, lambda text: np.array(self.ids(text), np.uint32))

    def save(self, folder: Path) -> None:
        """Write ``question-terms.json`` and a ``question-terms.….npy`` for each array."""
        save_json(folder, _NAME, self._lexicon.terms)
        save_arrays(folder, _NAME, **{name: getattr(self, name) for name in _ARRAYS})

    @classmethod
    def open(cls, folder: Path) -> QuestionTerms:
        """Return what ``save`` wrote, memory-mapped.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        lexicon = TermDictionary(open_json(folder, _NAME))
        arrays = open_arrays(folder, _NAME, **_ARRAYS)
        path = {name: array_path(folder, _NAME, name) for name in _ARRAYS}
        check_shape(path["idf"], arrays["idf"], len(lexicon))
        n_grams = len(arrays["grams"])
        starts = np.append(arrays["gram_starts"], n_grams)  # what follows the last is not kept
        check_starts(path["gram_starts"], starts, -1, n_grams)
        check_shape(path["gram_idf"], arrays["gram_idf"], N_BUCKETS)
        check_ids(path["grams"], arrays["grams"], N_BUCKETS)
        return cls(lexicon, **arrays)


def _parts(article: Article, read: Callable[[str], NDArray[np.uint32]]) -> ArticleTerms:
    headline = read(article.headline[:LONGEST])
    rest = (article.claim, article.summary, article.body)
    text = np.concatenate([headline, *(read(part[:LONGEST]) for part in rest)])
    return _in_windows(text[:MOST_TERMS], len(headline))


def _in_windows(text: NDArray[np.uint32], n_headline: int) -> ArticleTerms:
    """Return an article's telling terms cut into windows, the headline first."""
    windows = 1 + np.arange(len(text) - min(n_headline, len(text))) // WINDOW
    numbers = np.concatenate((np.zeros(min(n_headline, len(text)), np.int64), windows))
    sentence: NDArray[np.uint8] = np.minimum(numbers, N_SENTENCES - 1).astype(np.uint8)
    return ArticleTerms(text, sentence, min(n_headline, len(text)))


def _telling(lexicon: TermDictionary, texts: Iterable[str]) -> list[NDArray[np.uint32]]:
    ids, ends = lexicon.learn([*texts])
    return [text[text >= len(_STOP)] for text in np.split(ids, ends[:-1])] if len(ends) else []
