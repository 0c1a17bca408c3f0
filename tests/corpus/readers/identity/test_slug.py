"""An id stands safely in a path, and a headline is made of a slug only where it has words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.identity.slug import (
    MAX_SLUG_CHARACTERS,
    headline_from_slug,
    slug,
    slug_from_file_name,
    slug_from_url,
)


def test_an_id_stands_safely_in_a_path() -> None:
    assert slug("../a b/ç?.txt") == "a-b-ç-.txt"
    assert slug("?") == slug("") == slug("..") == ""


@given(st.text())
def test_any_text_gives_a_slug_that_is_its_own_slug(text: str) -> None:
    found = slug(text)
    assert len(found) <= MAX_SLUG_CHARACTERS
    assert re.fullmatch(r"[\w.~-]*", found)
    assert found not in (".", "..")
    assert slug(found) == found


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x/do-trams-fly.html?a=1#b", "do-trams-fly"),
        ("https://a.example/x/do-trams-fly/", "do-trams-fly"),
        ("https://a.example/x/%2e%2e%2Fetc/", "etc"),
        ("https://a.example/", ""),
        ("https://a.example", ""),
        ("https://a.example/x/index.php", "x"),
        ("https://a.example/12345/amp", "12345"),
        ("https://a.example/index.php", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_the_last_part_of_an_address_is_the_slug(url: str, expected: str) -> None:
    assert slug_from_url(url) == expected


def test_a_file_loses_folder_and_extension() -> None:
    assert slug_from_file_name("pages/do trams fly.txt") == "do-trams-fly"
    assert slug_from_file_name("a.tar.md") == "a.tar"
    assert slug_from_file_name("") == ""


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("03-do-trams-fly-0a1b2c", "Do trams fly"),
        ("do_trams.fly~now", "Do trams fly now"),
        ("do-trams-fly-2024", "Do trams fly 2024"),
        ("tram", ""),
        ("page-17", ""),
        ("untitled-document", ""),
        ("9f8e7d6c5b4a", ""),
        ("1-2-3", ""),
        ("", ""),
    ],
)
def test_a_headline_is_made_of_words(text: str, headline: str) -> None:
    assert headline_from_slug(text) == headline


@given(st.text())
def test_a_headline_begins_with_no_small_letter(text: str) -> None:
    found = headline_from_slug(text)
    assert found == "" or (found[0] == found[0].upper()[0] and " " in found)
