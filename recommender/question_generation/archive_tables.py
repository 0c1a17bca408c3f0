"""What an archive teaches about its own language: headline labels, casing, articles of nouns.

A build learns them once and writes them into the generation; its workers, and the next builds as
long as little changes, open them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from corpus.models import Article
from corpus.readers.field_values import field_language_code
from index.storage.json_files import open_json, save_json
from recommender.grammar.casing import CasingTable
from recommender.grammar.nouns import NounTable
from recommender.question_generation.labels import HeadlineLabels

_NAME = "question-tables"


def is_english(article: Article) -> bool:
    """Return whether an article is in English, of any region: the grammar knows no other."""
    return field_language_code(article.language, default="") == "en"


@dataclass(frozen=True, eq=False, slots=True)
class ArchiveTables:
    """Labels of publishers, casing of words, and articles of nouns, each as the archive has it."""

    labels: HeadlineLabels
    casing: CasingTable
    nouns: NounTable

    @classmethod
    def learn(cls, articles: Collection[Article]) -> ArchiveTables:
        """Return the tables of the English ones of ``articles``."""
        english = [a for a in articles if is_english(a)]
        return cls(
            HeadlineLabels.learn(articles),
            CasingTable.learn(a.body for a in english),
            NounTable.learn(a.body for a in english),
        )

    def save(self, folder: Path) -> None:
        """Write the tables into ``folder``, as one JSON file of some megabytes."""
        value = {name: getattr(self, name).to_json() for name in ("labels", "casing", "nouns")}
        save_json(folder, _NAME, value)

    @classmethod
    def open(cls, folder: Path) -> ArchiveTables:
        """Return the tables in ``folder``; ArchiveError where they are missing or damaged."""
        value = open_json(folder, _NAME, "labels", "casing", "nouns")
        return cls(
            HeadlineLabels.from_json(value["labels"]),
            CasingTable(**value["casing"]),
            NounTable(**value["nouns"]),
        )
