"""Publishers' headline labels ("FACT CHECK:", "| Site name"), learned from the archive.

A label opens or ends many headlines of one publisher and says nothing about their subject: the
bodies below it hold its words no more often than the publisher's other bodies do. That tells
"Fact check: …" from "Coronavirus: …", whose bodies speak of the coronavirus.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from corpus.analysis.tokenizer import words
from corpus.models import Article

MIN_COUNT = 5  # headlines of a publisher that share a label: fewer may be chance
MIN_SHARE = 0.002  # of a publisher's headlines
MIN_PUBLISHERS = 3  # that share a label before it counts for publishers never seen
MAX_WORDS = 5  # of a label
MAX_LIFT = 0.35  # P(words in body | label) - P(words in body | no label); subjects reach .6 to 1
ROUNDS = 3  # labels stand before labels: "Site - Fact check: …"
BODY = 1500  # characters of a body that are looked at

_PREFIX = re.compile(r"^\W*([^:|–—?!.]{2,40}?)(\s*[:|–—]|\s+-|\s*[!?.](?=\s))\s+")
_SUFFIX = re.compile(r"(?:\s*\|\s*|\s+[-–—:]\s+|(?<=[?!.])\s+|:\s+)([^:|–—?!]{2,40})$")


def publisher_of(article: Article) -> str:
    """Return the publisher of ``article``, by the host of its address where it has no name."""
    return (article.publisher or urlsplit(article.url).netloc).casefold()


@dataclass(frozen=True, slots=True)
class _Labels:
    prefixes: frozenset[str]
    suffixes: frozenset[str]


class HeadlineLabels:
    """What to strip from headlines, by publisher."""

    def __init__(self, of: Mapping[str, _Labels]) -> None:
        """Use ``HeadlineLabels.learn`` or ``open``."""
        self._of = of
        common: dict[str, Counter[str]] = {"prefixes": Counter(), "suffixes": Counter()}
        for labels in of.values():
            common["prefixes"].update(labels.prefixes)
            common["suffixes"].update(labels.suffixes)
        self._common = _Labels(
            *(
                frozenset(label for label, n in common[side].items() if n >= MIN_PUBLISHERS)
                for side in ("prefixes", "suffixes")
            )
        )

    @staticmethod
    def learn(articles: Iterable[Article]) -> HeadlineLabels:
        """Return the labels of all publishers; the same articles give the same labels."""
        by_publisher: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for article in articles:
            body = f" {article.summary} {article.body[:BODY]} ".lower()
            by_publisher[publisher_of(article)].append((_spaced_label(article.headline), body))
        return HeadlineLabels(
            {
                publisher: labels
                for publisher, known in sorted(by_publisher.items())
                if (labels := _learn_labels(known)).prefixes or labels.suffixes
            }
        )

    def strip(self, headline: str, publisher: str) -> str:
        """Return ``headline`` without labels; unchanged where nothing else would be left."""
        own = self._of.get(publisher.casefold(), self._common)
        return _strip_labels(_spaced_label(headline), own.prefixes, own.suffixes)

    def labels(self, publisher: str) -> frozenset[str]:
        """Return the labels of ``publisher``, in folded words: never a word in common."""
        own = self._of.get(publisher.casefold(), self._common)
        return own.prefixes | own.suffixes

    def to_json(self) -> dict[str, Any]:
        """Return the labels as JSON values."""
        return {
            publisher: {"prefixes": sorted(of.prefixes), "suffixes": sorted(of.suffixes)}
            for publisher, of in self._of.items()
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> HeadlineLabels:
        """Return the labels that ``to_json`` returned."""
        return HeadlineLabels(
            {
                publisher: _Labels(frozenset(of["prefixes"]), frozenset(of["suffixes"]))
                for publisher, of in value.items()
            }
        )


def _learn_labels(known: list[tuple[str, str]]) -> _Labels:
    prefixes: set[str] = set()
    suffixes: set[str] = set()
    for _ in range(ROUNDS):
        rest = [(_strip_labels(headline, prefixes, suffixes), body) for headline, body in known]
        more_prefixes = _frequent_labels(rest, _PREFIX)
        more_suffixes = _frequent_labels(rest, _SUFFIX)
        if not more_prefixes and not more_suffixes:
            break
        prefixes |= more_prefixes
        suffixes |= more_suffixes
    return _Labels(frozenset(prefixes), frozenset(suffixes))


def _frequent_labels(known: list[tuple[str, str]], pattern: re.Pattern[str]) -> set[str]:
    """Return the openings or endings that many headlines share and that are no subjects."""
    bodies: dict[str, list[str]] = defaultdict(list)
    for headline, body in known:
        if match := pattern.search(headline):
            bodies[_label_key(match.group(1))].append(body)
    least = max(MIN_COUNT, MIN_SHARE * len(known))
    found = set()
    for key, below in bodies.items():
        if not key or len(below) < least or len(key.split()) > MAX_WORDS:
            continue
        said = re.compile(r"\b" + r"\W+".join(map(re.escape, key.split())) + r"\b")
        with_label = sum(said.search(body) is not None for body in below)
        everywhere = sum(said.search(body) is not None for _, body in known)
        others = max(len(known) - len(below), 1)
        lift = with_label / len(below) - (everywhere - with_label) / others
        if lift <= MAX_LIFT or len(below) >= 0.9 * len(known):
            found.add(key)
    return found


def _strip_labels(headline: str, prefixes: Iterable[str], suffixes: Iterable[str]) -> str:
    for _ in range(ROUNDS):
        before = headline
        if (match := _PREFIX.search(headline)) and _label_key(match.group(1)) in prefixes:
            headline = headline[match.end() :]
        if (match := _SUFFIX.search(headline)) and _label_key(match.group(1)) in suffixes:
            headline = headline[: match.start()]
        if not headline.strip():
            return before
        if headline == before:
            break
    return headline.strip()


def _label_key(label: str) -> str:
    return " ".join(words(label))


def _spaced_label(text: str) -> str:
    return " ".join(text.split())
