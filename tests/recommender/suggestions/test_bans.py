"""What operators ban is suggested nowhere, from the moment that the file says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.suggestions.bans import BANS_FILE, MAX_FILE_BYTES, Bans, parse_bans

FILE = """\
# from the desk of the night editor
article: tea-and-sleep
question: Does tea keep people awake?
question: 0011223344556677
words: royal wedding
"""


def test_articles_are_banned_by_id() -> None:
    bans = parse_bans(FILE.encode())
    assert bans.bans_article("tea-and-sleep")
    assert not bans.bans_article("tea-and-sleep-2")
    assert bans.problems == ()


@pytest.mark.parametrize(
    ("question_id", "text", "banned"),
    [
        ("x", "Does tea keep people awake?", True),
        ("x", "does TEA keep people awake", True),
        ("x", "Does tea keep old people awake?", False),
        ("0011223344556677", "Anything at all?", True),
        ("x", "Who paid for the royal wedding of 1981?", True),
        ("x", "Who paid for the royal visit and the wedding?", False),
    ],
)
def test_questions_are_banned_by_id_text_or_words(
    question_id: str, text: str, banned: bool
) -> None:
    assert parse_bans(FILE.encode()).bans_question(question_id, text) is banned


def test_words_ban_articles_by_their_headline_too() -> None:
    bans = parse_bans(FILE.encode())
    assert bans.bans_article("any", "Were the royal weddings paid by taxes?")
    assert not bans.bans_article("any", "Is the wedding royal?")


def test_made_questions_are_banned_by_publisher_or_all() -> None:
    bans = parse_bans(b"made questions: Daily Example")
    assert bans
    assert bans.bans_made_questions("daily example")
    assert not bans.bans_made_questions("Weekly Example")
    assert parse_bans(b"made questions: *").bans_made_questions("Weekly Example")


@pytest.mark.parametrize("line", ["article:", "words: …", "queston: Is it?", "just words"])
def test_a_line_that_bans_nothing_is_named_and_the_others_hold(line: str) -> None:
    bans = parse_bans(f"{line}\narticle: a\n".encode())
    assert bans.bans_article("a")
    (problem,) = bans.problems
    assert problem.line == 1
    assert "article: ID" in problem.remedy


def test_a_line_in_another_encoding_is_named() -> None:
    bans = parse_bans(b"question: caf\xe9?\narticle: a\n")
    assert [problem.line for problem in bans.problems] == [1]
    assert bans.bans_article("a")


def test_a_file_that_is_too_large_is_read_to_a_bound_and_said() -> None:
    bans = parse_bans(b"article: first\n" + b"#\n" * MAX_FILE_BYTES)
    assert bans.bans_article("first")
    assert len(bans.problems) == 1


def test_a_changed_file_is_in_force_at_once(tmp_path: Path) -> None:
    bans = Bans(tmp_path)
    assert not bans.current
    (tmp_path / BANS_FILE).write_text("article: a\n")
    assert bans.current.bans_article("a")
    (tmp_path / BANS_FILE).write_text("article: bb\n")
    assert bans.current.bans_article("bb")
    assert not bans.current.bans_article("a")
    (tmp_path / BANS_FILE).unlink()
    assert not bans.current


def test_a_folder_in_the_place_of_the_file_keeps_the_bans(tmp_path: Path) -> None:
    (tmp_path / BANS_FILE).write_text("article: a\n")
    bans = Bans(tmp_path)
    assert bans.current.bans_article("a")
    (tmp_path / BANS_FILE).unlink()
    (tmp_path / BANS_FILE).mkdir()
    assert bans.current.bans_article("a")
    assert bans.current.problems
