"""JSON-LD of a page is read as sites write it, mended where they err."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from corpus.readers.html.json_ld import article_object, json_ld_documents, objects_of_page


def documents(*scripts: str) -> list[object]:
    html = "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts)
    return list(json_ld_documents(LexborHTMLParser(f"<html><head>{html}</head></html>")))


@pytest.mark.parametrize(
    "script",
    [
        '{"a": 1}',
        ' <!-- {"a": 1} --> ',
        '//<![CDATA[\n{"a": 1}\n//]]>',
        '{"a": 1,}',
    ],
)
def test_what_sites_get_wrong_is_mended(script: str) -> None:
    assert documents(script) == [{"a": 1}]


def test_raw_line_breaks_in_texts_are_spaces_and_what_is_no_json_is_left_out() -> None:
    assert documents('{"a": "b\nc"}', "{a: 1}") == [{"a": "b c"}]


def test_references_are_replaced_by_what_they_name() -> None:
    graph = {
        "@graph": [
            {"@type": "WebPage", "@id": "#page"},
            {"@type": "NewsArticle", "headline": "A?", "author": [{"@id": "#ann"}]},
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
        ]
    }
    found = article_object(objects_of_page([graph]))
    assert found["headline"] == "A?"
    assert found["author"] == [{"@type": "Person", "@id": "#ann", "name": "Ann Lee"}]
    assert article_object([]) == {}
