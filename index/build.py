"""Store → generation: the arrays that a search reads, written as .npy and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article
from index.autocomplete.completions import CompletionEntry, CompletionIndex
from index.columns import ColumnsWriter
from index.dense.encoded_text import ENCODED_FIELDS, lead
from index.dense.int8_vectors import Int8Vectors
from index.dense.static_embeddings import StaticEmbeddings, spelt
from index.lexical.bm25 import idf_lucene
from index.lexical.char_ngrams import build_char_ngrams
from index.lexical.postings import Postings, build_postings
from index.query.rewriting import Vocabulary
from index.ranking.window_similarity import WindowSimilarity
from index.storage.packed_strings import mapped
from index.terms.forward_index import ForwardIndex, ForwardIndexWriter, telling
from index.terms.prefix_groups import PrefixGroups
from index.terms.term_dictionary import TermDictionary

FORMAT = 9
POSTINGS = ("all", "short", "letters-headline", "letters-claim")
"""all: every word; short: headline, claim and summary; letters: TF-IDF embeddings of one field."""


def build_index(
    articles: Iterable[Article],
    folder: Path,
    progress: Callable[[int], None] | None = None,
    encode: Callable[[Sequence[str]], NDArray[np.float32]] | None = None,
    encoder_name: str = "",
    word_table: StaticEmbeddings | None = None,
) -> int:
    """Write the index of ``articles`` into ``folder`` (made if missing); return their number.

    ``encode`` makes the vectors of texts, float32 [n, dim]; without it the index has no meanings.
    ``word_table`` gives the vectors of its words; without it the index has none.

    ``tokens.npy`` uint32 holds every article's terms in order, ``bounds.npy`` int64 [n, 5] where
    its headline, claim, summary and body lie in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lexicon = TermDictionary()
    ids: list[str] = []
    headlines: list[str] = []
    claims: list[str] = []
    leads: list[str] = []
    columns = ColumnsWriter()
    completions: list[CompletionEntry] = []
    told = ForwardIndexWriter(lexicon)
    for n, article in enumerate(articles, 1):
        ids.append(article.id)
        headlines.append(article.headline)
        claims.append(article.claim)
        columns.add(article)
        completions += completions_of(article)
        if encode is not None:
            leads.append(lead(article))
        told.add((article.headline, article.claim, article.summary, article.body))
        if progress is not None and n % 500 == 0:
            progress(n)
    tokens, bounds = told.finish()
    np.save(folder / "tokens.npy", tokens)
    np.save(folder / "bounds.npy", bounds)
    parts = {
        "all": build_postings(tokens, bounds[:, [0, 4]], len(lexicon), 1.5, 0.75),
        "short": build_postings(tokens, bounds[:, [0, 3]], len(lexicon), 1.5, 0.75),
        "letters-headline": build_char_ngrams(headlines),
        "letters-claim": build_char_ngrams(claims),
    }
    for name, postings in parts.items():
        _save(folder, name, postings)
    PrefixGroups.of(lexicon.terms).save(folder)
    columns.save(folder)
    CompletionIndex.build(completions).save(folder)
    occurrences = np.bincount(tokens, minlength=len(lexicon)).astype(np.int64)
    spellings = lexicon.spellings()
    Vocabulary.build(spellings, occurrences).save(folder)
    (folder / "terms.json").write_text(json.dumps(lexicon.terms), encoding="utf-8")
    if encode is not None:
        for name, texts in zip(ENCODED_FIELDS, (headlines, leads), strict=True):
            Int8Vectors.of(encode(texts)).save(folder, f"meaning-{name}")
    if word_table is not None:
        idf = idf_lucene(parts["all"].df, len(ids))
        words = Int8Vectors.of(word_table.vectors(spelt(spellings, lexicon.terms)))
        weights = telling(idf, lexicon.stop())
        WindowSimilarity.build(words, ForwardIndex.of(tokens, bounds, weights)).save(folder)
    head = {
        "format": FORMAT,
        "encoder": encoder_name if encode else "",
        "word vectors": word_table is not None,
        "ids": ids,
    }
    (folder / "index.json").write_text(json.dumps(head), encoding="utf-8")
    return len(ids)


def completions_of(article: Article) -> list[CompletionEntry]:
    """Return what of an article completes what is being typed: its headline, then its questions.

    A question leads on to a search, not to the article that asks it: the answer is elsewhere.
    """
    day = float(article.checked_on.toordinal()) if article.checked_on else 0.0
    headline = CompletionEntry(article.headline, "headline", article.id, freshness=day)
    questions = (CompletionEntry(q, "question", "", freshness=day) for q in article.followups)
    return [headline, *questions]


def _save(folder: Path, name: str, postings: Postings) -> None:
    np.save(folder / f"{name}.starts.npy", postings.starts)
    np.save(folder / f"{name}.entries.npy", postings.entries)
    np.save(folder / f"{name}.weights.npy", postings.weights)


def load_postings(folder: Path, name: str) -> Postings:
    """Return postings of a generation, memory-mapped; ``name`` is one of ``POSTINGS``."""
    starts, entries, weights = (
        mapped(folder / f"{name}.{part}.npy") for part in ("starts", "entries", "weights")
    )
    return Postings(starts, entries, weights)
