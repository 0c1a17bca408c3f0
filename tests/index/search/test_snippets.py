from __future__ import annotations

import time
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.tokenizer import token_spans, tokenize
from index.search.segments import text_segments
from index.search.snippets import _possible_snippet_terms, highlight, snippet
from index.types import Snippet

FILLER = "Nothing of note was said that day by anyone at all. "


def terms(text: str) -> dict[str, float]:
    return dict.fromkeys(tokenize(text), 1.0)


def marked(found: Snippet) -> list[str]:
    return [found.text[start:end] for start, end in found.marks]


def test_a_headline_is_marked_whole_for_stems_and_accents() -> None:
    found = highlight(
        "Café's vaccines: U.S. paid 1,250 #StopTheCafe", terms("cafe vaccinated us 1250")
    )
    assert found.text == "Café's vaccines: U.S. paid 1,250 #StopTheCafe"
    assert marked(found) == ["Café's", "vaccines", "U.S", "1,250", "Cafe"]


def test_the_passage_with_most_different_terms_wins() -> None:
    text = FILLER * 9 + "Milk, milk and milk. " + FILLER * 9 + "Old milk heals burns. " + FILLER * 9
    found = snippet(text, terms("milk heals burns"))
    assert found.text.startswith("…Old milk heals burns. Nothing")
    assert found.text.endswith("at all.…")
    assert marked(found) == ["milk", "heals", "burns"]


def test_a_rare_term_outweighs_common_ones() -> None:
    text = FILLER * 9 + "He said a word. " + FILLER * 9 + "Only glyphosate. " + FILLER * 9
    assert "glyphosate" in snippet(text, {"said": 1.0, "word": 1.0, "glyphos": 5.0}).text


def test_terms_close_together_beat_terms_far_apart() -> None:
    far = "Milk was sold there for many years and then the owners also sold honey. "
    near = "Then came milk honey. "
    text = far + FILLER * 9 + near + FILLER * 9
    assert snippet(text, terms("milk honey")).text.startswith("…Then came milk honey")


@pytest.mark.parametrize(
    ("phrase", "shown"),
    [
        ("cold fusion", "Nobody saw cold fusion"),
        ("load bearing wall", "A load-bearing wall fell"),
        ("ministry of salt and tea", "The Ministry of Salt and Tea closed"),
        ("o'hara's law", "It is O’Hara’s law"),
    ],
)
def test_a_phrase_is_shown_though_its_words_stand_apart_nearer_the_top(
    phrase: str, shown: str
) -> None:
    words = phrase.split()
    apart = " ".join(f"Here {word} stood alone for once. " + FILLER for word in words * 3)
    text = apart + FILLER * 9 + f"{shown} that day. " + FILLER * 9
    assert shown in snippet(text, terms(phrase), [phrase]).text
    assert shown not in snippet(text, terms(words[0]), []).text


def test_an_earlier_phrase_counts_more_and_one_that_stands_nowhere_nothing() -> None:
    text = "Old milk heals. " + FILLER * 9 + "Raw honey spoils. " + FILLER * 9
    wanted = terms("milk heals honey spoils")
    assert "honey spoils" in snippet(text, wanted, ["honey spoils", "milk heals"]).text
    assert "milk heals" in snippet(text, wanted, ["milk heals", "honey spoils"]).text
    assert snippet(text, wanted, ["milk spoils"]) == snippet(text, wanted)


def test_among_equals_the_earlier_wins() -> None:
    text = FILLER * 6 + "First milk. " + FILLER * 6 + "Other milk. " + FILLER * 6
    assert snippet(text, terms("milk")).text.startswith("…First milk.")


def test_without_a_match_it_is_the_beginning() -> None:
    found = snippet("Start here. " + FILLER * 20, terms("milk"))
    assert found.text.startswith("Start here. Nothing")
    assert found.text.endswith("…")
    assert found.marks == ()


def test_a_short_text_comes_whole_with_its_spaces_put_right() -> None:
    found = snippet(" Old\n\n milk \t heals. ", terms("milk"))
    assert found == Snippet("Old milk heals.", ((4, 8),))


def test_the_last_sentence_shows_what_comes_before_it() -> None:
    text = FILLER * 9 + "He drank milk."
    assert snippet(text, terms("milk")).text == "…" + FILLER * 4 + "He drank milk."


@pytest.mark.parametrize("text", ["", " \n\t ", "\0"])
def test_no_text_is_an_empty_snippet(text: str) -> None:
    assert snippet(text, terms("milk")).text.strip() == ""


def test_an_initial_ends_no_sentence() -> None:
    text = FILLER * 9 + "The U.S. Navy of J. Smith drank milk. " + FILLER * 9
    assert snippet(text, terms("milk")).text.startswith("…The U.S. Navy of J. Smith drank milk.")


def test_too_little_room_is_a_clear_error() -> None:
    with pytest.raises(ValueError, match="at least 40"):
        snippet("milk", {}, max_chars=39)


ODD = (
    "dying lies sky skies happy happily making made U.S. us 1,250 1.250 don’t Café CAFÉ "
    "#StopTheSteal ﬁnal straße молоко 🌕 J. end. a.b.c 。 milk's cafe\u0301 e\u0301e\u0301 "
    'I\u0307stanbul \ud83d\ude00 " ('
)
WORDS = st.sampled_from([*ODD.split(), "\n"])
TEXTS = st.lists(WORDS | st.text(max_size=5), max_size=60).map(" ".join)


@given(TEXTS, TEXTS)
def test_the_quick_look_misses_no_term(text: str, query: str) -> None:
    wanted = terms(query)
    text = text.replace("\0", " ")
    segments = text_segments(text, 30)
    held, weights, _ = _possible_snippet_terms(text, segments, wanted)
    assert len(weights) == len(wanted)
    for (start, end), bits in zip(segments, held, strict=True):
        inside = {term for term, _, _ in token_spans(text[start:end])}
        assert all(bits >> i & 1 for i, term in enumerate(wanted) if term in inside)


@given(TEXTS, TEXTS, st.integers(40, 90))
def test_a_snippet_is_short_and_whole_and_its_marks_are_right(
    text: str, query: str, room: int
) -> None:
    wanted = terms(query)
    found = snippet(text, wanted, max_chars=room)
    assert len(found.text) <= room
    assert found == highlight(found.text, wanted)
    assert all(set(tokenize(mark)) & set(wanted) for mark in marked(found))
    if all(len(word) < 19 for word in text.split()):
        assert set(found.text.strip("…").split()) <= {
            part for word in text.replace("\0", " ").split() for part in (word, word.strip("…"))
        }


@given(st.lists(st.sampled_from(["a", "e\u0301", "👩\U0001f3fd\u200d👩", "✔\ufe0f"]), min_size=99))
def test_an_endless_word_is_not_cut_within_a_letter(letters: list[str]) -> None:
    shown = snippet("".join(letters), {}, max_chars=60).text.strip("…")
    assert 20 < len(shown) <= 60
    assert shown in accumulate(letters)


@pytest.mark.parametrize(
    "page", [FILLER + "Milk. ", "milk", "milk.", "\n", '."', "é ", "e\u0301", "A."]
)
def test_a_page_of_100_kb_takes_bounded_time(page: str) -> None:
    text = page * (100_000 // len(page))
    query = terms("milk honey note day said anyone bread water salt")
    snippet(text, query)
    start = time.perf_counter()
    snippet(text, query)
    assert time.perf_counter() - start < 0.25  # 0.01 s here, ten times that on a busy machine


@given(TEXTS, TEXTS)
def test_the_marks_of_a_snippet_are_those_of_its_own_text(text: str, query: str) -> None:
    wanted = terms(query)
    found = snippet(text, wanted)
    assert found == highlight(found.text, wanted)


def test_of_passages_with_the_same_terms_the_one_is_shown_where_they_are_nearest() -> None:
    far = "Trams were seen in the town on a day of rain, and people said that some of them fly. "
    near = "Nobody believes that trams fly."
    filler = "The office keeps a list of all that was said in the square that year. " * 8
    found = snippet(far + filler + near, {"tram": 1.0, "fli": 1.0})
    assert "trams fly" in found.text
