"""Expansion: what is mistyped is put right, what the archive has is left alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from corpus.analysis.tokenizer import stem, words
from index.query.rewriting import MAX_CORRECTED_WORDS, PREFIX_WEIGHT, QueryRewriter
from index.query.synonyms import SYNONYM_WEIGHT, Synonyms
from index.query.vocabulary import Vocabulary
from index.terms.term_dictionary import TermDictionary

TEXT = """garlic vaccine vaccine vaccine vaccinated vaccines election elections electron
    Obama café moon moon landing influenza is in the 2021"""


@pytest.fixture
def vocabulary() -> Vocabulary:
    spelt = words(TEXT)
    terms = {term: id for id, term in enumerate(dict.fromkeys(map(stem, spelt)))}
    counts = Counter(terms[stem(word)] for word in spelt)
    occurrences = np.array([counts[i] for i in range(len(terms))], np.int64)
    return Vocabulary.build({word: terms[stem(word)] for word in spelt}, occurrences)


@pytest.fixture
def rewriter(vocabulary: Vocabulary, tmp_path: Path) -> QueryRewriter:
    known = TermDictionary(dict.fromkeys(map(stem, words(TEXT))))
    return QueryRewriter(vocabulary, known, Synonyms(tmp_path))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("garlic vaccine", "garlic vaccine"),
        ("garlc vacine", "garlic vaccine"),
        ("Vacine? #StopVacine!", "Vaccine? #StopVaccine!"),
        ("obmaa", "obama"),
        ("2012", "2012"),  # another year is another thing
        ("teh moon", "teh moon"),  # too short to say what was meant
        ("xqzzt", "xqzzt"),
        ("", ""),
        ("🦇 ' \" -", "🦇 ' \" -"),
        ("https://vacine.example/vacine", "https://vacine.example/vacine"),
    ],
)
def test_only_what_the_archive_lacks_is_read_as_the_nearest_word(
    rewriter: QueryRewriter, typed: str, read: str
) -> None:
    assert rewriter.rewrite(typed).text == read


def test_a_page_of_unknown_words_is_not_looked_up_word_by_word(rewriter: QueryRewriter) -> None:
    rewritten = rewriter.rewrite(" ".join(["vacine", *["qqqqqq"] * MAX_CORRECTED_WORDS, "garlc"]))
    assert rewritten.text.startswith("vaccine")
    assert rewritten.text.endswith("garlc")


def test_a_prefix_is_read_as_its_commonest_word_and_the_others_count_less(
    rewriter: QueryRewriter,
) -> None:
    rewritten = rewriter.rewrite("garlic", "elec")
    assert rewritten.text == "garlic election"
    assert rewritten.added == {"electron": PREFIX_WEIGHT}
    assert rewriter.rewrite("", "qqq").text == "qqq"


def test_synonyms_are_in_force_with_the_next_query(rewriter: QueryRewriter, tmp_path: Path) -> None:
    assert rewriter.rewrite("flu").added == {}
    (tmp_path / "synonyms.txt").write_text("flu, influenza\n", encoding="utf-8")
    assert rewriter.rewrite("flu").added == {stem("influenza"): SYNONYM_WEIGHT}
    (tmp_path / "stopwords.txt").write_text("moon\n", encoding="utf-8")
    assert rewriter.rewrite("moon").stopwords == {"moon"}


def test_a_better_spelling_keeps_signs_and_filters_as_typed(rewriter: QueryRewriter) -> None:
    typed = 'topic:helth "moon landng" -vacine'
    assert rewriter.corrected(typed, ["moon", "landng"]) == 'topic:helth "moon landing" -vacine'
    assert rewriter.corrected("moon landing", ["moon", "landing"]) == ""
