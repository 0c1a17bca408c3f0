"""The front backend over a real archive: what was built is found, what is gone is not shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from api.backend.archive_backend import ArchiveBackend
from api.backend.protocol import NotReady, SuggestionRequest
from api.pipeline.build import build_generation
from corpus.models import Article, Section
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.build import build_index
from index.search.retrieval import Retrieval
from index.types import SearchRequest
from recommender.precompute.build import build_suggestions
from recommender.precompute.worker import BuildInputs

BATS = Article(
    "bats",
    "Are bats blind?",
    sections=(Section("", "Bats see well at dusk."),),
    followups=("What do bats eat?", "Do owls see at night?"),
    topic="animals",
)
OLD = Article("old", "Can bats see?", "Bats see.", followups=("What do bats eat?",))
NEW = Article("new", "Can bats see colours?", "Bats see some.", supersedes=("old",))


def make_backend(folder: Path, *articles: Article) -> tuple[ArchiveBackend, Store]:
    archive = Archive(folder)
    store = Store.open(archive.store_path)
    store.put(articles)
    path, _ = build_generation(archive, "none", lambda what, done, total: None, print)
    return ArchiveBackend(archive, Retrieval.open(path)), store


def test_it_answers_every_question_of_a_door(tmp_path: Path) -> None:
    backend, _ = make_backend(tmp_path, BATS, OLD, NEW)
    hits = backend.search(SearchRequest("bats dusk")).hits
    assert hits[0].id == "bats"
    assert hits[0].snippet is not None
    assert backend.article("bats") == BATS
    assert list(backend.articles(["new", "gone", "bats"])) == ["new", "bats"]
    assert backend.suggestions("bats", SuggestionRequest()).questions
    alone = SuggestionRequest(related_alone=True)
    assert {r.article_id for r in backend.suggestions("new", alone).related} == {"bats"}
    draft = replace(NEW, id="draft", followups=("Do bats sing?",))
    assert backend.preview(draft, SuggestionRequest()).questions
    assert backend.superseded_by("old") == "new"
    assert backend.superseded_by("new") is None


def test_what_is_stored_is_what_would_be_computed(tmp_path: Path) -> None:
    backend, _ = make_backend(tmp_path, BATS, OLD, NEW)
    for id in ("bats", "old", "new"):
        stored = backend.suggestions(id, SuggestionRequest())
        computed = backend.suggestions(id, SuggestionRequest(explain=True))
        assert [(q.text, q.answer, q.reasons) for q in stored.questions] == [
            (q.text, q.answer, q.reasons) for q in computed.questions
        ]
        assert [(r.article_id, r.relation, r.reasons) for r in stored.related] == [
            (r.article_id, r.relation, r.reasons) for r in computed.related
        ]
        for kept, anew in (
            (stored.questions, computed.questions),
            (stored.related, computed.related),
        ):
            assert [one.score for one in kept] == pytest.approx([one.score for one in anew])
        for q in computed.questions:
            assert sum(q.contributions.values()) == pytest.approx(q.score)
        for r in computed.related:
            assert sum(r.contributions.values()) == pytest.approx(r.score)


def test_completions_are_headlines_and_each_question_once(tmp_path: Path) -> None:
    backend, _ = make_backend(tmp_path, BATS, OLD, NEW)
    assert [(c.text, c.kind, c.article_id) for c in backend.complete("what do", 5)] == [
        ("What do bats eat?", "question", "")
    ]
    assert backend.complete("are bats", 5)[0].article_id == "bats"


def test_the_status_counts_what_is_served(tmp_path: Path) -> None:
    backend, _ = make_backend(tmp_path, BATS, OLD, NEW)
    status = backend.status()
    assert (status.articles, status.questions, status.ready) == (3, 4, True)
    assert status.generation == Archive(tmp_path).current_generation().name  # type: ignore[union-attr]


def test_what_is_gone_since_the_build_is_not_shown_and_breaks_nothing(tmp_path: Path) -> None:
    backend, store = make_backend(tmp_path, BATS, OLD, NEW)
    store.delete(["bats"])
    assert "bats" not in {hit.id for hit in backend.search(SearchRequest("bats see dusk")).hits}
    page = backend.suggestions("new", SuggestionRequest())
    assert page.related == ()
    assert "bats" not in {q.answer.article_id for q in page.questions if q.answer}
    with pytest.raises(KeyError):
        backend.article("bats")


def test_what_came_since_the_build_waits_for_the_next(tmp_path: Path) -> None:
    backend, store = make_backend(tmp_path, BATS)
    store.put([NEW])
    with pytest.raises(KeyError):
        backend.article("new")
    assert backend.articles(["new"]) == {}


def test_synonyms_of_the_archive_folder_are_in_force_at_once(tmp_path: Path) -> None:
    backend, _ = make_backend(tmp_path, BATS, NEW)
    assert backend.search(SearchRequest("flittermouse")).total == 0
    (tmp_path / "synonyms.txt").write_text("flittermouse => bat\n", encoding="utf-8")
    assert backend.search(SearchRequest("flittermouse")).total == 2


def test_an_empty_index_says_what_to_do(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    Store.open(archive.store_path).close()
    build_index([], tmp_path)
    build_suggestions(BuildInputs(archive.store_path, tmp_path), None, lambda what, n, of: None)
    backend = ArchiveBackend(archive, Retrieval.open(tmp_path))
    with pytest.raises(NotReady, match="divedeeper ingest"):
        backend.search(SearchRequest("bats"))
    assert backend.status().articles == 0


def test_bans_are_in_force_at_once_and_the_page_is_planned_without_them(tmp_path: Path) -> None:
    backend, _ = make_backend(tmp_path, BATS, OLD, NEW)
    before = backend.suggestions("new", SuggestionRequest(related_alone=True))
    assert "bats" in {r.article_id for r in before.related}
    (tmp_path / "bans.txt").write_text("article: bats\n", encoding="utf-8")
    page = backend.suggestions("new", SuggestionRequest(related_alone=True))
    assert "bats" not in {r.article_id for r in page.related}
    assert "bats" not in {q.answer.article_id for q in page.questions if q.answer}
    own = [q.text for q in before.questions if q.origin == "own"]
    assert [q.text for q in page.questions if q.origin == "own"] == own
    (tmp_path / "bans.txt").write_text("made questions: *\n", encoding="utf-8")
    page = backend.suggestions("new", SuggestionRequest())
    assert not any(q.from_check for q in (*page.questions, *page.also_checked))


def test_a_scope_of_the_request_or_the_server_keeps_to_the_own_publisher(tmp_path: Path) -> None:
    backend, _ = make_backend(tmp_path, replace(BATS, publisher="One"), OLD, NEW)
    alone = SuggestionRequest(related_alone=True)
    assert {r.article_id for r in backend.suggestions("new", alone).related} == {"bats"}
    assert backend.suggestions("new", replace(alone, scope="own")).related == ()


def test_a_short_draft_is_in_a_language_of_the_archive(tmp_path: Path) -> None:
    german = [
        Article(
            f"igel{n}",
            f"Schlafen Igel im Winter wirklich {n} Monate lang?",
            "Igel schlafen im Winter mehrere Monate und wachen dabei selten auf.",
            language="de",
        )
        for n in (3, 4)
    ]
    backend, _ = make_backend(tmp_path, BATS, *german)
    draft = Article("draft", "Wann schlafen die Igel?", followups=("wie lange",), published=False)
    (own,) = backend.preview(draft, SuggestionRequest()).questions
    assert own.text == "Wie lange?"
    assert not any("wording" in remark for remark in own.remarks)


def test_a_claim_is_answered_until_its_article_changes(tmp_path: Path) -> None:
    backend, store = make_backend(tmp_path, BATS, NEW)
    found = backend.answer("Are bats blind?")
    assert found is not None
    assert found.article_id == "bats"
    assert backend.answer("Who won the cup in Lima?") is None
    store.put([replace(BATS, summary="Bats see well, as was written later.")])
    backend.refresh()
    assert backend.answer("Are bats blind?") is None
