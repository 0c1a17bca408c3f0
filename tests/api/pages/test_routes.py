from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import escape
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from api.pages.rendering import STATIC, page_environment
from corpus.models import Article, Notice
from corpus.readers import read
from corpus.verdicts import Ruling, verdict_ruling
from tests.api.fake_backend import COFFEE, EVIL, HOSTILE, OLD_TEA, TEA, FakeBackend, make_client


class Page(HTMLParser):
    """The elements of a page in order, as (tag, attributes), and all its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def values(self, name: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(name))]


def get(path: str, backend: FakeBackend | None = None, status: int = 200) -> Page:
    response = make_client(backend).get(path, headers={"accept": "text/html"})
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Page(response.text)


PATHS = (
    "/",
    "/?q=tea",
    "/?q=evil&sort=date",
    f"/?topic={HOSTILE}",
    "/?q=nothing",
    f"/articles/{TEA.id}",
    f"/articles/{EVIL.id}",
    f"/articles/{OLD_TEA.id}",
    "/docs",
)


@pytest.mark.parametrize("path", PATHS)
def test_hostile_text_becomes_no_element_no_script_and_no_address(path: str) -> None:
    page = get(path)
    for tag, attrs in page.elements:
        assert not [name for name in attrs if name.startswith("on") or name == "style"]
        assert tag not in ("style", "iframe", "base", "img")
        if tag == "script" and attrs.get("type") != "application/ld+json":  # which is no script
            assert re.match(r"/(static|docs-assets)/", attrs["src"] or "")
    for address in [*page.values("href"), *page.values("src"), *page.values("action")]:
        assert re.match(r"(/(?!/)|#|https://|http://testserver/)", address), address


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_landmarks_a_skip_link_one_h1_and_unique_ids(path: str) -> None:
    page = get(path)
    tags = [tag for tag, _ in page.elements]
    for tag in ("header", "main", "footer", "title", "h1"):
        assert tag in tags
    assert (tags.count("main"), tags.count("h1")) == (1, 1)
    assert page.values("href").index("#main") < page.values("href").index("/")
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    labelled = [a["for"] for tag, a in page.elements if tag == "label"]
    assert labelled in (["q"], ["q", "from", "to"])
    assert set(labelled) <= set(ids)


def test_the_front_page_offers_what_the_archive_holds() -> None:
    page = get("/")
    assert "Search 6 fact checks. They lead to 5 questions." in page.text
    assert "/?q=Tea+takes" in " ".join(page.values("href")).replace("%20", "+")
    assert f"/articles/{TEA.id}" in page.values("href")


def test_results_show_verdict_date_and_marked_words() -> None:
    page = get("/?q=tea&topic=food")
    assert "2 fact checks" in page.text
    assert "Verdict: False" in page.text
    assert "9 March 2024" in page.text
    assert "mark" in [tag for tag, _ in page.elements]
    assert ("name", "topic") in [
        pair for tag, attrs in page.elements if tag == "input" for pair in attrs.items()
    ]


def test_a_facet_link_adds_its_value_and_a_chosen_one_lets_go() -> None:
    assert "/?q=tea&topic=food" in get("/?q=tea").values("href")
    links = get("/?q=tea&topic=food&offset=0").values("href")
    assert "/?q=tea" in links
    assert "/?q=tea&topic=food&topic=words" in links


def test_more_pages_are_linked_both_ways() -> None:
    rels = {
        attrs["rel"]: attrs["href"]
        for tag, attrs in get("/?q=a&limit=1&offset=1").elements
        if tag == "a" and "rel" in attrs
    }
    assert rels == {"prev": "/?q=a&limit=1", "next": "/?q=a&limit=1&offset=2"}


def test_a_better_spelling_is_a_link() -> None:
    page = get("/?q=tee")
    assert "Did you mean tea ?" in page.text
    assert "/?q=tea" in page.values("href")


def test_a_quoted_phrase_is_a_link_to_the_search_without_marks() -> None:
    page = get("/?q=%22tea+cosy%22&topic=food")
    assert "Search without the quotation marks" in page.text
    assert "/?q=tea+cosy&topic=food" in page.values("href")
    assert "quotation marks" not in get("/?q=tea").text
    assert make_client().get('/v1/search?q="tea cosy"').json()["without_quotes"] == "tea cosy"


def test_what_was_not_understood_is_said_as_text() -> None:
    assert f"{HOSTILE} is no date" in get("/?q=evil").text
    assert make_client().get("/v1/search?q=evil").json()["notes"] == [f"{HOSTILE} is no date"]


def test_empty_and_foreign_parameters_of_a_page_are_passed_over() -> None:
    backend = FakeBackend()
    get("/?q=tea&date_from=&utm_source=x", backend)
    assert backend.searches[0].text == "tea"
    page = get("/?q=tea&limit=900", status=422)
    assert 'limit is "900"' in page.text


def test_an_article_links_its_citations_to_its_sources() -> None:
    page = get(f"/articles/{TEA.id}")
    assert {"section-0", "section-1", "section-2", "source-1", "source-2"} <= set(page.values("id"))
    assert page.values("href").count("#source-2") == 2
    assert "#source-9" not in page.values("href")
    assert "https://leaf.example/2019" in page.values("href")


def test_five_questions_stand_under_dive_deeper() -> None:
    page = get(f"/articles/{TEA.id}")
    assert page.values("class").count("question") == 5 + 2  # and two related articles
    assert f"/articles/{COFFEE.id}#section-1" in page.values("href")
    assert "Does iced tea count as well? not answered yet" in page.text
    assert "same topic" in page.text
    assert "contradicts" in page.text


def test_the_reasons_of_a_suggestion_wait_until_they_are_asked_for() -> None:
    page = get(f"/articles/{TEA.id}")
    assert "Why this question? asked by 2 other articles" in page.text
    assert "answered by" not in page.text  # the line below the question says it
    assert "Why this article? shares water" in page.text
    folded = [attrs for tag, attrs in page.elements if tag == "details"]
    assert len(folded) == 3  # those without reasons have nothing to unfold
    assert not any("open" in attrs for attrs in folded)


def test_a_superseded_article_says_so_and_links_to_its_successor() -> None:
    page = get(f"/articles/{OLD_TEA.id}")
    assert "There is a newer check." in page.text
    assert f"/articles/{TEA.id}" in page.values("href")


def test_a_correction_that_the_text_lacks_stands_above_it() -> None:
    notice = Notice("correction", "It was <b>green</b> tea.", date(2026, 4, 1))
    corrected = replace(TEA, notices=(notice,))
    text = " ".join(get(f"/articles/{TEA.id}", FakeBackend((corrected,))).text.split())
    assert "Correction, 1 April 2026 : It was <b>green</b> tea." in text  # as text, not as tags
    assert text.index("It was <b>green") < text.rindex("Tea takes more water")


def test_an_article_is_readable_before_the_index_is_built() -> None:
    assert TEA.headline in get(f"/articles/{TEA.id}", FakeBackend(index=False)).text
    assert "being built" in get("/", FakeBackend(index=False)).text
    assert "being built" in get("/?q=tea", FakeBackend(index=False), 503).text


def test_the_front_page_of_an_empty_archive_says_how_to_fill_it() -> None:
    assert "divedeeper ingest" in get("/", FakeBackend(())).text


def test_errors_are_pages_for_people() -> None:
    assert "No published article has the id" in get("/articles/nope", status=404).text
    assert "Not found" in get("/nowhere", status=404).text
    broken = get("/", FakeBackend(broken=True), status=500)
    assert "secret" not in broken.text


def test_pages_answer_head_and_forbid_inline_script() -> None:
    client = make_client()
    for path in ("/", f"/articles/{TEA.id}", "/docs"):
        response = client.head(path)
        assert response.status_code == 200
        policy = response.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


def test_the_script_never_makes_markup_of_data() -> None:
    for script in STATIC.glob("*.js"):
        text = script.read_text()
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)
        assert "://" not in text  # no other host


def test_static_files_name_no_other_host() -> None:
    assert "url(" not in (STATIC / "page.css").read_text()
    for name in ("page.css", "completions.js", "docs.js", "icon.svg"):
        assert make_client().get(f"/static/{name}").status_code == 200


SAMPLE = [a.verdict for a in read(Path(str(files("corpus") / "sample"))) if isinstance(a, Article)]
WORDS = ["Barely true", "Satire", "Miscaptioned", "No evidence", "Falsch", "Trompeur", "सच", "مضلل"]


@pytest.mark.parametrize("verdict", sorted({*SAMPLE, *WORDS, "Legend", "<b>"} - {""}))
def test_the_colour_of_a_verdict_is_its_ruling(verdict: str) -> None:
    page = page_environment("en").from_string(
        '{% import "macros.html" as macros with context %}{{ macros.badge(verdict, "en") }}'
    )
    badge = page.render(verdict=verdict).strip()
    assert badge.startswith(f'<span class="badge {verdict_ruling(verdict) or ""}">')
    assert badge.endswith(f"</span>{escape(verdict)}</span>")


def test_every_ruling_has_a_colour_of_its_own() -> None:
    css = (STATIC / "page.css").read_text()
    for ruled in get_args(Ruling):
        assert f".badge.{ruled} {{ background: var(--{ruled}-bg); color: var(--{ruled}); }}" in css


def test_text_has_the_contrast_that_wcag_aa_asks_for() -> None:
    css = (STATIC / "page.css").read_text()
    light, dark = css.split("@media", 1)
    for part in (light, dark.split("\n}\n", 1)[0]):
        colour = dict(
            line.strip(" ;-").split(": ")
            for line in part.splitlines()
            if line.strip().endswith(";") and ": #" in line
        )
        for text, ground in [
            ("ink", "paper"),
            ("ink", "raised"),
            ("ink", "mark"),
            ("ink", "mixed-bg"),
            ("quiet", "paper"),
            ("quiet", "raised"),
            ("link", "paper"),
            ("link", "raised"),
            ("link", "mixed-bg"),
            ("false", "false-bg"),
            ("true", "true-bg"),
            ("mixed", "mixed-bg"),
            ("unproven", "unproven-bg"),
        ]:
            assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground)
        assert contrast(colour["focus"], colour["paper"]) >= 3


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_a_range_of_days_is_a_form_that_keeps_the_rest_of_the_search() -> None:
    backend = FakeBackend()
    page = (
        make_client(backend)
        .get("/?q=tea&topic=food&date_from=2024-01-01&date_to=2024-12-31&offset=0")
        .text
    )
    form = page[page.index('<form class="days"') :]
    form = form[: form.index("</form>")]
    assert 'name="date_from" value="2024-01-01"' in form
    assert 'name="date_to" value="2024-12-31"' in form
    assert 'name="q" value="tea"' in form
    assert 'name="topic" value="food"' in form
    found = backend.searches[0].filters
    assert (str(found.date_from), str(found.date_to)) == ("2024-01-01", "2024-12-31")


def test_a_period_lets_a_range_of_days_go_and_no_period_is_chosen_beside_one() -> None:
    page = make_client().get("/?q=tea&date_from=2024-01-01").text
    assert 'href="/?q=tea&amp;date=last+30+days"' in page
    assert "Any time" in page
    chosen = page[page.index("Any time") - 80 : page.index("Any time")]
    assert "aria-current" not in chosen


def test_a_range_without_days_is_no_range() -> None:
    backend = FakeBackend()
    assert make_client(backend).get("/?q=tea&date_from=&date_to=").status_code == 200
    assert backend.searches[0].filters.date_from is None
