from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.analysis.stopwords import STOPWORDS
from index.query.synonyms import MAX_VARIANTS, Synonyms


def synonyms(folder: Path, text: str | bytes, stopwords: str | None = None) -> Synonyms:
    (folder / "synonyms.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    if stopwords is not None:
        (folder / "stopwords.txt").write_text(stopwords, encoding="utf-8")
    return Synonyms(folder)


def variants(synonyms: Synonyms, query: str) -> tuple[str, ...]:
    return synonyms.table.variants(query)


def test_names_on_a_line_stand_for_each_other_in_their_place(tmp_path: Path) -> None:
    known = synonyms(tmp_path, "Covid, coronavirus, Wuhan virus\n")
    assert variants(known, "Is coronavirus over?") == ("Is Covid over?", "Is Wuhan virus over?")
    assert variants(known, "the wuhan viruses spread") == (
        "the Covid spread",
        "the coronavirus spread",
    )
    assert variants(known, "a virus") == ()
    assert variants(known, "") == ()


def test_an_arrow_goes_one_way(tmp_path: Path) -> None:
    known = synonyms(tmp_path, "eu => the union of Europe")
    assert variants(known, "eu law") == ("the union of Europe law",)
    assert variants(known, "the union of europe") == ()


def test_the_longer_name_wins(tmp_path: Path) -> None:
    known = synonyms(tmp_path, "york => england\nnew york => america")
    assert variants(known, "new york") == ("america",)
    assert variants(known, "york") == ("england",)


def test_several_names_are_replaced_one_by_one_and_then_all(tmp_path: Path) -> None:
    known = synonyms(tmp_path, "jab, vaccine\nnuke => nuclear bomb")
    assert variants(known, "jab or nuke") == (
        "vaccine or nuke",
        "jab or nuclear bomb",
        "vaccine or nuclear bomb",
    )


def test_an_edit_is_in_force_at_once_and_a_deletion_too(tmp_path: Path) -> None:
    known = synonyms(tmp_path, "car, auto")
    assert variants(known, "car") == ("auto",)
    before = known.table
    assert known.table is before  # not read again for nothing
    synonyms(tmp_path, "car, limo")
    os.utime(tmp_path / "synonyms.txt", ns=(1, 1))
    assert variants(known, "car") == ("limo",)
    (tmp_path / "synonyms.txt").unlink()
    assert variants(known, "car") == ()


def test_bad_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = (
        b"# ours\n\ncar, auto # fine\nlonely\na => b => c\n,x\n\xff\xfe, y\ncar => car\nbus, coach"
    )
    known = synonyms(tmp_path, text, stopwords="the\ntwo words\n")
    assert variants(known, "bus") == ("coach",)
    assert variants(known, "car") == ("auto",)
    found = [(p.file, p.line) for p in known.table.problems]
    assert found == [("synonyms.txt", n) for n in (4, 5, 6, 7, 8)] + [("stopwords.txt", 2)]
    assert "needs two different names" in str(known.table.problems[0])


def test_stop_words_replace_the_built_in_list_only_when_the_file_is_there(tmp_path: Path) -> None:
    known = synonyms(tmp_path, "")
    assert known.table.stopwords == STOPWORDS
    synonyms(tmp_path, "", stopwords="the # common\nDON'T\n")
    assert known.table.stopwords == {"the", "dont"}


def test_no_folder_is_no_synonyms(tmp_path: Path) -> None:
    known = Synonyms(tmp_path / "missing")
    assert variants(known, "car") == ()
    assert known.table.problems == ()


@pytest.mark.parametrize("line", [",".join(f"w{i}" for i in range(40)), "a, " + "b " * 40])
def test_a_line_that_says_too_much_is_refused(tmp_path: Path, line: str) -> None:
    assert "more than" in synonyms(tmp_path, line).table.problems[0].reason


def test_a_query_has_a_bounded_number_of_variants(tmp_path: Path) -> None:
    known = synonyms(tmp_path, "\n".join(f"x => a{i} b{i} c{i}" for i in range(99)))
    assert len(variants(known, "x")) == len(variants(known, "x x x")) == MAX_VARIANTS


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200) | st.text("ab,=># \n", max_size=60).map(str.encode))
def test_no_file_fails(tmp_path: Path, content: bytes) -> None:
    known = synonyms(tmp_path, content)
    assert "a" not in variants(known, "a")
