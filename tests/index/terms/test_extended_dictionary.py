"""New terms stand beside those of an index, which does not change."""

from __future__ import annotations

from index.terms.extended_dictionary import ExtendedTermDictionary, TermView
from index.terms.term_dictionary import TermDictionary


def test_known_terms_keep_their_ids_and_new_ones_follow() -> None:
    base = TermDictionary(["bat", "owl"])
    terms = ExtendedTermDictionary(base)
    ids, _ = terms.learn(["owls and bats", "zorblax owls"])
    assert ids.tolist() == [1, 2, 0, 3, 1]
    assert [terms.terms[id] for id in (0, 1, 2, 3)] == ["bat", "owl", "and", "zorblax"]
    assert list(terms.terms) == ["bat", "owl", "and", "zorblax"]
    assert (len(terms), len(base)) == (4, 2)
    assert terms.new_terms() == ["and", "zorblax"]
    assert "zorblax" in terms
    assert "zorblax" not in base
    assert terms.spellings()["zorblax"] == 3


def test_a_view_does_not_see_what_is_learned_after_it_nor_what_is_hidden() -> None:
    terms = ExtendedTermDictionary(TermDictionary(["bat"]))
    terms.learn(["zorblax plonk"])
    view = TermView(terms, hidden={2})
    terms.learn(["quibble"])
    assert (view.id("bat"), view.id("zorblax"), view.id("plonk"), view.id("quibble")) == (
        0,
        1,
        None,
        None,
    )
    assert len(view) == 3
    assert "zorblax" in view
    assert "quibble" not in view
    assert "plonk" not in view
