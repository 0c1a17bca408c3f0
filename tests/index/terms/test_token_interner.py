"""Law: pieces are numbered as a dictionary would, whatever they hold and however they collide."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.terms.token_interner import TokenInterner

SPACE = " \t\n\v\f\r"
TEXTS = st.lists(st.text(st.sampled_from("ab\u00e9\U0001f987\ud800" + SPACE), max_size=12))


def by_hand(texts: list[str], numbers: dict[str, int]) -> list[list[int]]:
    for space in SPACE:
        texts = [text.replace(space, " ") for text in texts]
    cut = [[piece for piece in text.split(" ") if piece] for text in texts]
    return [[numbers.setdefault(piece, len(numbers)) for piece in pieces] for pieces in cut]


@given(st.lists(TEXTS, max_size=4))
def test_numbers_are_those_of_a_dictionary(batches: list[list[str]]) -> None:
    pieces, known = TokenInterner(), dict[str, int]()
    for texts in batches:
        before = len(pieces)
        numbers, ends = pieces.number(texts)
        found = [numbers[a:b].tolist() for a, b in zip([0, *ends], ends, strict=False)]
        assert found == by_hand(texts, known)
        assert [*pieces.since(before)] == [*known][before:]
    assert len(pieces) == len(known)


def test_many_pieces_outgrow_every_first_size_and_stay_apart_in_a_crowded_table() -> None:
    pieces, text = TokenInterner(), " ".join(f"{n:04}" for n in range(9_000))
    assert pieces.number([text])[0].tolist() == [*range(9_000)]
    assert pieces.number([text, "0007"])[0].tolist() == [*range(9_000), 7]
    assert " ".join(pieces.since(0)) == text
