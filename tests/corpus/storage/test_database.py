import sqlite3
import threading
from pathlib import Path

import pytest

from corpus.errors import StoreError
from corpus.storage.database import Database, DatabaseFormat


def kind(version: int = 1, *, application_id: int = 77, disposable: bool = False) -> DatabaseFormat:
    return DatabaseFormat(
        application_id,
        version,
        ("CREATE TABLE words (word TEXT)",),
        "an archive",
        "Check it",
        disposable=disposable,
    )


def open_database(path: Path, format_number: int = 1, read_only: bool = False) -> Database:
    return Database.open(path, kind(format_number), read_only=read_only)


def add(database: Database, *words: str) -> None:
    with database.transaction() as connection:
        connection.executemany("INSERT INTO words VALUES (?)", [(w,) for w in words])


def words(database: Database) -> list[str]:
    return [word for (word,) in database.rows("SELECT word FROM words ORDER BY word")]


def test_commits_are_forced_to_disk_and_readers_have_a_log(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.sqlite")
    assert database.row("PRAGMA journal_mode") == ("wal",)
    assert database.row("PRAGMA synchronous") == (2,)
    assert database.row("PRAGMA foreign_keys") == (1,)
    database.close()


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.sqlite")
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        connection.execute("INSERT INTO words VALUES ('half')")
        _ = 1 / 0
    with (
        pytest.raises(StoreError, match="nothing of this batch"),
        database.transaction() as connection,
    ):
        connection.execute("INSERT INTO words VALUES ('half')")
        connection.execute("INSERT INTO nowhere VALUES (1)")
    add(database, "whole")
    assert words(database) == ["whole"]
    database.close()


def test_a_reader_keeps_its_snapshot_and_does_not_wait_for_an_open_transaction(
    tmp_path: Path,
) -> None:
    database = open_database(tmp_path / "a.sqlite")
    add(database, "a", "b")
    reading = database.rows("SELECT word FROM words ORDER BY word")
    assert next(reading) == ("a",)
    with database.transaction() as connection:
        connection.execute("DELETE FROM words")
        seen: list[str] = []
        reader = threading.Thread(target=lambda: seen.extend(words(database)))
        reader.start()
        reader.join(timeout=5)
        assert seen == ["a", "b"]
    assert list(reading) == [("b",)]
    assert words(database) == []
    database.close()


def test_a_writer_that_cannot_get_its_turn_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.storage.database.BUSY_SECONDS", 0.01)
    one, other = open_database(tmp_path / "a.sqlite"), open_database(tmp_path / "a.sqlite")
    with one.transaction(), pytest.raises(StoreError, match="another writer"):
        add(other, "x")
    add(other, "y")
    assert words(one) == ["y"]
    one.close()
    other.close()


def test_reading_needs_a_file_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "none" / "a.sqlite"
    with pytest.raises(StoreError, match=r"no archive here.*Ingest"):
        open_database(path, read_only=True)
    assert not path.parent.exists()
    open_database(path).close()
    database = open_database(path, read_only=True)
    with pytest.raises(StoreError, match="reading only"):
        add(database, "x")
    database.close()


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.sqlite"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()
    text = tmp_path / "letter.txt"
    text.write_text("Dear editor, " * 200)
    for path in (foreign, text):
        before = path.read_bytes()
        with pytest.raises(StoreError, match=path.name):
            open_database(path)
        assert path.read_bytes() == before


@pytest.mark.parametrize(("found", "message"), [(3, "newer version"), (1, "older than 2")])
def test_another_format_is_refused_with_the_remedy(
    tmp_path: Path, found: int, message: str
) -> None:
    path = tmp_path / "a.sqlite"
    open_database(path, found).close()
    for read_only in (True, False):
        with pytest.raises(StoreError, match=message):
            open_database(path, 2, read_only)


def test_a_closed_database_says_so_and_lets_a_running_reader_end(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.sqlite")
    add(database, "a", "b")
    reading = database.rows("SELECT word FROM words ORDER BY word")
    next(reading)
    database.close()
    assert list(reading) == [("b",)]
    with pytest.raises(StoreError, match="closed"):
        words(database)
    assert [p.name for p in tmp_path.iterdir()] == ["a.sqlite"]


def test_a_restored_backup_has_its_log_again(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.sqlite")
    add(database, "x")
    backup = tmp_path / "backup.sqlite"
    database.row("VACUUM INTO ?", (str(backup),))
    database.close()
    restored = open_database(backup)
    assert restored.row("PRAGMA journal_mode") == ("wal",)
    assert words(restored) == ["x"]
    restored.close()


def test_names_of_files_may_hold_any_sign(tmp_path: Path) -> None:
    path = tmp_path / "50 %? #1" / "ä b.sqlite"
    database = open_database(path)
    add(database, "x")
    assert path.is_file()
    database.close()


def test_a_disposable_file_of_another_version_is_emptied(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    for version in (2, 1):
        database = Database.open(path, kind(version, disposable=True))
        assert words(database) == []
        add(database, "x")
        database.close()
    database = Database.open(path, kind(1, disposable=True))
    assert words(database) == ["x"]
    database.close()


def test_a_disposable_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    database = open_database(path)
    add(database, "precious")
    with pytest.raises(StoreError, match="left as it is"):
        Database.open(path, kind(2, application_id=78, disposable=True))
    assert words(database) == ["precious"]
    database.close()


def test_what_cannot_be_read_is_one_line_with_the_remedy(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.sqlite")
    with pytest.raises(StoreError, match=r"a\.sqlite: cannot be read .*nowhere.*Check it") as error:
        list(database.rows("SELECT * FROM nowhere"))
    assert "\n" not in str(error.value)
    with pytest.raises(StoreError, match="cannot be read"):
        database.row("SELECT * FROM nowhere")
    database.close()
