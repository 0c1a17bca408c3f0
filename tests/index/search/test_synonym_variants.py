"""A synonym finds what the word itself would, a little further down, with scores like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article, Section
from index.build import build_index
from index.query.synonyms import Synonyms
from index.search.reader import IndexReader
from index.search.retrieval import Retrieval
from index.search.searcher import Searcher
from index.search.synonym_variants import SYNONYM_PENALTY
from index.types import SearchRequest

SYNONYMS = """
jab, shot => vaccine
chemo => chemotherapy
nuke, nuclear bomb
mobile, cell phone, phone
wi-fi, wireless network
flittermouse => bat
"""
ARTICLES = [
    Article(id, headline, sections=(Section("", text),))
    for id, headline, text in (
        ("vaccine", "Does the flu vaccine cause flu?", "The vaccine cannot cause flu."),
        ("jab", "Is the jab for sheep painful?", "The jab for sheep is quick."),
        ("chemo", "Does chemotherapy poison nurses?", "Chemotherapy is handled with gloves."),
        ("bomb", "Was a nuclear bomb lost at sea?", "A nuclear bomb was lost in 1958."),
        ("nuke", "Can a nuke stop a storm?", "No nuke can."),
        ("phone", "Do phones pop corn?", "No phone pops corn."),
        ("cell", "Is a cell phone a torch?", "A cell phone is one."),
        ("net", "Does a wireless network harm trees?", "A wireless network harms no tree."),
        ("bat", "Are bats blind?", "No bat is blind."),
        ("sea", "Is the sea salty?", "The sea is salty, and the flu is not."),
    )
]


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    (tmp_path / "synonyms.txt").write_text(SYNONYMS)
    build_index(ARTICLES, tmp_path / "index")
    return Searcher(Retrieval(IndexReader(tmp_path / "index")), Synonyms(tmp_path))


def found(searcher: Searcher, text: str) -> dict[str, float]:
    return {h.id: h.score for h in searcher.search(SearchRequest(text)).hits}


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("flu jab", ["vaccine"]),
        ("flu shot", ["vaccine"]),
        ("chemo nurses", ["chemo"]),
        ("nuke lost at sea", ["bomb"]),
        ("nuclear bomb storm", ["nuke"]),
        ("mobile corn", ["phone"]),
        ("phone torch", ["cell"]),
        ("wi-fi trees", ["net"]),
        ("wifi trees", ["net"]),
        ("flittermouse blind", ["bat"]),
        ("jab", ["jab", "vaccine"]),
        ("nuke", ["nuke", "bomb"]),
    ],
)
def test_the_expected_article_comes_first_and_the_typed_word_before_its_synonym(
    searcher: Searcher, typed: str, order: list[str]
) -> None:
    assert list(found(searcher, typed))[: len(order)] == order


@pytest.mark.parametrize("typed", ["flittermouse", "chemo", "mobile", "flu jab", "nuke at sea"])
def test_scores_stay_in_the_range_of_others_and_explain_themselves(
    searcher: Searcher, typed: str
) -> None:
    result = searcher.search(SearchRequest(typed, explain=True))
    assert result.hits
    for hit in result.hits:
        assert -5.0 < hit.score < 10.0
        assert hit.explanation is not None
        assert sum(hit.explanation.contributions.values()) == pytest.approx(hit.score, abs=1e-3)


def test_a_synonym_counts_a_little_less_than_the_word(searcher: Searcher) -> None:
    typed, synonym = found(searcher, "bat")["bat"], found(searcher, "flittermouse")["bat"]
    assert synonym == pytest.approx(typed - SYNONYM_PENALTY, abs=1e-4)


def test_a_snippet_marks_the_synonym(searcher: Searcher) -> None:
    [hit, *_] = searcher.search(SearchRequest("flu jab")).hits
    assert hit.terms["vaccin"] < hit.terms["flu"] * 3
    assert "vaccin" in hit.terms
