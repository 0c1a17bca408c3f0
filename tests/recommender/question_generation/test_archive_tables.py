from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import ArchiveError
from corpus.models import Article, Section
from recommender.question_generation.archive_tables import ArchiveTables

BODY = "They spoke of rain, of rain and of corn. It was said that the mayor met a British king."
HEADLINES = [
    f"FACT CHECK: {what}"
    for what in ("Rain in Ulm", "Corn in Bern", "Owls at noon", "Bats at sea", "Mills for sale")
]
ARTICLES = [
    Article(f"a{n}", HEADLINES[n % 5], sections=(Section("", BODY),), publisher="Ulm Checks")
    for n in range(20)
]


@pytest.fixture(scope="module")
def tables() -> ArchiveTables:
    return ArchiveTables.learn(ARTICLES)


def test_each_table_is_learned_from_the_archive(tables: ArchiveTables) -> None:
    assert tables.labels.strip("FACT CHECK: Owls in Ulm", "Ulm Checks") == "Owls in Ulm"
    assert tables.casing.form("british") == "British"
    assert not tables.nouns.needs_article("rain")


def test_casing_and_nouns_are_those_of_english_articles_only() -> None:
    german = [replace(a, language="de") for a in ARTICLES]
    tables = ArchiveTables.learn(german)
    assert tables.casing.form("british") is None
    assert tables.nouns.needs_article("rain")
    assert tables.labels.strip("FACT CHECK: Owls in Ulm", "Ulm Checks") == "Owls in Ulm"


def test_saved_tables_are_read_as_they_were(tables: ArchiveTables, tmp_path: Path) -> None:
    tables.save(tmp_path)
    again = ArchiveTables.open(tmp_path)
    assert again.labels.to_json() == tables.labels.to_json()
    assert again.casing.to_json() == tables.casing.to_json()
    assert again.nouns.to_json() == tables.nouns.to_json()


def test_missing_or_partial_tables_are_an_archive_error(
    tables: ArchiveTables, tmp_path: Path
) -> None:
    with pytest.raises(ArchiveError, match="is missing"):
        ArchiveTables.open(tmp_path)
    tables.save(tmp_path)
    file = next(tmp_path.iterdir())
    file.write_text('{"labels": {}, "casing": {}}', encoding="utf-8")
    with pytest.raises(ArchiveError, match="nouns"):
        ArchiveTables.open(tmp_path)


OTHER_BODY = "The mayor of Ulm met a farmer, and the farmer sold a bridge to a bank in Ulm. " * 3
OTHER_ARTICLES = [
    Article(f"a{n}", "Bridge", sections=(Section("", OTHER_BODY),)) for n in range(12)
]


def test_tables_are_stored_and_opened(tmp_path: Path) -> None:
    tables = ArchiveTables.learn(OTHER_ARTICLES)
    tables.save(tmp_path)
    again = ArchiveTables.open(tmp_path)
    assert again.casing.form("ULM") == tables.casing.form("Ulm") == "Ulm"
    assert again.casing.sentence_case("Farmer Sold Bridge In Ulm", OTHER_BODY) == (
        "farmer sold bridge in Ulm"
    )
    assert again.nouns.to_json() == tables.nouns.to_json()
    assert again.labels.to_json() == tables.labels.to_json()
