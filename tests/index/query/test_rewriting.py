"""Expansion: what is mistyped is put right, what the archive has is left alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import stem, words
from index.query.rewriting import (
    MAX_CORRECTED_WORDS,
    PREFIX_WEIGHT,
    QueryRewriter,
    query_stopwords,
)
from index.query.synonyms import Synonyms
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
    assert rewriter.rewrite("flu").variants == ()
    (tmp_path / "synonyms.txt").write_text("flu, influenza\n", encoding="utf-8")
    rewritten = rewriter.rewrite("flu vaccine")
    assert rewritten.variants == ("influenza vaccine",)
    assert [one.text for one in rewritten.all_variants()] == ["flu vaccine", "influenza vaccine"]
    assert all(one.variants == () for one in rewritten.all_variants())
    (tmp_path / "stopwords.txt").write_text("moon\n", encoding="utf-8")
    assert rewriter.rewrite("moon garlic").stopwords == {"moon"}


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        (
            'topic:helth moon landng -vacine "moon landng"',
            'topic:helth moon landing -vacine "moon landng"',
        ),
        ("moon landing", ""),
        ("vacine's", "vaccine's"),
        ("garlc’s moon", "garlic’s moon"),
        ("o'garlc moon", ""),
        ("moon's landing", ""),
        ("the moon's garlic", ""),
        ("vacc", ""),  # begins a word: it is being typed
        ("elec moon", ""),
        ("election electrons", ""),
    ],
)
def test_a_better_spelling_is_offered_where_there_is_one_and_never_what_was_typed(
    rewriter: QueryRewriter, typed: str, better: str
) -> None:
    assert rewriter.corrected(typed) == better


def test_a_word_that_its_language_knows_is_neither_corrected_nor_replaced(
    vocabulary: Vocabulary,
) -> None:
    terms = TermDictionary(dict.fromkeys(map(stem, words(TEXT))))
    plain = QueryRewriter(vocabulary, terms)
    assert plain.corrected("elections erection") == "elections election"
    knowing = QueryRewriter(vocabulary, terms, known={"erection"})
    assert knowing.corrected("elections erection") == ""
    assert knowing.rewrite("erection vote").text == "erection vote"


def test_the_beginning_of_a_word_at_the_end_is_completed_not_corrected(
    rewriter: QueryRewriter,
) -> None:
    assert rewriter.rewrite("garlic vacc").text == "garlic vaccinated"  # or a form of it
    assert rewriter.rewrite("vacc garlic").text == "vacc garlic"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("WHO", {"who"}),
        ("to be or not", {"to", "be", "or", "not"}),
        ("did the WHO lie", {"who"}),
        ("who said it", set()),
        ("vitamin A", {"a"}),
        ("vitamin a", {"a"}),
        ("a vitamin", set()),
        ("DID THE WHO LIE", set()),
    ],
)
def test_stop_words_count_where_they_are_meant(text: str, content: set[str]) -> None:
    meant = {word for word in words(text) if word in STOPWORDS} - query_stopwords(text, STOPWORDS)
    assert meant == content


def test_a_query_in_another_language_is_left_as_it_is_where_an_encoder_reads_it(
    vocabulary: Vocabulary,
) -> None:
    terms = TermDictionary(dict.fromkeys(map(stem, words(TEXT))))
    typed = "hilft knoblauch gegen influenca wirklich"
    plain = QueryRewriter(vocabulary, terms).rewrite(typed)
    assert (plain.is_foreign, "influenza" in plain.text) == (False, True)
    reading = QueryRewriter(vocabulary, terms, reads_other_languages=True)
    assert reading.rewrite(typed).is_foreign
    assert reading.rewrite(typed).text == typed
    assert not reading.rewrite("is garlic in the vacine").is_foreign
