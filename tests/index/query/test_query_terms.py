"""Law: each term of a query that the archive knows has one slot, and knows where it stands."""

from __future__ import annotations

import itertools

import numpy as np

from corpus.analysis.stopwords import STOPWORDS
from index.query.query_terms import ABSENT, MAX_SEQUENCE_WORDS, SIEVE, QueryTerms, query_terms
from index.terms.prefix_groups import PrefixGroups
from index.terms.term_dictionary import TermDictionary

TERMS = ["wolv", "the", "hen", "12", "wolver", "vaccin", "vaccinia"]
LEXICON = TermDictionary(TERMS)
BEGINNINGS = PrefixGroups.of(TERMS)
IDF = np.arange(1.0, 8.0, dtype=np.float32)


def read(text: str) -> QueryTerms:
    return query_terms(text, STOPWORDS, LEXICON, IDF, BEGINNINGS)


def test_slots_are_given_in_order_of_appearance_and_unknown_words_keep_their_place() -> None:
    query = read("hens chase 12 wolves, the hens")
    assert query.known.tolist() == [2, 3, 0, 1]
    assert query.sequence.tolist() == [0, -1, 1, 2, 3, 0]
    assert query.idf.tolist() == [3.0, 4.0, 1.0, 2.0]
    assert query.content.tolist() == [True, True, True, False]
    assert query.number.tolist() == [False, True, False, False]
    starts, places = query.place_starts.tolist(), query.places.tolist()
    assert [places[a:b] for a, b in itertools.pairwise(starts)] == [
        [5, 0],
        [2],
        [3],
        [4],
    ]


def test_a_name_is_a_capital_or_a_hashtag_that_does_not_come_first() -> None:
    assert read("Hens").name.tolist() == [False]
    assert read("the Hens #wolves").name.tolist() == [False, True, True]
    assert read("Hens and Hens").name.tolist() == [True]


def test_the_sieve_lets_through_whatever_is_not_absent() -> None:
    query = read("the vaccines chase hens")
    assert np.flatnonzero(query.sieve).tolist() == np.flatnonzero(query.slot_of != ABSENT).tolist()
    assert query.sieve.size == SIEVE
    assert not read("").sieve.any()


def test_a_term_that_begins_like_a_content_term_points_at_its_slot() -> None:
    slot_of = read("the vaccines").slot_of
    assert slot_of[TERMS.index("the")] == 0
    assert slot_of[TERMS.index("vaccin")] == 1
    assert slot_of[TERMS.index("vaccinia")] == -2 - 1
    assert slot_of[TERMS.index("hen")] == ABSENT


def test_a_term_of_the_query_is_itself_and_never_a_beginning() -> None:
    slot_of = read("vaccines vaccinia").slot_of
    assert slot_of[5:].tolist() == [0, 1]


def test_a_query_of_unknown_words_has_no_slots() -> None:
    query = read("zebra quagga")
    assert query.known.size == query.places.size == 0
    assert query.sequence.tolist() == [-1, -1]
    assert read("").sequence.size == 0


def test_a_page_counts_by_its_first_words() -> None:
    assert read("hens " * 1000).sequence.size == MAX_SEQUENCE_WORDS


def test_a_longer_query_reaches_farther_up_to_a_bound_and_stop_words_and_unknown_ones_count() -> (
    None
):
    queries = ["", "hens", "hens wolves", "the hens zebra", "hens chase the wolves", "hens " * 9]
    assert [read(query).reach for query in queries] == [2, 2, 2, 3, 4, 4]
