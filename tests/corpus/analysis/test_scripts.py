"""Scripts without spaces are read by pairs of letters, what stands in them whole."""

from __future__ import annotations

import pytest

from corpus.analysis.scripts import has_script_by_pairs, spans_by_script


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("地震予知", ["地震", "震予", "予知"]),
        ("猫", ["猫"]),
        ("GPS衛星4個", ["GPS", "衛星", "4", "個"]),
        ("지진을", ["지진", "진을"]),
        ("bats", ["bats"]),
        ("น้ำดื่ม", ["น้ำดื่", "ดื่ม"]),
        ("", []),
    ],
)
def test_runs_are_pairs_and_the_rest_is_whole(text: str, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in spans_by_script(text)] == pieces


def test_only_such_scripts_are_read_by_pairs() -> None:
    assert has_script_by_pairs("地震 and more")
    assert not has_script_by_pairs("Землетрясение زلزال भूकंप")
