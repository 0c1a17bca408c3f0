"""Pages of every shape become whole articles, and any text an article or a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.models import Article, BadRecord, Section, Source
from corpus.readers.page.reader import MAX_PAGE_BYTES, read_page

PAGES = Path(__file__).parent / "pages"
EXPECTED = json.loads((PAGES / "expected.json").read_text())
HEAD = "Fact check: Do trams fly?\n"


def page(text: str, name: str = "some-page.txt") -> Article:
    article = read_page(text, name=name)
    assert isinstance(article, Article), article
    return article


def refusal(text: str, name: str = "some-page.txt") -> BadRecord:
    bad = read_page(text, name=name)
    assert isinstance(bad, BadRecord)
    return bad


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: str(e["file"]))
def test_every_shape_of_page_is_read_whole(expected: dict[str, object]) -> None:
    name = str(expected["file"])
    found = read_page((PAGES / name).read_text(), name=name)
    if "reason" in expected:
        assert isinstance(found, BadRecord)
        assert (found.file, found.line, found.reason) == (name, 1, expected["reason"])
        return
    assert isinstance(found, Article)
    assert found.id == expected.get("id", name.removesuffix(".txt"))
    assert found.headline == expected["headline"]
    assert (found.checked_on.isoformat() if found.checked_on else None) == expected["checked_on"]
    assert [s.heading for s in found.sections] == expected["headings"]
    assert len(found.followups) == expected["followups"]
    assert all(q.endswith("?") for q in found.followups)
    assert found.summary == expected["summary"]
    whole = f"{found.headline} {found.summary} {found.body}"
    for furniture in ("Loading", "Whether you agree", "outdated", "helpful", "**", "](", "<a", "•"):
        assert furniture not in whole


def test_every_page_beside_the_expectations_is_expected() -> None:
    assert {e["file"] for e in EXPECTED} == {p.name for p in PAGES.glob("*.txt")}


def test_front_matter_and_sources_fill_the_fields() -> None:
    found = page((PAGES / "25_sources_listed.txt").read_text())
    assert (found.topic, found.verdict, found.claimant) == ("transport", "False", "A poster")
    assert found.claim == "Brackle: trams run all night"
    assert (found.publisher, found.language, found.published) == ("Tidings", "en", False)
    assert found.supersedes == ("night-tram-2024", "night-tram-2023")
    assert found.sources == (
        Source(1, 'Brackle Tram, "Timetable of 2025"', "https://tram.example/times.pdf"),
        Source(2, "Town of Brackle, Annual report (second edition), 2024."),
        Source(3, "https://tram.example/c", "https://tram.example/c"),
    )
    assert found.sections[0].text.endswith("\n1. the tram\n2. the bus\n3. the walk")


def test_a_linked_citation_is_a_source_where_none_is_listed() -> None:
    found = page((PAGES / "23_front_matter_and_markdown.txt").read_text())
    assert [(s.number, s.url) for s in found.sources] == [
        (2, "https://tram.example/c"),
        (3, "https://tram.example/a"),
        (4, "https://tram.example/b"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t\n", "empty"),
        ("a\0b", "not text"),
        ("<p>" + "<div>" * 5_000, "within each other"),
        (HEAD + "x" * MAX_PAGE_BYTES, "over 2 MB"),
        (HEAD + "é" * (MAX_PAGE_BYTES // 2), "over 2 MB"),
    ],
)
def test_what_is_no_page_is_refused_with_its_reason(text: str, reason: str) -> None:
    assert reason in refusal(text).reason


@pytest.mark.parametrize("name", ["", "index.txt", "12.txt", "page-17.txt", "9f8e7d6c5b4a.txt"])
def test_a_page_without_headline_or_telling_name_is_refused(name: str) -> None:
    text = "1. Summary of the results\nNothing flies [1]."
    assert refusal(text, name).reason == "the page has no headline"


def test_a_headline_comes_from_the_address_before_the_file() -> None:
    url = "https://tidings.example/a/do-trams-fly-0a1b2c.html"
    text = f"---\nurl: {url}\n---\n1. Summary of results\nNo."
    found = page(text, "12345.txt")
    assert (found.id, found.headline) == ("do-trams-fly-0a1b2c", "Do trams fly")


def test_an_unclear_published_is_refused_at_its_line() -> None:
    bad = refusal("---\ntopic: x\npublished: perhaps\n---\n" + HEAD)
    assert (bad.line, bad.remedy) == (3, "Write published: true or published: false")


def test_a_list_inside_a_section_opens_no_section() -> None:
    found = page(HEAD + "1. One\nText.\n1. a\n2. b\n3. c\n2. Two\nText.\n1. only\n3. Three\nEnd.")
    assert [s.heading for s in found.sections] == ["One", "Two", "Three"]
    assert found.sections[0].text == "Text.\n1. a\n2. b\n3. c"


def test_a_decimal_number_is_no_glued_heading() -> None:
    text = HEAD + "1. One\nIt rose by 3.2. People [4] paid 1.2. The rest: see 5.\n2. Two\nEnd."
    assert [s.heading for s in page(text).sections] == ["One", "Two"]


def test_two_headings_glued_to_one_line_are_both_found() -> None:
    text = HEAD + "1. Summary of the results\nNo [1].2. What is left out No [2].3. What else\nEnd."
    found = page(text)
    assert found.sections[0].heading == "Summary of the results"
    assert found.sections[-1].text.endswith("End.")
    flat = page(HEAD + "1. Summary of the results No. 2. Missing context/alternative viewpoints A.")
    assert [s.heading for s in flat.sections] == [
        "Summary of the results",
        "Missing context/alternative viewpoints",
    ]
    assert flat.summary == "No."


def test_a_heading_that_only_begins_like_a_known_one_keeps_its_words() -> None:
    text = (
        HEAD
        + "1. Summary of the results: no trams fly\nNo.\n"
        + "2. Potential misinformation and who gains\nX."
    )
    assert [s.heading for s in page(text).sections] == [
        "Summary of the results: no trams fly",
        "Potential misinformation and who gains",
    ]


def test_text_under_a_headline_without_marks_is_kept() -> None:
    bare = page("Do trams fly?\n\nThey do not.\nNobody saw one.")
    assert (bare.headline, bare.summary) == ("Do trams fly?", "")
    assert bare.sections == (Section("", "They do not.\nNobody saw one."),)
    led = page("Do trams fly?\nThey do not.\n1. Why\nWheels.")
    assert (led.summary, led.sections) == ("They do not.", (Section("Why", "Wheels."),))


def test_markdown_headings_without_number_are_sections() -> None:
    found = page("# Do trams fly?\n## Short\nNo.\n## Long\nNo, never.")
    assert [s.heading for s in found.sections] == ["Short", "Long"]


def test_followups_end_at_the_footer_and_are_not_repeated() -> None:
    found = page(
        HEAD + "Want to dive deeper?\n1. Do buses fly?\n- Do buses fly?\nDo cars?\nBlog\nFAQ"
    )
    assert found.followups == ("Do buses fly?", "Do cars?")


def test_a_hostile_address_does_not_reach_the_article() -> None:
    text = "---\nurl: javascript:alert(1)\n---\n" + HEAD + "Sources\n[1] A book javascript:alert(2)"
    found = page(text)
    assert found.url == ""
    assert [s.url for s in found.sources] == [""]


def test_a_headline_is_bounded() -> None:
    assert len(page("Fact check: " + "word " * 1000).headline) <= 500


@given(st.text())
@example(HEAD + "2. Missing context " * 5000)
@example(HEAD + "a.1. x\n2. y\n" * 500)
@example("---\nurl: https://[\n---\nA b")
@example("Fact check:")
@example("Fact check: \ud800 half")
@example("# \n## \n- \n1. \n[1]\n.")
def test_any_text_gives_an_article_or_a_reason(text: str) -> None:
    found = read_page(text, name="do-trams-fly.txt")
    if isinstance(found, Article):
        assert found.id
        assert found.headline.strip()
        found.headline.encode()
        found.body.encode()
    else:
        assert found.reason
        assert found.remedy


MARKS = st.sampled_from(
    [
        *("Fact check: Is it so?", "Checked on May 5, 2025", "Executive Summary", "Sources"),
        *("1. Summary of the results", "2. Missing context/alternative viewpoints", "1. One"),
        *("2. Two", "- 3. Three", "**3. Three**", "end [1].2. Two", "Want to dive deeper?"),
        *("Why is it so?", "[1] A book", "## Four", "# Is it so?", "---", "published: no", "•", ""),
    ]
)


@given(st.lists(MARKS).map("\n".join))
def test_marks_in_any_order_never_break_the_reader(text: str) -> None:
    found = read_page(text, name="")
    assert isinstance(found, Article | BadRecord)
    assert found == read_page(text, name="")
