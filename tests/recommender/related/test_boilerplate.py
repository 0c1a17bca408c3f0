"""What a publisher repeats in many of its articles counts nothing; what several quote does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ArchiveError
from recommender.related.boilerplate import (
    MIN_PUBLISHER_ARTICLES,
    MIN_RUN_ARTICLES,
    RUN_LENGTH,
    Boilerplate,
    Bounds,
    Tokens,
    boilerplate_run_hash,
    holds_run_hash,
    mark_boilerplate_runs,
)

FORM = [90, 91, 92, 93, 94, 95]  # a run of six terms
N_TERMS = 200
TERMS = [f"term{n}" for n in range(N_TERMS)]


def stream(articles: Sequence[tuple[Sequence[int], Sequence[int]]]) -> tuple[Tokens, Bounds]:
    """Return tokens and bounds of articles, each a headline and a body."""
    tokens: list[int] = []
    bounds = []
    for headline, body in articles:
        start, middle = len(tokens), len(tokens) + len(headline)
        tokens += [*headline, *body]
        bounds.append([start, middle, middle, middle, len(tokens)])
    return np.array(tokens, np.uint32), np.array(bounds, np.int64).reshape(-1, 5)


def with_form(n: int) -> list[tuple[list[int], list[int]]]:
    """Return ``n`` articles, each with words of its own around the form."""
    return [([1], [100 + number, *FORM, 150 + number]) for number in range(n)]


def marked(found: Boilerplate, tokens: Tokens, bounds: Bounds, article: int, by: int) -> list[int]:
    first, end = bounds[article, [0, 4]].tolist()
    return np.flatnonzero(mark_boilerplate_runs(tokens, first, end, by, found.runs)).tolist()


def test_a_run_in_many_articles_of_one_publisher_is_a_form() -> None:
    tokens, bounds = stream(with_form(MIN_RUN_ARTICLES))
    found = Boilerplate.learn(tokens, bounds, ["Harbour Herald"] * len(bounds), TERMS)
    for article in range(len(bounds)):
        assert marked(found, tokens, bounds, article, 0) == [2, 3, 4, 5, 6, 7]


def test_a_run_in_fewer_articles_is_none() -> None:
    tokens, bounds = stream(with_form(MIN_RUN_ARTICLES - 1))
    found = Boilerplate.learn(tokens, bounds, ["Harbour Herald"] * len(bounds), TERMS)
    assert len(found.runs) == 0


def test_a_run_again_and_again_in_one_article_counts_once() -> None:
    tokens, bounds = stream([([1], FORM * 20)])
    assert len(Boilerplate.learn(tokens, bounds, ["Harbour Herald"], TERMS).runs) == 0


def test_what_several_publishers_quote_is_no_form_of_any() -> None:
    tokens, bounds = stream(with_form(12))
    publishers = [f"Publisher {number % 3}" for number in range(12)]  # four articles each
    assert len(Boilerplate.learn(tokens, bounds, publishers, TERMS).runs) == 0


def test_a_form_of_one_publisher_counts_in_the_articles_of_another() -> None:
    tokens, bounds = stream(with_form(MIN_RUN_ARTICLES + 1))
    publishers = ["Harbour Herald"] * MIN_RUN_ARTICLES + ["Valley Voice"]
    found = Boilerplate.learn(tokens, bounds, publishers, TERMS)
    last = MIN_RUN_ARTICLES
    assert marked(found, tokens, bounds, last, found.publisher("Harbour Herald"))
    assert not marked(found, tokens, bounds, last, found.publisher("Valley Voice"))


@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.lists(st.integers(0, 1), max_size=14)),
        min_size=1,
        max_size=24,
    )
)
def test_marks_are_those_of_a_count_of_all_runs(articles: list[tuple[str, list[int]]]) -> None:
    tokens, bounds = stream([([], body) for _, body in articles])
    found = Boilerplate.learn(tokens, bounds, [publisher for publisher, _ in articles], TERMS[:2])
    for article, (publisher, body) in enumerate(articles):
        expected = set()
        for at in range(len(body) - RUN_LENGTH + 1):
            run = body[at : at + RUN_LENGTH]
            holding = [b for p, b in articles if p == publisher and _has_run(b, run)]
            if len(holding) >= MIN_RUN_ARTICLES:
                expected |= set(range(at, at + RUN_LENGTH))
        assert marked(found, tokens, bounds, article, found.publisher(publisher)) == sorted(
            expected
        )


def _has_run(body: list[int], run: list[int]) -> bool:
    return any(body[at : at + RUN_LENGTH] == run for at in range(len(body)))


def test_the_hash_tells_publishers_and_runs_apart() -> None:
    tokens = np.array([*FORM, 96], np.uint32)
    values = {int(boilerplate_run_hash(tokens, at, by)) for at in (0, 1) for by in (0, 1)}
    assert len(values) == 4
    assert boilerplate_run_hash(np.array(FORM, np.uint32), 0, 1) == boilerplate_run_hash(
        tokens, 0, 1
    )


@given(st.lists(st.integers(0, 30)), st.integers(0, 30))
def test_a_sorted_search_is_membership(values: list[int], value: int) -> None:
    assert holds_run_hash(np.array(sorted(values), np.uint64), np.uint64(value)) == (
        value in values
    )


NAME, FORM_WORD, MATTER, LABEL, COMMON, SHORT = range(6)
WORDS = ["harbour", "reckon", "boat", "verdict", "people", "he", *(f"w{n}" for n in range(300))]


def archive(n_own: int, publisher: str = "Harbour Herald") -> tuple[Tokens, Bounds, list[str]]:
    """Return ``n_own`` articles of one publisher beside a hundred of others."""
    own = [
        (
            [LABEL, 10 + n],
            [
                *([NAME, SHORT] if n % 4 == 0 else []),  # a quarter
                *([FORM_WORD] if n % 2 == 0 else []),  # half
                *([MATTER] if n % 4 == 1 else []),  # a quarter
                COMMON,
            ],
        )
        for n in range(n_own)
    ]
    others = [([10 + n], [COMMON, 150 + n]) for n in range(100)]
    tokens, bounds = stream([*own, *others])
    return tokens, bounds, [publisher] * n_own + [f"Other {n % 10}" for n in range(100)]


def keys(found: Boilerplate, publisher: str, *terms: int) -> set[int]:
    return {(found.publisher(publisher) << 32) + term for term in terms}


def test_a_publishers_name_and_what_half_of_its_articles_say_are_its_own_words() -> None:
    found = Boilerplate.learn(*archive(40), WORDS)
    label = keys(found, "Harbour Herald", LABEL)
    own = keys(found, "Harbour Herald", NAME, FORM_WORD)
    assert set(found.own.tolist()) == own | label  # it is in all of them, too
    assert label <= set(found.labels.tolist())


def test_few_articles_or_no_name_teach_no_words() -> None:
    few = Boilerplate.learn(*archive(MIN_PUBLISHER_ARTICLES - 1), WORDS)
    nameless = Boilerplate.learn(*archive(40, publisher=""), WORDS)
    assert len(few.own) == len(few.labels) == len(nameless.own) == len(nameless.labels) == 0


def test_a_publisher_alone_in_its_archive_keeps_the_words_that_it_writes_about() -> None:
    tokens, bounds = stream([([10 + n], [NAME, COMMON]) for n in range(40)])
    found = Boilerplate.learn(tokens, bounds, ["Harbour Herald"] * 40, WORDS)
    assert len(found.own) == 0  # nobody else to compare with: elsewhere is taken to be everywhere


def test_numbers_of_publishers() -> None:
    found = Boilerplate.learn(*archive(3), WORDS)
    assert [found.names[found.publisher(name)] for name in ("Harbour Herald", "Other 3")] == [
        "Harbour Herald",
        "Other 3",
    ]
    for name in ("", "Harbour", "Zebra"):
        assert found.publisher(name) == -1


def test_no_articles_no_boilerplate() -> None:
    tokens, bounds = stream([])
    found = Boilerplate.learn(tokens, bounds, [], [])
    assert found.names == ()
    assert found.publisher("Harbour Herald") == -1
    assert len(found.runs) == len(found.own) == len(found.labels) == 0


def test_saved_and_opened_it_is_the_same(tmp_path: Path) -> None:
    tokens, bounds, publishers = archive(40)
    found = Boilerplate.learn(tokens, bounds, publishers, WORDS)
    found.save(tmp_path)
    again = Boilerplate.open(tmp_path)
    assert again.names == found.names
    for part in ("runs", "own", "labels"):
        np.testing.assert_array_equal(getattr(again, part), getattr(found, part))


@pytest.mark.parametrize("part", ["runs", "own", "labels", "names.units", "names.starts"])
def test_a_missing_or_foreign_file_is_an_error_that_names_it(tmp_path: Path, part: str) -> None:
    Boilerplate.learn(*archive(40), WORDS).save(tmp_path)
    path = tmp_path / f"boilerplate.{part}.npy"
    np.save(path, np.array([0.5]))
    with pytest.raises(ArchiveError, match=path.name.replace(".", r"\.")):
        Boilerplate.open(tmp_path)
    path.unlink()
    with pytest.raises(ArchiveError, match=path.name.replace(".", r"\.")):
        Boilerplate.open(tmp_path)
