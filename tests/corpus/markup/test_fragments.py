"""HTML gives the text that a reader sees, in sections, and the links of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.markup.fragments import MAX_PARSED_DEPTH, check_nesting, html_text
from corpus.models import Section


def test_headings_open_sections_and_blocks_are_lines() -> None:
    found = html_text(
        "Above<h2>First <em>part</em></h2><p>One.</p><p>Two<br>three.</p>"
        "<ul><li>a</li><li><p>b</p></li></ul><blockquote><p>Said.</p></blockquote>"
    )
    assert found.sections == (
        Section("", "Above"),
        Section("First part", "One.\nTwo\nthree.\n- a\n- b\nSaid."),
    )
    assert found.text == "Above\nFirst part\nOne.\nTwo\nthree.\n- a\n- b\nSaid."


def test_a_table_is_a_line_for_each_row() -> None:
    html = "<table><tr><th>Year</th><th>Trams</th></tr><tr><td>2020</td><td></td></tr></table>"
    assert html_text(html).text == "Year | Trams\n2020"


def test_links_keep_their_words_and_their_address_is_told() -> None:
    found = html_text(
        'A <a href="https://tram.example/a">long <b>study</b></a>. <a href="/x">b</a>'
    )
    assert found.text == "A long study. b"
    assert found.links == (("long study", "https://tram.example/a"),)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<nav><a href='/'>Home</a></nav>",
        "<form><button>Send</button></form>",
        "<p hidden>secret</p>",
        "<div aria-hidden='true'>x</div>",
        "<div class='sharedaddy sd-sharing'>Share this</div>",
        "<figure class='wp-block-embed'><p>embedded</p></figure>",
        "<figure><img src='https://a.example/x.png'><figcaption>Trams</figcaption></figure>",
        "<!-- wp:paragraph -->",
        '[caption id="1" width="300"]<img src="a.png"> A tram[/caption]',
        '[gallery ids="1,2"]',
        "[vc_row][/vc_row]",
        "<p>Read more »</p>",
        "<p>Weiterlesen</p>",
    ],
)
def test_what_is_no_text_of_the_article_is_left_out(html: str) -> None:
    assert html_text(f"<p>Before.</p>{html}<p>After.</p>").text == "Before.\nAfter."


def test_citations_in_brackets_stay() -> None:
    assert html_text("<p>Trams are slow [1], says a study [2].</p>").text == (
        "Trams are slow [1], says a study [2]."
    )


def test_preformatted_lines_stay_lines() -> None:
    assert html_text("<pre>one\ntwo</pre>").text == "one\ntwo"


def test_too_deep_a_nesting_is_refused_at_once() -> None:
    start = time.monotonic()
    with pytest.raises(ValueError, match="within each other"):
        html_text("<div>" * 200_000)
    assert time.monotonic() - start < 1
    check_nesting("<p>" * 50_000)  # paragraphs close each other
    check_nesting("<div></div>" * MAX_PARSED_DEPTH)


@given(st.text(st.sampled_from("<>/[]abp =\"'&;#1")))
def test_any_text_has_a_text(html: str) -> None:
    assert isinstance(html_text(html).text, str)
