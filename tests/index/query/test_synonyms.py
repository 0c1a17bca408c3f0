from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import tokenize
from index.query.synonyms import MAX_ADDED_TERMS, SYNONYM_WEIGHT, Synonyms


def synonyms(folder: Path, text: str | bytes, stopwords: str | None = None) -> Synonyms:
    (folder / "synonyms.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    if stopwords is not None:
        (folder / "stopwords.txt").write_text(stopwords, encoding="utf-8")
    return Synonyms(folder)


def added(synonyms: Synonyms, query: str) -> dict[str, float]:
    terms = tokenize(query)
    return {term: weight for term, weight in synonyms.expand(terms) if term not in terms}


def test_names_on_a_line_stand_for_each_other(tmp_path: Path) -> None:
    known = synonyms(tmp_path, "Covid, coronavirus, Wuhan virus\n")
    assert added(known, "coronavirus masks") == {
        "covid": SYNONYM_WEIGHT,
        "wuhan": SYNONYM_WEIGHT / 2,
        "virus": SYNONYM_WEIGHT / 2,
    }
    assert added(known, "the wuhan virus") == {"covid": 0.5, "coronavirus": 0.5}
    assert added(known, "a virus") == {}


def test_an_arrow_goes_one_way(tmp_path: Path) -> None:
    known = synonyms(tmp_path, "eu => the union of Europe")
    assert list(added(known, "eu law")) == ["union", "europ"]  # stems, without stop words
    assert added(known, "the union of europe") == {}


def test_what_was_typed_comes_first_and_once_in_full_weight(tmp_path: Path) -> None:
    known = synonyms(tmp_path, "car, auto\nauto, vehicle")
    terms = ["car", "auto", "car"]
    assert known.expand(terms) == [("car", 1.0), ("auto", 1.0), ("vehicl", SYNONYM_WEIGHT)]


def test_the_longer_name_wins(tmp_path: Path) -> None:
    known = synonyms(tmp_path, "york => england\nnew york => america")
    assert list(added(known, "new york")) == ["america"]
    assert list(added(known, "york")) == ["england"]


def test_an_edit_is_in_force_at_once_and_a_deletion_too(tmp_path: Path) -> None:
    known = synonyms(tmp_path, "car, auto")
    assert list(added(known, "car")) == ["auto"]
    before = known.table
    assert known.table is before  # not read again for nothing
    synonyms(tmp_path, "car, limo")
    os.utime(tmp_path / "synonyms.txt", ns=(1, 1))
    assert list(added(known, "car")) == ["limo"]
    (tmp_path / "synonyms.txt").unlink()
    assert added(known, "car") == {}


def test_bad_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = (
        b"# ours\n\ncar, auto # fine\nlonely\na => b => c\n,x\n\xff\xfe, y\ncar => car\nbus, coach"
    )
    known = synonyms(tmp_path, text, stopwords="the\ntwo words\n")
    assert list(added(known, "bus")) == ["coach"]
    assert list(added(known, "car")) == ["auto"]
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
    assert known.expand(["car"]) == [("car", 1.0)]
    assert known.table.problems == ()


@pytest.mark.parametrize("line", [",".join(f"w{i}" for i in range(40)), "a, " + "b " * 40])
def test_a_line_that_says_too_much_is_refused(tmp_path: Path, line: str) -> None:
    assert "more than" in synonyms(tmp_path, line).table.problems[0].reason


def test_a_query_grows_by_a_bounded_number_of_terms(tmp_path: Path) -> None:
    lines = [f"x => a{i} b{i} c{i}" for i in range(99)]
    assert len(added(synonyms(tmp_path, "\n".join(lines)), "x")) == MAX_ADDED_TERMS


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200) | st.text("ab,=># \n", max_size=60).map(str.encode))
def test_no_file_fails(tmp_path: Path, content: bytes) -> None:
    known = synonyms(tmp_path, content)
    assert known.expand(["a"])[0] == ("a", 1.0)
