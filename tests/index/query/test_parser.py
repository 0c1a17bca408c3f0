from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.parser import MAX_TYPED_WORDS, ParsedQuery, match_filter_values, parse_query
from index.types import Filters

TODAY = date(2024, 3, 13)


def parsed(text: str) -> ParsedQuery:
    return parse_query(text, TODAY)


def test_plain_words_stay_as_typed() -> None:
    assert parsed("  garlic   cures Flu ") == ParsedQuery("garlic cures Flu")


def test_every_sign_at_once() -> None:
    query = parsed('"herd immunity" +flu -measles -"mild cases" vaccine dos*')
    assert query == ParsedQuery(
        "herd immunity flu vaccine",
        phrases=("herd immunity",),
        quoted=("herd immunity",),
        excluded=("measles", "mild cases"),
        required=("flu",),
        prefix="dos",
    )


@pytest.mark.parametrize("quotes", ['"{}"', "“{}”", "„{}“", "«{}»"])
def test_any_double_quotes_make_a_phrase(quotes: str) -> None:
    assert parsed(f"said {quotes.format('flat earth')} twice").phrases == ("flat earth",)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ('the "flat earth', "the flat earth"),
        ('a 6" nail and an 8" one', "a 6 nail and an 8 one"),
        ("don't 'quote' me", "don't 'quote' me"),
        ("well-known long-term", "well-known long-term"),
        ("cats - dogs -- birds", "cats dogs birds"),
        ("--help", "--help"),
        ("cold -40 degrees +1", "cold -40 degrees +1"),
        ("moon 🌕 landing", "moon landing"),
        ("ratio 3:1 topic: x", "ratio 3:1 topic: x"),
    ],
)
def test_a_sign_that_is_no_operator_is_text(typed: str, text: str) -> None:
    assert parsed(typed) == ParsedQuery(text)


@pytest.mark.parametrize(
    "typed", ["", " ", "-", "--", ":", '"', '""', '-""', "+", "*", "🌕", "\x00"]
)
def test_nothing_to_look_for_is_an_empty_query(typed: str) -> None:
    query = parsed(typed)
    assert query.is_wordless == bool(query.notes)
    assert (query.text, query.phrases, query.excluded, query.prefix) == ("", (), (), "")
    assert not query.only_exclusions


def test_filters_are_read_and_leave_the_text() -> None:
    query = parsed('topic:"public health" Verdict:False source:Echo lang:EN topic:food milk')
    assert query.text == "milk"
    assert query.filters == Filters(
        topics=("public health", "food"),
        verdicts=("False",),
        publishers=("Echo",),
        languages=("en",),
    )


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ('date:"last 30 days"', date(2024, 2, 12), TODAY),
        ("from:2022 to:2023", date(2022, 1, 1), date(2023, 12, 31)),
        ("after:2022-05 before:2023", date(2022, 5, 1), date(2022, 12, 31)),
        ("date:2021..", date(2021, 1, 1), None),
    ],
)
def test_dates_bound_the_search(typed: str, start: date | None, end: date | None) -> None:
    assert parsed(typed).filters == Filters(date_from=start, date_to=end)


def test_an_unreadable_date_is_named_and_searched_as_words() -> None:
    query = parsed("milk from:cows")
    assert query.text == "milk from:cows"
    assert query.filters == Filters()
    assert "from: 'cows' is not a date" in query.notes[0]


def test_a_filter_cannot_be_excluded_and_says_so() -> None:
    query = parsed("milk -topic:food")
    assert (query.text, query.filters, query.excluded) == ("milk", Filters(), ())
    assert "-topic:food" in query.notes[0]


def test_only_exclusions_find_nothing_and_say_so() -> None:
    query = parsed('-milk -"goat cheese"')
    assert query.only_exclusions
    assert "leave out" in query.notes[0]
    assert not parsed("topic:food -milk").only_exclusions


@pytest.mark.parametrize(
    "pasted",
    [
        "Unbelievable -nobody talks about it #milk",
        "see https://example.org -now topic:food",
        "@someone is wrong -again",
        "first line\n-second line topic:food",
        " ".join(["word"] * MAX_TYPED_WORDS) + " -more",
    ],
)
def test_signs_in_a_pasted_text_are_no_operators(pasted: str) -> None:
    query = parsed(pasted)
    assert query == ParsedQuery(pasted, kind="text")


def test_quotation_marks_in_a_pasted_text_are_kept_as_a_wish() -> None:
    query = parsed('He said “milk is poison” and then "nothing else #milk')
    assert query.kind == "text"
    assert query.quoted == ("milk is poison",)
    assert query.phrases == ()
    assert '"' not in query.text


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("is milk poison", "question"),
        ("milk poison?", "question"),
        ("What's in milk", "question"),
        ("can opener", "keywords"),
        ("milk poison", "keywords"),
    ],
)
def test_questions_are_told_from_keywords(typed: str, kind: str) -> None:
    assert parsed(typed).kind == kind


def test_a_prefix_stands_at_the_end_only() -> None:
    assert parsed("vacc* milk") == ParsedQuery("vacc* milk")
    assert parsed("milk anti-vacc*") == ParsedQuery("milk anti", prefix="vacc")


def test_filter_values_take_the_spelling_of_the_archive() -> None:
    typed = Filters(verdicts=("false", "odd"), topics=("CAFE",))
    known = {"verdicts": ["False", "FALSE", "True"], "topics": ["Café"]}
    found = match_filter_values(typed, known)
    assert found == Filters(verdicts=("FALSE", "False", "odd"), topics=("Café",))


SIGNS = st.sampled_from([*"\"'“”-+:*#@ \n\t🌕é\u0301\ud800", " topic:", ' -"', "from:", "a"])


@given(st.text() | st.lists(SIGNS, max_size=60).map("".join))
def test_no_input_fails_and_only_exclusions_always_say_so(text: str) -> None:
    query = parsed(text)
    assert query.only_exclusions <= bool(query.notes)
    assert query.kind != "text" or (query.phrases, query.excluded) == ((), ())
    assert '"' not in query.text


@pytest.mark.parametrize(
    "piece", ['"', '-"', 'topic:"', '"a', "a ", "-a ", ":", "*", "-", "é\u0301"]
)
def test_a_page_is_parsed_in_linear_time(piece: str) -> None:
    page = piece * (20_000 // len(piece))
    start = time.process_time()
    parsed(page)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("typed", "unquoted"),
    [
        ('"ice sea"', "ice sea"),
        ("“ice sea”", "ice sea"),
        ('"bats"', "bats"),
        ('topic:space "ice sea"', "topic:space ice sea"),
        ('publisher:"cafe checks" "ice sea"', 'publisher:"cafe checks" ice sea'),
        ('"ice sea" -moon', "ice sea -moon"),
        ('-"sea ice" "ice sea"', '-"sea ice" ice sea'),
        ('"ice sea" grows', ""),
        ('"ice sea" "the moon"', ""),
        ('+"ice sea"', ""),
        ('"ice sea" moo*', ""),
        ("ice sea", ""),
        ('publisher:"cafe checks"', ""),
        ('""', ""),
        ("", ""),
    ],
)
def test_one_quoted_phrase_is_told_from_quotation_marks_in_a_longer_text(
    typed: str, unquoted: str
) -> None:
    assert parse_query(typed).unquoted == unquoted
