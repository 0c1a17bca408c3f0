"""The search box: exact filters and counts, steady pages, scores that can be taken apart."""

from __future__ import annotations

import math
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from corpus.models import Article, Section
from corpus.readers import read
from index.autocomplete.completions import CompletionIndex
from index.build import build_index
from index.columns import FACETS
from index.query.synonyms import Synonyms
from index.search.retrieval import Retrieval
from index.search.searcher import BEYOND_CANDIDATES, Searcher
from index.search.snippets import article_snippet
from index.types import Filters, SearchRequest, SearchResult

TODAY = date(2024, 6, 1)


def article(id: str, headline: str, body: str = "", **fields: object) -> Article:
    sections = (Section("", body),) if body else ()
    return Article(id, headline, sections=sections, **fields)  # type: ignore[arg-type]


NAMED = (
    article("bats", "Are bats blind?", "Bats see well at dusk.", topic="animals", verdict="False"),
    article(
        "bats-old",
        "Do bats get into hair?",
        "A bat knows where the hair is.",
        topic="animals",
        verdict="False",
        checked_on=date(2019, 5, 1),
    ),
    article(
        "bulls",
        "Do bulls hate red?",
        "Bulls see movement, not red. A bull is not blind.",
        topic="animals",
        verdict="Mostly false",
        checked_on=date(2024, 5, 20),
    ),
    article(
        "moon",
        "Is the moon dry?",
        "Ice lies in the dark craters of the moon, and sea ice on earth.",
        topic="space",
        verdict="True",
        checked_on=date(2024, 5, 30),
    ),
    article(
        "sea",
        "Does the sea ice grow?",
        "In winter ice covers the sea.",
        topic="space",
        publisher="Café Checks",
    ),
    article("flu", "Can influenza be cured with garlic?", "Influenza is a virus.", topic="health"),
    article("vaccine", "Is a vaccine a cure?", "Vaccinated people fall ill less.", topic="health"),
)
MANY = tuple(
    article(
        f"n{i:03}",
        f"Number {i} of a pebble?",
        f"A pebble lies beside {i % 7} others of {'slate' if i % 3 else 'flint'}.",
        topic=("round", "flat")[i % 2],
        checked_on=date(2020, 1 + i % 12, 1),
    )
    for i in range(600)
)
ALL = {a.id: a for a in sorted((*NAMED, *MANY), key=lambda a: a.id)}


@pytest.fixture(scope="module")
def retrieval(tmp_path_factory: pytest.TempPathFactory) -> Retrieval:
    folder = tmp_path_factory.mktemp("index")
    build_index(ALL.values(), folder)
    return Retrieval.open(folder)


@pytest.fixture(scope="module")
def searcher(retrieval: Retrieval) -> Searcher:
    return Searcher(retrieval)


def find(searcher: Searcher, text: str, **how: object) -> SearchResult:
    request = SearchRequest(text, **{"limit": 100, "weak": True, **how})  # type: ignore[arg-type]
    return searcher.search(request, TODAY)


def ids(result: SearchResult) -> list[str]:
    return [hit.id for hit in result.hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("blind bats", {"bats", "bats-old", "bulls"}),
        ('"sea ice"', {"moon", "sea"}),
        ('"ice sea"', set()),
        ('"ice of the sea"', set()),
        ("bats -hair", {"bats"}),
        ('ice -"sea ice"', set()),
        ("+bats blind", {"bats", "bats-old"}),
        ("+bats +dusk", {"bats"}),
        ("blin*", {"bats", "bulls"}),
        ("ice crat*", {"moon"}),
        ("vacc*", {"vaccine"}),
        ("zzz*", set()),
        ("+zzz bats", set()),
        ("-bats", set()),
        ("topic:space", {"moon", "sea"}),
        ("topic:SPACE ice verdict:true", {"moon"}),
        ("publisher:cafe", set()),
        ('publisher:"cafe checks"', {"sea"}),
        ("-moon topic:space", {"sea"}),
        ('date:"last 30 days"', {"bulls", "moon"}),
        ("ice from:2024", {"moon"}),
        ('"to be or not"', set()),
        ('"not red"', {"bulls"}),
        ("\" ' -", set()),
        ("🦇", set()),
    ],
)
def test_exactly_what_is_asked_for_is_found(
    searcher: Searcher, typed: str, found: set[str]
) -> None:
    result = find(searcher, typed)
    assert result.total == len(found)
    assert set(ids(result)) == found if len(found) <= 100 else set(ids(result)) <= found


@pytest.mark.parametrize("typed", ["zzqqyy", "???", "x" * 20_000, "zzz " * 5_000])
def test_what_nothing_is_like_finds_nothing_and_fails_never(searcher: Searcher, typed: str) -> None:
    result = find(searcher, typed)
    assert (result.hits, result.total) == ((), 0)
    assert not any(result.facets.values())


@pytest.mark.parametrize("typed", ["pebble", "pebble flint", "pebble -slate", '"a pebble"', ""])
@pytest.mark.parametrize("sort", ["relevance", "date"])
def test_pages_of_any_size_are_parts_of_one_ranking(
    searcher: Searcher, typed: str, sort: str
) -> None:
    def pages(size: int) -> list[tuple[str, float]]:
        found: list[tuple[str, float]] = []
        while len(found) < total:
            hits = find(searcher, typed, limit=size, offset=len(found), sort=sort).hits
            assert hits
            found += [(hit.id, hit.score) for hit in hits]
        return found

    total = find(searcher, typed).total
    assert total >= 200
    whole = pages(1_000)
    assert pages(97) == whole
    assert len({id for id, _ in whole}) == total
    if sort == "relevance":
        assert [score for _, score in whole] == sorted((s for _, s in whole), reverse=True)
    assert find(searcher, typed, offset=total).hits == ()


@pytest.mark.parametrize("typed", ["pebble", "bats ice", "pebble -flint", "flat*", ""])
def test_choosing_a_facet_value_finds_as_many_as_it_promised(
    searcher: Searcher, typed: str
) -> None:
    result = find(searcher, typed)
    for name, plural in zip(FACETS, ("topics", "verdicts", "publishers", "languages"), strict=True):
        for value, count in result.facets[name].items():
            filters = Filters(**{plural: (value,)})  # type: ignore[arg-type]
            narrowed = find(searcher, typed, filters=filters)
            assert narrowed.total == narrowed.facets[name][value] == count


def test_by_date_the_newest_comes_first_and_the_undated_last(searcher: Searcher) -> None:
    assert ids(find(searcher, "bats bulls", sort="date")) == ["bulls", "bats-old", "bats"]
    assert ids(find(searcher, ""))[:2] == ["moon", "bulls"]


@pytest.mark.parametrize("typed", ["blind bats", "pebble flint", "pebb*", "moon", ""])
@pytest.mark.parametrize("half_life", [None, 30.0])
def test_contributions_add_up_to_the_score(
    retrieval: Retrieval, typed: str, half_life: float | None
) -> None:
    searcher = Searcher(retrieval, half_life_days=half_life)
    for offset in (0, 300):
        for hit in find(searcher, typed, explain=True, offset=offset).hits:
            assert hit.explanation is not None
            total = math.fsum(hit.explanation.contributions.values())
            assert total == pytest.approx(hit.score, rel=1e-4, abs=1e-3)
    everything = find(searcher, "pebble", explain=True, limit=1_000).hits
    assert everything[-1].explanation is not None
    assert set(everything[-1].explanation.contributions) == {BEYOND_CANDIDATES}


def test_freshness_is_off_unless_asked_for_and_then_puts_the_newer_of_two_first(
    retrieval: Retrieval, searcher: Searcher
) -> None:
    fresh = Searcher(retrieval, half_life_days=90)
    plain = {hit.id: hit.score for hit in find(searcher, "bats blind").hits}
    aged = {hit.id: hit.score for hit in find(fresh, "bats blind").hits}
    assert aged["bats"] == pytest.approx(plain["bats"])  # undated
    assert aged["bulls"] == pytest.approx(plain["bulls"] + 0.5 ** (12 / 90), abs=1e-4)
    assert 0 < aged["bats-old"] - plain["bats-old"] < 1e-5
    with pytest.raises(ValueError, match="above 0"):
        Searcher(retrieval, half_life_days=0)


def test_a_typing_error_finds_what_was_meant_and_is_pointed_out(searcher: Searcher) -> None:
    result = find(searcher, "infleunza garlc")
    assert ids(result)[0] == "flu"
    assert result.did_you_mean == "influenza garlic"
    assert find(searcher, "influenza garlic").did_you_mean == ""
    assert ids(find(searcher, "influenza garlic")) == ids(result)


def test_an_article_with_the_typed_word_is_before_one_with_a_variant(tmp_path: Path) -> None:
    articles = [
        article("exact", "A hbat?", "One hbat is seen."),
        article("variant", "A habt bat?", "A bat and a bat, bat."),
    ]
    build_index(articles, tmp_path)
    assert ids(find(Searcher(Retrieval.open(tmp_path)), "hbat"))[0] == "exact"


def test_snippets_mark_stems_expansions_and_prefixes(searcher: Searcher) -> None:
    def marked(typed: str) -> set[str]:
        hit = find(searcher, typed).hits[0]
        snippet = article_snippet(ALL[hit.id], hit.terms)
        return {snippet.text[start:end] for start, end in snippet.marks}

    assert marked("bull") == {"Bulls", "bull"}
    assert marked("infleunza") == {"Influenza"}
    assert marked("vacc*") == {"Vaccinated"}
    assert all(hit.snippet is None for hit in find(searcher, "bats").hits)


def test_matched_terms_are_those_of_the_article(searcher: Searcher) -> None:
    explained = {hit.id: hit.explanation for hit in find(searcher, "blind bats", explain=True).hits}
    found = {id: set(why.matched_terms) for id, why in explained.items() if why}
    assert found == {"bats": {"blind", "bat"}, "bats-old": {"bat"}, "bulls": {"blind"}}


def test_synonyms_find_more_and_stop_words_are_the_operators(
    retrieval: Retrieval, tmp_path: Path
) -> None:
    searcher = Searcher(retrieval, Synonyms(tmp_path))
    assert find(searcher, "grippe").total == 0
    (tmp_path / "synonyms.txt").write_text("grippe, influenza\n", encoding="utf-8")
    assert ids(find(searcher, "grippe")) == ["flu"]
    (tmp_path / "stopwords.txt").write_text("bats\n", encoding="utf-8")
    assert ids(find(searcher, "bats dusk")) == ["bats"]


def test_notes_say_what_was_not_understood_and_why_nothing_was_found(searcher: Searcher) -> None:
    assert "has “ice sea” word for word" in find(searcher, '"ice sea"').notes[0]
    assert "has the word “zzz”" in find(searcher, "+zzz").notes[0]
    assert "begins with “zzz”" in find(searcher, "zzz*").notes[0]
    assert len(find(searcher, "-bats").notes) == 1
    assert len(find(searcher, "bats date:soon").notes) == 1
    assert find(searcher, "bats").notes == ()


def test_one_quoted_phrase_finds_nothing_else_and_offers_the_search_without_marks(
    searcher: Searcher,
) -> None:
    strict = find(searcher, '"ice sea"')
    assert (strict.total, strict.without_quotes) == (0, "ice sea")
    assert find(searcher, strict.without_quotes).total > 0
    assert find(searcher, "ice sea").without_quotes == ""


def test_quotation_marks_in_a_longer_text_that_leave_nothing_fall_back_to_words(
    searcher: Searcher,
) -> None:
    quoted = find(searcher, 'is there "ice sea" on the moon')
    plain = find(searcher, "is there ice sea on the moon")
    assert ids(quoted) == ids(plain) != []
    assert "“ice sea” word for word" in quoted.notes[0]
    assert quoted.without_quotes == ""


def test_every_completion_of_the_sample_archive_leads_on(tmp_path: Path) -> None:
    sample = Path(str(files("corpus") / "sample"))
    articles = sorted(
        (a for a in read(sample) if isinstance(a, Article) and a.published), key=lambda a: a.id
    )
    build_index(articles, tmp_path)
    searcher = Searcher(Retrieval.open(tmp_path))
    completions = CompletionIndex.open(tmp_path).entries()
    assert len(completions) > 400
    assert any('"' in c.text for c in completions)
    for completion in completions:
        result = searcher.search(SearchRequest(completion.text, limit=1), TODAY)
        assert result.total > 0, completion.text
        if completion.kind == "headline":
            assert result.hits[0].id == completion.article_id, completion.text


def test_signs_in_a_pasted_text_are_no_conditions(searcher: Searcher) -> None:
    text = "They told me that bats are blind and get into your hair, is that so? #bats -hair"
    assert set(ids(find(searcher, text, limit=3))) == {"bats", "bats-old", "bulls"}


def test_what_came_before_in_a_conversation_counts(searcher: Searcher) -> None:
    assert ids(find(searcher, "are they blind", context="bulls and red"))[0] == "bulls"
