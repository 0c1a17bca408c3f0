"""Facets offer what narrows a search down, and the way back."""

from __future__ import annotations

from api.http.request_models import SearchForm
from api.http.response_models import FacetValue
from api.pages.facets import MAX_OPEN_VALUES, facets_of


def link(**changes: object) -> str:
    return repr(changes)


def counts(**values: int) -> list[FacetValue]:
    return [FacetValue(value=value, count=count) for value, count in values.items()]


def test_a_field_with_one_value_or_none_is_no_facet() -> None:
    form = SearchForm.model_validate({"q": "tea"})
    assert facets_of(form, {"verdict": counts(False_=3)}, link) == ()
    (facet,) = facets_of(form, {"topic": counts(food=3, health=1), "verdict": []}, link)
    assert facet.title == "Topic"
    assert [c.label for c in facet.first] == ["food", "health"]
    assert [c.count for c in facet.first] == [3, 1]
    assert facet.rest == ()


def test_a_value_that_is_set_comes_first_and_its_link_clears_it() -> None:
    form = SearchForm.model_validate({"q": "tea", "topic": ["health", "gone"]})
    (facet,) = facets_of(form, {"topic": counts(food=3, health=1)}, link)
    assert [(c.label, c.count, c.chosen) for c in facet.first] == [
        ("health", 1, True),
        ("gone", 0, True),
        ("food", 3, False),
    ]
    assert facet.first[0].href == "{'topic': ['gone']}"
    assert facet.first[2].href == "{'topic': ['health', 'gone', 'food']}"


def test_many_values_are_folded() -> None:
    form = SearchForm.model_validate({"q": "tea"})
    many = counts(**{f"topic{n}": 1 for n in range(9)})
    (facet,) = facets_of(form, {"topic": many}, link)
    assert len(facet.first) == MAX_OPEN_VALUES
    assert len(facet.rest) == 9 - MAX_OPEN_VALUES
