"""A large archive is served before its lists are made; they are the same in the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.backend.archive_backend import ArchiveBackend
from api.backend.protocol import SuggestionRequest
from api.pipeline.build import build_generation
from api.pipeline.completion import is_unfinished
from api.pipeline.diagnosis import diagnose
from api.pipeline.record import read_record
from api.pipeline.verification import verify_archive
from api.settings import Settings
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.search.retrieval import Retrieval
from index.storage.generation_format import verify_generation
from index.types import SearchRequest
from recommender.precompute.worker import BuildInputs
from recommender.suggestions.stored import KINDS, PENDING, StoredSuggestions
from recommender.suggestions.unfinished import ENDS, LINES

TOPICS = ("bats", "moths", "owls", "foxes", "hedgehogs", "badgers")
N = 300  # two chunks of lists
ARTICLES = [
    Article(
        f"{n:03}",
        f"Do {TOPICS[n % 6]} sleep in winter {n}?",
        summary=f"Many {TOPICS[n % 6]} rest near {TOPICS[(n + 1) % 6]} in cold months.",
        followups=(f"What do {TOPICS[n % 6]} eat in spring?",) if n < 12 else (),
    )
    for n in range(N)
]


class Stopped(Exception):
    """A build that is stopped, as by a signal."""


def quiet(*_: object) -> None: ...


def stored_archive(folder: Path) -> Archive:
    archive = Archive(folder)
    with Store.open(archive.store_path) as store:
        store.put(ARTICLES)
    return archive


def stopped_build(archive: Archive, after: int, at: str = "Ranking suggestions") -> Path:
    """Build until more than ``after`` are done of a step; return the generation in use."""

    def step(what: str, done: int, total: int) -> None:
        if what == at and done >= after:
            raise Stopped

    with pytest.raises(Stopped):
        build_generation(archive, "none", step, quiet, workers=0, min_lists_behind=0)
    folder = archive.current_generation()
    assert folder is not None
    return folder


def lists_of(folder: Path) -> list[bytes]:
    return [(folder / f"{kind}.jsonl").read_bytes() for kind in KINDS]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Return the lists of a build that made them before its switch."""
    archive = stored_archive(tmp_path_factory.mktemp("whole"))
    return lists_of(build_generation(archive, "none", quiet, quiet, workers=0)[0])


def test_a_stopped_build_is_served_and_goes_on_where_it_was(
    tmp_path: Path, whole: list[bytes]
) -> None:
    archive = stored_archive(tmp_path)
    folder = stopped_build(archive, after=N)
    verify_generation(folder)
    stored = StoredSuggestions(folder, N)
    made = [row for row in range(N) if stored.suggestions(row)]
    assert made == list(range(256))
    assert not stored.is_finished
    said: list[str] = []
    counts: list[int] = []
    new, built = build_generation(
        archive, "none", lambda _, done, __: counts.append(done), said.append, workers=0
    )
    assert any("Going on" in line for line in said)
    assert min(counts) > 256  # neither the index nor the lists so far are made again
    assert lists_of(new) == whole
    assert (built.lists, read_record(new)) == (N, built)
    assert archive.current_generation() == new
    assert not folder.exists()
    assert not any((new / name).exists() for name in (PENDING, LINES, ENDS))
    assert not list(new.glob("article-terms*"))


def test_lists_that_are_not_made_are_computed_on_request(tmp_path: Path) -> None:
    archive = stored_archive(tmp_path)
    folder = stopped_build(archive, after=N)
    backend = ArchiveBackend(archive, Retrieval.open(folder))
    request = SuggestionRequest()
    pages = {id: backend.suggestions(id, request) for id in ("000", "299")}
    assert all(page.related for page in pages.values())
    new, _ = build_generation(archive, "none", quiet, quiet, workers=0)
    finished = ArchiveBackend(archive, Retrieval.open(new))
    for id, page in pages.items():
        found = finished.suggestions(id, request)
        assert [r.article_id for r in found.related] == [r.article_id for r in page.related]
        assert [q.text for q in found.questions] == [q.text for q in page.questions]


def test_the_index_is_served_before_there_is_a_bank_of_questions(
    tmp_path: Path, whole: list[bytes]
) -> None:
    archive = stored_archive(tmp_path)
    folder = stopped_build(archive, after=0, at="Learning how the archive writes")
    verify_generation(folder)
    assert verify_archive(archive, quiet).problems == ()
    backend = ArchiveBackend(archive, Retrieval.open(folder))
    assert backend.search(SearchRequest("bats winter")).hits
    page = backend.suggestions("000", SuggestionRequest())
    assert page.related
    assert [q.origin for q in page.questions] == ["own"]
    assert backend.status().articles == N
    new, built = build_generation(archive, "none", quiet, quiet, workers=0, min_lists_behind=0)
    assert lists_of(new) == whole
    assert built.lists == N
    assert [path.name for path in archive.generations.iterdir()] == [new.name]


def test_an_unfinished_generation_is_sound_and_said_to_go_on(tmp_path: Path) -> None:
    archive = stored_archive(tmp_path)
    stopped_build(archive, after=N)
    assert verify_archive(archive, quiet).problems == ()
    notes = [
        f.text
        for f in diagnose(archive, Settings.read(archive=archive.folder))
        if f.level == "note"
    ]
    assert any("on request" in text for text in notes)


def test_what_was_written_meanwhile_is_built_after_the_lists(tmp_path: Path) -> None:
    archive = stored_archive(tmp_path)
    stopped_build(archive, after=N)
    with Store.open(archive.store_path) as store:
        store.put([Article("new", "Do wolves sleep in winter?")])
        store.delete(["299"])
    folder, built = build_generation(archive, "none", quiet, quiet, workers=0)
    assert (built.articles, built.lists < N) == (N, True)  # the other lists are taken over
    assert StoredSuggestions(folder, N).is_finished


def test_lists_of_another_recipe_are_made_anew(tmp_path: Path) -> None:
    archive = stored_archive(tmp_path)
    folder = stopped_build(archive, after=N)
    inputs = BuildInputs(archive.store_path, folder)
    assert is_unfinished(folder, inputs)
    assert not is_unfinished(folder, BuildInputs(archive.store_path, folder, "auto"))
    assert not is_unfinished(tmp_path, inputs)
    (folder / PENDING).write_text("{")
    assert not is_unfinished(folder, inputs)


def test_a_rebuild_makes_its_lists_before_the_switch(tmp_path: Path) -> None:
    archive = stored_archive(tmp_path)
    first, _ = build_generation(archive, "none", quiet, quiet, workers=0, min_lists_behind=0)
    with Store.open(archive.store_path) as store:
        store.put([Article("new", "Do wolves sleep in winter?")])
    folder, _ = build_generation(archive, "none", quiet, quiet, workers=0, min_lists_behind=0)
    assert StoredSuggestions(folder, N + 1).is_finished
    assert archive.previous_generation() == first
