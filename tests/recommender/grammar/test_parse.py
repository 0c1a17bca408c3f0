from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.grammar.parse import Parse, Token, joined_tokens
from tests.recommender.grammar.sentences import sentence, token

BATS = sentence(
    "The/DT/det/2 old/JJ/amod/2 bats/bat/NNS/nsubj/4 are/be/VBP/aux/4 eating/eat/VBG/ROOT/4 "
    "moths/moth/NNS/dobj/4 in/IN/prep/4 barns/barn/NNS/pobj/6 ././punct/4"
)


@st.composite
def trees(draw: st.DrawFn) -> Parse:
    """Parses whose heads form trees: each head was drawn before its dependents."""
    n = draw(st.integers(min_value=1, max_value=12))
    order = draw(st.permutations(range(n)))
    heads = {order[0]: order[0]}
    for i, place in enumerate(order[1:], 1):
        heads[place] = order[draw(st.integers(min_value=0, max_value=i))]
    return Parse(tuple(Token(p, f"w{p}", True, f"w{p}", "NN", "dep", heads[p]) for p in range(n)))


def texts(tokens: list[Token]) -> list[str]:
    return [t.text for t in tokens]


def test_the_root_is_the_token_that_is_its_own_head() -> None:
    assert texts(BATS.roots()) == ["eating"]


def test_children_are_dependents_in_order_and_may_be_chosen_by_label() -> None:
    verb = BATS.roots()[0]
    assert texts(BATS.children(verb)) == ["bats", "are", "moths", "in", "."]
    assert texts(BATS.children(verb, "dobj", "nsubj")) == ["bats", "moths"]
    assert BATS.children(verb, "ccomp") == []


def test_a_subtree_reads_as_the_sentence_does() -> None:
    subject = BATS.tokens[2]
    assert joined_tokens(BATS.subtree(subject)) == "The old bats"
    assert BATS.subtree(BATS.roots()[0]) == list(BATS.tokens)


def test_joined_keeps_the_spaces_of_the_sentence() -> None:
    assert joined_tokens(BATS.tokens) == "The old bats are eating moths in barns."
    assert joined_tokens([]) == ""


def test_edits_change_texts_and_nothing_else() -> None:
    edited = BATS.edited({5: "flies"})
    assert joined_tokens(edited.tokens) == "The old bats are eating flies in barns."
    assert [(t.lemma, t.tag, t.dep, t.head) for t in edited.tokens] == [
        (t.lemma, t.tag, t.dep, t.head) for t in BATS.tokens
    ]
    assert BATS.tokens[5].text == "moths"
    assert BATS.edited({}) is BATS


@pytest.mark.parametrize(("text", "low"), [("N’t", "n't"), ("N'T", "n't"), ("Bats", "bats")])
def test_low_is_lower_case_with_a_straight_apostrophe(text: str, low: str) -> None:
    assert token(f"{text}/RB/neg").low == low


@given(trees())
def test_every_token_is_below_exactly_one_root(parse: Parse) -> None:
    below = [t for root in parse.roots() for t in parse.subtree(root)]
    assert sorted(t.place for t in below) == list(range(len(parse.tokens)))
    for one in parse.tokens:
        assert one in parse.subtree(parse.tokens[one.head])
        assert all(child.head == one.place for child in parse.children(one))
