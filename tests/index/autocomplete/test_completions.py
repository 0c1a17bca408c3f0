from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from corpus.errors import ArchiveError
from index.autocomplete.completions import CompletionEntry, CompletionIndex


def index_of(*texts: str) -> CompletionIndex:
    """Return an index in which the first text is the most asked for."""
    return CompletionIndex.build(
        CompletionEntry(text, "headline", str(i), demand=float(-i)) for i, text in enumerate(texts)
    )


def suggested(index: CompletionIndex, typed: str, limit: int = 8) -> list[str]:
    return [entry.text for entry in index.complete(typed, limit)]


def test_beginning_beats_inside_beats_other_order_beats_typing_error() -> None:
    index = index_of(
        "Teh mooon is hollow",  # most asked for, and still last
        "Is hollow what the moon is?",
        "Why the moon is said to be hollow",
        "The moon is hollow",
    )
    assert suggested(index, "the moon is h") == [
        "The moon is hollow",
        "Why the moon is said to be hollow",
        "Is hollow what the moon is?",
    ]
    assert suggested(index, "moon hollow") == [
        "Why the moon is said to be hollow",
        "The moon is hollow",
        "Is hollow what the moon is?",
        "Teh mooon is hollow",
    ]
    assert suggested(index, "the moo hollo") == [
        "Why the moon is said to be hollow",
        "The moon is hollow",
        "Is hollow what the moon is?",
    ]


def test_demand_then_freshness_then_text_break_ties() -> None:
    index = CompletionIndex.build(
        [
            CompletionEntry("Milk d", "headline", "1", 1.0, 5.0),
            CompletionEntry("Milk c", "question", "2", 1.0, 5.0),
            CompletionEntry("Milk b", "phrase", "3", 1.0, 9.0),
            CompletionEntry("Milk a", "headline", "4", 2.0, 0.0),
        ]
    )
    assert suggested(index, "mil") == ["Milk a", "Milk b", "Milk c", "Milk d"]
    assert index.complete("milk c")[0] == CompletionEntry("Milk c", "question", "2", 1.0, 5.0)


def test_case_accents_and_punctuation_do_not_count() -> None:
    index = index_of("Café «Zürich»: what's true?")
    for typed in ["cafe zur", "CAFÉ, ZÜRICH WHATS", "whats tr", "zurich"]:
        assert suggested(index, typed) == ["Café «Zürich»: what's true?"]


def test_what_reads_the_same_is_shown_once_at_its_best_rank() -> None:
    index = index_of("MILK is safe!", "Milk is safe", "milk, is safe?")
    assert suggested(index, "milk") == ["MILK is safe!"]
    assert len(index) == 1


def test_a_space_ends_the_word_for_the_first_group() -> None:
    index = index_of("Fluoride in water", "Flu shots", "About flu")
    assert suggested(index, "flu") == ["Fluoride in water", "Flu shots", "About flu"]
    assert suggested(index, "flu ") == ["Flu shots", "Fluoride in water", "About flu"]


@pytest.mark.parametrize(
    "typed", ["vacine", "vaccien", "vaxcine", "vvacc", "caccine", "vacccin saf"]
)
def test_one_error_in_a_word_of_four_letters_is_forgiven(typed: str) -> None:
    assert suggested(index_of("Are vaccines safe?"), typed) == ["Are vaccines safe?"]


@pytest.mark.parametrize("typed", ["vax", "xar", "covid18", "vcaniec", "vaccines unsafe"])
def test_less_alike_is_not_suggested(typed: str) -> None:
    assert suggested(index_of("Are vaccines safe? covid19"), typed) == []


@pytest.mark.parametrize("typed", ["", "  ", "?!", '"', "🌕", "\x00", "\ud800", "https://"])
def test_nothing_typed_nothing_suggested(typed: str) -> None:
    assert suggested(index_of("Milk"), typed) == []
    assert suggested(index_of(), typed + "milk") == []


def test_long_input_is_bounded_and_limits_hold() -> None:
    index = index_of(*(f"Milk {i}" for i in range(30)), "🌕")
    assert len(index) == 30
    assert suggested(index, "milk " * 10_000) == [f"Milk {i}" for i in range(8)]
    assert suggested(index, "milk", limit=3) == ["Milk 0", "Milk 1", "Milk 2"]
    assert suggested(index, "milk", limit=0) == suggested(index, "milk", limit=-1) == []


def test_a_number_that_cannot_be_ranked_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"'Milk' .*a7.* finite"):
        CompletionIndex.build([CompletionEntry("Milk", "headline", "a7", float("nan"))])


def test_reopened_from_disk_it_answers_the_same(tmp_path: Path) -> None:
    index = index_of("Are vaccines safe?", "Is milk safe?", "Café")
    index.save(tmp_path)
    reopened = CompletionIndex.open(tmp_path)
    for typed in ["a", "safe", "saffe", "cafe", "is m"]:
        assert reopened.complete(typed) == index.complete(typed) != []
    np.save(tmp_path / "completions.by_text.npy", np.array([0, 1, 3], np.int32))
    with pytest.raises(ArchiveError, match=r"completions\.by_text\.npy.*divedeeper build"):
        CompletionIndex.open(tmp_path)


def begins(typed: str, word: str, errors: int) -> bool:
    sizes = range(max(len(typed) - errors, 0), len(typed) + errors + 1)
    return any(size <= len(word) and OSA.distance(typed, word[:size]) <= errors for size in sizes)


def expected(texts: list[str], typed: str) -> list[str]:
    """Return all suggestions by the words of the documentation, one text at a time."""
    groups: list[list[str]] = [[], [], [], [], []]
    wanted = typed.split()
    for text in texts:
        words = text.split()
        for errors in (0, 1):

            def fits(want: str, word: str, errors: int = errors) -> bool:
                return begins(want, word, errors if len(want) >= 4 else 0)

            rest = list(wanted)
            for word in words:
                if rest and fits(rest[0], word):
                    rest.pop(0)
            if errors == 0 and (text + " ").startswith(typed):
                groups[0].append(text)
            elif not rest:
                groups[1 + 2 * errors].append(text)
            elif all(any(fits(want, word) for word in words) for want in wanted):
                groups[2 + 2 * errors].append(text)
            else:
                continue
            break
    return [text for group in groups for text in group]


WORDS = st.text("ab", min_size=1, max_size=6)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@settings(deadline=None, max_examples=300)  # the first call compiles
@given(st.lists(TEXTS, max_size=12, unique=True), TEXTS, st.booleans(), st.integers(1, 13))
def test_agrees_with_a_reading_of_the_rules(
    texts: list[str], typed: str, ended: bool, limit: int
) -> None:
    typed += " " * ended
    assert suggested(index_of(*texts), typed, limit) == expected(texts, typed)[:limit]
