"""Index build: articles → the files of a generation that search reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import words
from corpus.languages import function_words
from corpus.models import Article
from index.addresses import AddressIndex
from index.autocomplete.completions import CompletionEntry, CompletionIndex, completions_of
from index.columns import ColumnsWriter, base_language
from index.dense.encoded_text import ENCODED_FIELDS, encoded_lead
from index.dense.int8_vectors import Int8Vectors
from index.dense.static_embeddings import StaticEmbeddings, embedded_spellings
from index.lexical.article_postings import article_postings
from index.lexical.bm25 import idf_lucene
from index.lexical.postings import blocks_of
from index.lexical.stored_postings import save_postings
from index.query.vocabulary import Vocabulary
from index.ranking.window_similarity import WindowSimilarity
from index.storage.arrays import release_pages
from index.storage.json_files import save_json
from index.terms.forward_index import (
    ForwardIndex,
    ForwardIndexWriter,
    indexed_fields,
    informative_weights,
)
from index.terms.prefix_groups import PrefixGroups
from index.terms.term_dictionary import TermDictionary

WORDS_AT_ONCE = 1 << 16  # whose vectors are made: 64 MB in float32


def findable_completions(
    completions: Iterable[CompletionEntry], terms: TermDictionary
) -> Iterator[CompletionEntry]:
    """Yield the completions that a search finds something for.

    An editor's question may have no word of any article: whoever chose it would find nothing. Words
    that only hold a sentence together count where there are no others.
    """
    common = frozenset[str]().union(*map(function_words, terms.languages))
    for entry in completions:
        spelt = words(entry.text)
        telling = [word for word in spelt if word not in common] or spelt
        if entry.kind != "question" or any(terms.term_of(word) in terms for word in telling):
            yield entry


def build_index(
    articles: Iterable[Article],
    folder: Path,
    progress: Callable[[int], None] | None = None,
    encode: Callable[[Sequence[str]], NDArray[np.float32]] | None = None,
    encoder_name: str = "",
    word_table: StaticEmbeddings | None = None,
) -> int:
    """Write the index of ``articles`` into ``folder`` (made if missing); return their number.

    The folder is not sealed: suggestions may be added (``seal_generation``).

    Parameters
    ----------
    articles
        Published articles, in the order of their rows.
    folder
        The generation, without an index.
    progress
        Called now and then with the number of articles read.
    encode
        Makes the embeddings of texts, float32 [n, dim]; None: the index has none.
    encoder_name
        The name of the encoder behind ``encode``.
    word_table
        Static embeddings of words; None: the index has none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    terms = TermDictionary()
    ids: list[str] = []
    headlines: list[str] = []
    claims: list[str] = []
    leads: list[str] = []
    addresses: list[str] = []
    columns = ColumnsWriter()
    completions: list[CompletionEntry] = []
    texts = ForwardIndexWriter(terms, folder)
    languages: Counter[str] = Counter()
    for n, article in enumerate(articles, 1):
        ids.append(article.id)
        headlines.append(article.headline)
        claims.append(article.claim)
        addresses.append(article.url)
        columns.add(article)
        completions += completions_of(article)
        if encode is not None:
            leads.append(encoded_lead(article))
        language = base_language(article.language)
        languages[language] += 1
        texts.add(indexed_fields(article), language)
        if progress is not None and n % 500 == 0:
            progress(n)
    tokens, bounds = texts.finish()
    by_count = sorted(languages, key=lambda language: (-languages[language], language))
    terms.languages = tuple(by_count) or ("en",)
    idf = np.zeros(len(terms), np.float32)
    # One after the other: of a million articles, each takes two gigabytes while it is made.
    for name, postings in article_postings(tokens, bounds, len(terms), (headlines, claims)):
        save_postings(folder, name, postings)
        if name == "all":
            idf = idf_lucene(postings.df, len(ids))
        del postings
    PrefixGroups.of(terms.terms).save(folder)
    columns.save(folder)
    AddressIndex.build(addresses).save(folder)
    CompletionIndex.build(findable_completions(completions, terms)).save(folder)
    occurrences = np.zeros(len(terms), np.int64)
    for part in blocks_of(len(tokens)):  # counting makes int64 of what it counts
        occurrences += np.bincount(tokens[part], minlength=len(terms))
    release_pages(tokens)
    spellings = terms.spellings()
    Vocabulary.build(spellings, occurrences).save(folder)
    save_json(folder, "terms", terms.terms)
    save_json(folder, "term-exceptions", terms.exceptions)
    if encode is not None:
        for name, encoded in zip(ENCODED_FIELDS, (headlines, leads), strict=True):
            Int8Vectors.of(encode(encoded)).save(folder, f"embeddings-{name}")
    if word_table is not None:
        spelt = embedded_spellings(spellings, terms.terms)
        parts = (spelt[n : n + WORDS_AT_ONCE] for n in range(0, len(spelt), WORDS_AT_ONCE))
        words = Int8Vectors.of_parts(map(word_table.vectors, parts))
        weights = informative_weights(idf, terms.stop())
        WindowSimilarity.build(words, ForwardIndex.of(tokens, bounds, weights)).save(folder)
    head = {
        "encoder": encoder_name if encode else "",
        "word vectors": word_table is not None,
        "ids": ids,
        "languages": terms.languages,
    }
    save_json(folder, "index", head)
    return len(ids)
