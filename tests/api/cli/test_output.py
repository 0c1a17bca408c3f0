"""Results go to stdout, everything about the work to stderr."""

from __future__ import annotations

import json

import pytest

from api.cli.output import (
    complain,
    progress,
    say,
    show,
    show_contributions,
    show_json,
    warn,
)


def test_results_and_messages_go_different_ways(capsys: pytest.CaptureFixture[str]) -> None:
    show("a result [not markup]")
    say("a step")
    warn("a warning")
    complain("a reason")
    found = capsys.readouterr()
    assert found.out == "a result [not markup]\n"
    assert found.err == "a step\na warning\nerror: a reason\n"


def test_json_is_one_line_and_keeps_its_letters(capsys: pytest.CaptureFixture[str]) -> None:
    show_json({"text": "Straße\n→"})
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "Straße" in out
    assert json.loads(out) == {"text": "Straße\n→"}


def test_contributions_come_largest_first_without_zeros_and_with_their_sum(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_contributions({"small": 0.1, "none": 0.0, "large": -2.0}, {"large": 0.5})
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[1:] == [
        ["large", "0.5000", "-2.0000"],
        ["small", "+0.1000"],
        ["sum", "=", "score", "-1.9000"],
    ]


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    for as_json in (False, True):
        with progress(as_json) as step:
            step("Reading", 1, 10)
            step("Writing", 0, 0)
    assert capsys.readouterr() == ("", "")


def test_text_is_printed_as_it_is_and_commands_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for print_line in (show, say, warn):
        print_line("x.jsonl:100: a :smile: \x1b[31mred\x07 \x9b2J\ttab")
    found = capsys.readouterr()
    for line in (found.out, *found.err.splitlines()):
        assert ":100: a :smile: \\x1b[31mred\\x07 \\x9b2J" in line
        assert "\x1b" not in line
