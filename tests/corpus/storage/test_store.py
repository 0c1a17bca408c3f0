import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from corpus.errors import StoreError
from corpus.models import Article, Section, Source
from corpus.storage.store import BATCH_SIZE, Change, PutReport, Store

ROOT = Path(__file__).parents[3]


def make_article(id: str, headline: str = "Is the sky blue?", text: str = "") -> Article:
    return Article(id, headline, sections=(Section("", text),) if text else ())


FULL = Article(
    id="sky",
    headline="Is the sky blue?",
    summary="By day, mostly.",
    sections=(Section("Why", "Short waves scatter more. " * 100), Section("", "Añil, 青 \x00")),
    followups=("Why is a sunset red?",),
    sources=(Source(1, "A handbook of optics", "https://example.org/optics"),),
    checked_on=date(2024, 2, 29),
    claim="The sky is blue.",
    claimant="Everybody",
    verdict="true",
    topic="physics",
    publisher="Example",
    url="https://example.org/sky",
    language="en",
    supersedes=("old-sky", "older-sky", "old-sky"),
    published=False,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "archive.sqlite") as opened:
        yield opened


def test_an_article_comes_back_as_it_went_in(store: Store) -> None:
    small = make_article("small")
    assert store.put([FULL, small]) == PutReport(added=2, changed=0, unchanged=0)
    assert store.article("sky") == FULL
    assert list(store.articles()) == [FULL, small]
    assert list(store.ids()) == ["sky", "small"]
    assert len(store) == 2
    assert "sky" in store
    assert "moon" not in store
    assert 7 not in store
    with pytest.raises(KeyError, match="moon"):
        store.article("moon")


def test_long_articles_lie_compressed_and_short_ones_readable(store: Store, tmp_path: Path) -> None:
    store.put([make_article("long", text="again and " * 1_000), make_article("short")])
    connection = sqlite3.connect(tmp_path / "archive.sqlite")
    sizes = dict(connection.execute("SELECT id, length(article) FROM articles"))
    (text,) = connection.execute("SELECT article FROM articles WHERE id = 'short'").fetchone()
    connection.close()
    assert sizes["long"] < 1_000
    assert text.startswith(b'{"')


def test_the_same_content_again_is_no_change(store: Store) -> None:
    store.put([FULL])
    assert store.put([replace(FULL)]) == PutReport(added=0, changed=0, unchanged=1)
    assert store.sequence() == 1
    changed = replace(FULL, published=True)
    assert store.put([changed, changed]) == PutReport(added=0, changed=1, unchanged=1)
    assert list(store.changed_since(1)) == [Change(2, "sky", changed)]


def test_of_one_id_twice_in_a_batch_the_last_stays(store: Store) -> None:
    first, last = make_article("a", "First?"), make_article("a", "Last?")
    assert store.put([first, last]) == PutReport(added=1, changed=1, unchanged=0)
    assert store.article("a") == last


def test_a_deletion_is_a_change_and_a_return_is_another(store: Store) -> None:
    a, b = make_article("a"), make_article("b")
    store.put([a, b])
    assert store.delete(["a", "unknown", "a"]) == 1
    assert list(store.changed_since(0)) == [Change(2, "b", b), Change(3, "a", None)]
    assert store.delete(["a"]) == 0
    assert store.sequence() == 3
    assert store.put([a]) == PutReport(added=1, changed=0, unchanged=0)
    assert list(store.changed_since(2)) == [Change(4, "a", a)]
    assert list(store.changed_since(4)) == []


def test_sequence_never_goes_down_though_everything_is_deleted(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    with Store.open(path) as store:
        store.put(make_article(str(n)) for n in range(10))
        store.delete(str(n) for n in range(10))
        assert store.sequence() == 20
    with Store.open(path, read_only=True) as store:
        assert store.sequence() == 20
        assert len(store) == 0


def test_articles_by_id_keeps_the_order_asked_for_and_leaves_unknown_ones_out(store: Store) -> None:
    store.put(make_article(str(n)) for n in range(2 * BATCH_SIZE + 1))
    ids = [str(n) for n in reversed(range(2 * BATCH_SIZE + 1))]
    assert list(store.articles_by_id(["x", *ids, "0"])) == ids
    assert store.articles_by_id([]) == {}


def test_content_hash_depends_on_the_articles_alone(tmp_path: Path) -> None:
    a, b, c = (make_article(id) for id in "abc")
    with Store.open(tmp_path / "one") as one, Store.open(tmp_path / "two") as two:
        empty = one.content_hash()
        one.put([a, b])
        two.put([c, replace(b, topic="other")])
        assert one.content_hash() != two.content_hash()
        two.put([b, a])
        two.delete(["c"])
        assert one.content_hash() == two.content_hash() != empty


def test_superseded_follows_what_is_stored_now(store: Store) -> None:
    b = replace(make_article("b"), supersedes=("a",))
    c = replace(make_article("c"), supersedes=("b",))
    store.put([make_article("a"), b, c])
    assert store.superseded() == {"a": "c", "b": "c"}
    store.put([replace(c, published=False)])
    assert store.superseded() == {"a": "b"}
    store.put([replace(b, supersedes=())])
    assert store.superseded() == {}
    store.put([b, c])
    store.delete(["c"])
    assert store.superseded() == {"a": "b"}


def test_an_iterator_streams_and_keeps_its_snapshot_while_a_writer_commits(store: Store) -> None:
    store.put(make_article(f"{n:05}") for n in range(2_500))
    seen = []
    for n, article in enumerate(store.articles()):
        if n % 1_000 == 0:
            store.put([make_article(f"new {n}"), make_article("02499", f"Changed {n}?")])
            store.delete(["02000"])
        seen.append(article)
    assert seen == [make_article(f"{n:05}") for n in range(2_500)]
    assert len(store) == 2_499 + 3


def test_whole_batches_stay_when_the_source_breaks(store: Store) -> None:
    def breaking() -> Iterator[Article]:
        yield from (make_article(f"{n:05}") for n in range(BATCH_SIZE + 10))
        raise OSError("the disk with the pages is gone")

    with pytest.raises(OSError, match="is gone"):
        store.put(breaking())
    assert len(store) == BATCH_SIZE


def test_half_a_character_is_refused_by_name_and_its_batch_not_written(store: Store) -> None:
    with pytest.raises(ValueError, match=r"article 'bad'.*half a character"):
        store.put([make_article("good"), make_article("bad", "\ud83d")])
    assert len(store) == 0


def test_many_threads_read_and_write_at_once(store: Store) -> None:
    store.put(make_article(f"base {n:03}") for n in range(200))
    failures: list[BaseException] = []

    def work(name: int) -> None:
        try:
            for n in range(20):
                store.put([make_article(f"{name} {n}")])
                assert store.article(f"{name} {n}").id == f"{name} {n}"
                assert sum(1 for _ in store.articles()) >= 200
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.sequence() == len(store) == 280


def test_several_processes_may_make_the_same_archive_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from corpus.models import Article\n"
        "from corpus.storage.store import Store\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "with Store.open(Path(sys.argv[1])) as store:\n"
        "    for n in range(5): store.put([Article(f'{sys.argv[2]} {n}', 'Is it?')])\n"
    )
    path = tmp_path / "new" / "archive.sqlite"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), str(n)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(4)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=60)
    assert [writer.returncode for writer in writers] == [0] * 4
    with Store.open(path, read_only=True) as store:
        assert store.sequence() == len(store) == 20


WRITER = """
import itertools, sys
from pathlib import Path
from corpus.models import Article
from corpus.storage.store import BATCH_SIZE, Store

def endless():
    for n in itertools.count():
        if n and n % BATCH_SIZE == 0:
            print(n, flush=True)  # the next one is asked for: all before are acknowledged
        yield Article(f"{n:08}", "Is this one kept?", summary="word " * (n % 400))

Store.open(Path(sys.argv[1])).put(endless())
"""


@pytest.mark.parametrize("batches", [1, 4])
def test_a_killed_writer_loses_nothing_that_was_acknowledged(tmp_path: Path, batches: int) -> None:
    path = tmp_path / "archive.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for _ in range(batches):
            acknowledged = int(writer.stdout.readline())
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read().split()  # what it had said before it died
    acknowledged = int(rest[-1]) if rest else acknowledged
    assert writer.returncode == -signal.SIGKILL
    with Store.open(path) as store:
        articles = list(store.articles())
        assert len(articles) >= acknowledged >= batches * BATCH_SIZE
        assert len(articles) % BATCH_SIZE == 0
        assert [a.id for a in articles] == [f"{n:08}" for n in range(len(articles))]
        assert all(a.summary == "word " * (int(a.id) % 400) for a in articles)
        assert store.sequence() == len(articles)
        assert store.put([make_article("after")]).added == 1
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


IDS = st.sampled_from(["a", "b", "B", "ä", "a b", "🙂", "x" * 40])
ARTICLES = st.builds(
    Article,
    IDS,
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5).filter(str.strip),
    summary=st.sampled_from(["", "long " * 300]),
    checked_on=st.none() | st.dates(),
    supersedes=st.lists(IDS, max_size=2).map(tuple),
    published=st.booleans(),
)


class StoreMachine(RuleBasedStateMachine):
    """The store behaves as a dict, and an index that follows ``changed_since`` stays equal."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.open(self.folder / "archive.sqlite")
        self.model: dict[str, Article] = {}
        self.replayed: dict[str, Article] = {}
        self.position = 0

    @rule(articles=st.lists(ARTICLES, max_size=4))
    def put(self, articles: list[Article]) -> None:
        before = self.store.sequence()
        added = changed = 0
        for article in articles:
            known = self.model.get(article.id)
            added += known is None
            changed += known is not None and known != article
            self.model[article.id] = article
        unchanged = len(articles) - added - changed
        assert self.store.put(articles) == PutReport(added, changed, unchanged)
        assert self.store.sequence() == before + added + changed

    @rule(ids=st.lists(IDS, max_size=3))
    def delete(self, ids: list[str]) -> None:
        before = self.store.sequence()
        gone = {id for id in ids if self.model.pop(id, None)}
        assert self.store.delete(ids) == len(gone)
        assert self.store.sequence() == before + len(gone)

    @rule()
    def reopen(self) -> None:
        before = self.store.sequence(), self.store.content_hash()
        self.store.close()
        self.store = Store.open(self.folder / "archive.sqlite")
        assert (self.store.sequence(), self.store.content_hash()) == before

    @rule()
    def replay(self) -> None:
        for change in self.store.changed_since(self.position):
            assert change.sequence > self.position
            self.position = change.sequence
            if change.article is None:
                self.replayed.pop(change.id, None)
            else:
                self.replayed[change.id] = change.article
        assert self.position == self.store.sequence()
        assert self.replayed == self.model

    @invariant()
    def equals_the_model(self) -> None:
        assert list(self.store.articles()) == [self.model[id] for id in sorted(self.model)]
        assert len(self.store) == len(self.model)
        superseded = self.store.superseded()
        assert all(self.model[new].published for new in superseded.values())
        assert not superseded.keys() & set(superseded.values())

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(max_examples=30, stateful_step_count=15, deadline=None)


def test_an_article_that_could_not_be_read_again_is_refused_by_name(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.sqlite") as store:
        with pytest.raises(ValueError, match=r"'x'.*headline"):
            store.put([Article("x", " ")])
        assert len(store) == 0


def test_a_damaged_article_is_one_clear_error_and_problems_name_it(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    long = "Bats see well at dusk. " * 200
    with Store.open(path) as store:
        store.put([Article("bats", "Are bats blind?", long), Article("owls", "Do owls hear?")])
        assert list(store.problems()) == []
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE articles SET article = x'78fffe' WHERE id = 'bats'")
    with Store.open(path) as store:
        for read in (lambda: store.article("bats"), lambda: list(store.articles())):
            with pytest.raises(StoreError, match="divedeeper verify"):
                read()
        [problem] = store.problems()
        assert "'bats'" in problem
    with closing(sqlite3.connect(path)) as connection, connection:
        row = connection.execute("SELECT article FROM articles WHERE id = 'owls'").fetchone()
        changed = row[0].replace(b"hear", b"bear")
        connection.execute("UPDATE articles SET article = ? WHERE id = 'owls'", (changed,))
    with Store.open(path) as store:
        assert ["'bats'" in p or "'owls'" in p for p in store.problems()] == [True, True]


def test_an_empty_file_is_no_archive_yet_and_becomes_one_by_writing(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    path.touch()
    with pytest.raises(StoreError, match="no archive here"):
        Store.open(path, read_only=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")  # what a killed first start leaves
    with pytest.raises(StoreError, match="holds nothing yet"):
        Store.open(path, read_only=True)
    with Store.open(path) as store:
        store.put([Article("bats", "Are bats blind?")])
        assert len(store) == 1


def test_a_store_of_the_format_before_is_brought_forward_beside_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    articles = [Article(f"a{n}", "A?", url=f"https://desk.example/{n}") for n in range(2_500)]
    with Store.open(path) as store:
        store.put(articles)
    with sqlite3.connect(path) as connection:  # as format 1 was: without the later tables
        connection.execute("DROP TABLE identities")
        connection.execute("DROP TABLE embargoes")
        connection.execute("DROP TABLE successors")
        connection.execute("PRAGMA user_version = 1")
    with Store.open(path, read_only=True) as store:  # a server opens it so
        assert "brought from format 1 to 3" in store.notice
        assert store.id_of_key("address:desk.example/7") == "a7"
        assert list(store.articles()) == sorted(articles, key=lambda a: a.id)
        assert list(store.problems()) == []
    copy = tmp_path / "archive.format-1.sqlite"
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    with Store.open(path) as store:
        assert store.notice == ""


def test_an_article_is_found_by_its_keys_and_keeps_its_id_when_it_comes_back(
    tmp_path: Path,
) -> None:
    article = Article("a", "A?", url="https://d.example/x", system_id="ghost:1", aliases=("old",))
    with Store.open(tmp_path / "archive.sqlite") as store:
        store.put([article])
        store.put([Article("b", "B?", url="https://www.d.example/x/")])
        for key in ("system:ghost:1", "address:d.example/x", "id:old"):
            assert store.id_of_key(key) == "a"
        assert store.id_of_key("id:a") is None
        store.delete(["a"])
        assert store.id_of_key("system:ghost:1") == "a"
        assert store.stored_article("a") is None


def test_comparing_counts_as_writing_does_and_writes_nothing(tmp_path: Path) -> None:
    before = [Article("a", "A?"), Article("b", "B?")]
    after = [Article("a", "A?"), Article("b", "C?"), Article("c", "C?"), Article("c", "D?")]
    with Store.open(tmp_path / "archive.sqlite") as store:
        store.put(before)
        sequence = store.sequence()
        compared = store.compare(after)
        assert store.sequence() == sequence
        assert compared == store.put(after)


def test_what_is_due_is_published_and_the_rest_waits(tmp_path: Path) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    waits = Article("a", "A?", published=False, embargo=now)
    later = Article("b", "B?", published=False, embargo=now + timedelta(seconds=1))
    with Store.open(tmp_path / "archive.sqlite") as store:
        store.put([waits, later])
        assert store.publish_due(now - timedelta(seconds=1)) == []
        assert store.publish_due(now) == ["a"]
        assert store.article("a") == Article("a", "A?")
        store.delete(["b"])
        assert store.publish_due(now + timedelta(days=1)) == []


def test_newer_and_older_articles_are_named_by_id_alias_or_address(tmp_path: Path) -> None:
    old = Article("old", "Old?", url="https://desk.example/2024/fares", aliases=("oldest",))
    with Store.open(tmp_path / "archive.sqlite") as store:
        for name in ("old", "oldest", "http://www.desk.example/2024/fares/?utm_source=x"):
            store.put([old, Article("new", "New?", supersedes=(name,))])
            assert store.superseded() == {"old": "new"}, name
            store.put([Article("new", "New?")])
            assert store.superseded() == {}


def test_an_older_article_may_name_the_newer_one_before_it_is_there(tmp_path: Path) -> None:
    old = Article("old", "Old?", superseded_by=("https://desk.example/fares", "https://x.example/"))
    new = Article("new", "New?", url="https://desk.example/fares/")
    with Store.open(tmp_path / "archive.sqlite") as store:
        store.put([old])
        assert store.superseded() == {}
        store.put([new])
        assert store.superseded() == {"old": "new"}
        store.put([replace(new, published=False)])
        assert store.superseded() == {}
        store.put([new, replace(old, superseded_by=())])
        assert store.superseded() == {}
        store.put([old])
        store.delete(["old"])
        assert store.superseded() == {}
