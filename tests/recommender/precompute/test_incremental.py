"""Refresh: what a change concerns is made anew as if all were, and the rest is left alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from corpus.models import Article
from corpus.storage.store import Store
from index.build import build_index
from index.search.reader import IndexReader
from index.storage.generation_format import seal_generation
from recommender.precompute.build import build_suggestions
from recommender.precompute.incremental import PreviousBuild
from recommender.precompute.worker import BuildInputs
from recommender.suggestions.stored import StoredSuggestions

ANIMALS = "bat moth owl fox hedgehog badger otter heron newt adder".split()
PLACES = "cave barn church quarry orchard meadow".split()
N = len(ANIMALS) * len(PLACES)
MADE = {
    f"{animal}-{place}": Article(
        f"{animal}-{place}",
        f"Does a {animal} sleep in the {place}?",
        summary=f"A {animal} was seen near the {place} in winter, keepers of the {place} say.",
        followups=(f"What does the {animal} eat in a {place}?",),
    )
    for animal in ANIMALS
    for place in PLACES
}


def quiet(what: str, done: int, total: int) -> None:
    """Say nothing."""


def build(root: Path, name: str, articles: Iterable[Article], before: Path | None) -> int:
    folder = root / name
    folder.mkdir()
    with Store.open(root / "store.sqlite") as store:
        wanted = {a.id: a for a in articles}
        store.delete(set(store.ids()) - wanted.keys())
        store.put(wanted.values())
        build_index((a for a in store.articles() if a.published), folder)
    generation = BuildInputs(root / "store.sqlite", folder)
    made = build_suggestions(generation, None, quiet, 0, before)
    seal_generation(folder)
    return made


def lists(folder: Path) -> dict[str, tuple[list[str], list[str]]]:
    ids = IndexReader(folder).ids
    stored = StoredSuggestions(folder, len(ids))
    found = {id: stored.suggestions(place) for place, id in enumerate(ids)}
    return {
        id: ([q.text for q in page.questions], [r.article_id for r in page.related])
        for id, page in found.items()
        if page
    }


def test_a_changed_article_refreshes_its_lists_and_those_it_concerns(tmp_path: Path) -> None:
    build(tmp_path, "first", MADE.values(), None)
    changed = replace(MADE["owl-barn"], followups=("Which moth does the owl of the barn hunt?",))
    now = (MADE | {"owl-barn": changed}).values()
    assert 1 < build(tmp_path, "refreshed", now, tmp_path / "first") <= N
    build(tmp_path, "anew", now, None)
    refreshed, anew = lists(tmp_path / "refreshed"), lists(tmp_path / "anew")
    assert refreshed["owl-barn"] == anew["owl-barn"]
    asked = "Which moth does the owl of the barn hunt?"
    for id, (questions, _) in anew.items():
        assert (asked in questions) <= (asked in refreshed[id][0]), id
    gone = MADE["owl-barn"].followups[0]
    assert not any(gone in questions for questions, _ in refreshed.values())


def test_a_deleted_article_is_in_no_list_any_more_and_a_new_one_has_its_own(
    tmp_path: Path,
) -> None:
    build(tmp_path, "first", MADE.values(), None)
    new = replace(MADE["owl-barn"], id="owl-mill", headline="Does an owl sleep in the mill?")
    now = {**MADE, new.id: new}
    del now["bat-cave"]
    # Two of sixty are more than two in a hundred; a bigger archive keeps the rest.
    rest = {f"x{n}": Article(f"x{n}", f"Is glass {n} wet?", summary="No.") for n in range(60)}
    build(tmp_path, "second", (MADE | rest).values(), None)
    made = build(tmp_path, "third", (now | rest).values(), tmp_path / "second")
    assert made < len(now | rest)
    found = lists(tmp_path / "third")
    assert found.keys() == (now | rest).keys()
    assert found["owl-mill"][0]
    assert found["owl-mill"][1]
    assert not any("bat-cave" in related for _, related in found.values())
    assert any("owl-mill" in related for _, related in found.values())


def test_nothing_changed_makes_nothing_anew(tmp_path: Path) -> None:
    build(tmp_path, "first", MADE.values(), None)
    assert build(tmp_path, "second", MADE.values(), tmp_path / "first") == 0
    for name in ("questions.jsonl", "related.jsonl"):
        first = (tmp_path / "first" / name).read_bytes()
        assert first == (tmp_path / "second" / name).read_bytes()


def test_many_changes_or_another_recipe_make_everything_anew(tmp_path: Path) -> None:
    build(tmp_path, "first", MADE.values(), None)
    many = [replace(a, summary="Nobody knows.") for a in MADE.values()]
    assert build(tmp_path, "second", many, tmp_path / "first") == N
    assert PreviousBuild.open(tmp_path / "first", "another recipe") is None
    assert PreviousBuild.open(tmp_path, "no generation") is None


def test_small_changes_add_up_until_all_is_made_anew(tmp_path: Path) -> None:
    build(tmp_path, "0", MADE.values(), None)
    now, drifts = dict(MADE), []
    for step, id in enumerate(list(MADE)[:3], 1):
        now[id] = replace(MADE[id], summary=f"It was seen {step} times.")
        build(tmp_path, str(step), now.values(), tmp_path / str(step - 1))
        before = PreviousBuild.open(tmp_path / str(step), BuildInputs(tmp_path, tmp_path).recipe())
        assert before is not None
        drifts.append(before.drift)
    assert drifts == [1, 0, 1]  # two of sixty are more than two in a hundred
