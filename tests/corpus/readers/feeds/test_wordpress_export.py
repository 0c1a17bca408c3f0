"""A WordPress export gives its posts, each with its state; pages and pictures are counted."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from corpus.models import BadRecord
from corpus.readers.feeds.wordpress_export import read_wordpress_export
from corpus.readers.record import LeftOut, LocatedArticle, ReadOptions, Record

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Tram Desk</title><language>en-GB</language>
<wp:base_blog_url>https://desk.example</wp:base_blog_url>
<wp:author><wp:author_login>ann</wp:author_login><wp:author_email>a@b.example</wp:author_email>
<wp:author_display_name><![CDATA[Ann Lee]]></wp:author_display_name></wp:author>"""


def item(n: int, status: str = "publish", kind: str = "post", more: str = "") -> str:
    return f"""<item><title>Do trams fly {n}?</title><link>https://desk.example/trams-{n}/</link>
<dc:creator>ann</dc:creator>
<content:encoded><![CDATA[First line.

Second <b>line</b>.

<h2>Why</h2>
[caption id="1"]A tram[/caption]
Wheels.]]></content:encoded><excerpt:encoded>Short.</excerpt:encoded>
<wp:post_id>{n}</wp:post_id><wp:post_date>2026-04-10 08:00:00</wp:post_date>
<wp:post_date_gmt>2026-04-10 06:00:00</wp:post_date_gmt><wp:post_name>trams-{n}</wp:post_name>
<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
<category domain="category" nicename="t"><![CDATA[Transport]]></category>
<category domain="post_tag" nicename="s"><![CDATA[Sky]]></category>{more}</item>"""


def meta(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def read(tmp_path: Path, *items: str, **options: object) -> list[Record]:
    path = tmp_path / "export.xml"
    path.write_text(HEAD + "".join(items) + "</channel></rss>", encoding="utf-8")
    now = datetime(2026, 5, 1, tzinfo=UTC)
    return list(read_wordpress_export(path, ReadOptions(now=now, **options)))  # type: ignore[arg-type]


def articles(records: list[Record]) -> list[LocatedArticle]:
    return [one for one in records if isinstance(one, LocatedArticle)]


def test_a_post_has_all_its_fields(tmp_path: Path) -> None:
    custom = meta("claim", "Trams fly.") + meta("rating", "False") + meta("mood", "grim")
    (found,) = articles(read(tmp_path, item(7, more=custom + meta("_edit_lock", "1"))))
    article = found.article
    assert article.id == "trams-7"
    assert article.system_id == "wordpress:desk.example:7"
    assert article.url == "https://desk.example/trams-7/"
    assert article.authors == ("Ann Lee",)
    assert article.checked_on == date(2026, 4, 10)
    assert (article.topic, article.tags) == ("Transport", ("Sky", "Transport"))
    assert (article.claim, article.verdict) == ("Trams fly.", "False")
    assert (article.publisher, article.language_tag) == ("Tram Desk", "en-GB")
    assert article.summary == "Short."
    assert [(s.heading, s.text) for s in article.sections] == [
        ("", "First line.\nSecond line."),
        ("Why", "Wheels."),
    ]
    assert article.extra == (("mood", "grim"),)
    assert found.unused == ("mood",)


@pytest.mark.parametrize(
    ("status", "more", "reason"),
    [
        ("draft", "", "a draft"),
        ("private", "", "private"),
        ("pending", "", "not approved yet"),
        ("trash", "", "deleted"),
        ("publish", "<wp:post_password>x</wp:post_password>", "protected by a password"),
        ("inherit-x", "", "of the unknown state 'inherit-x'"),
        ("publish", "", ""),
    ],
)
def test_a_post_that_is_not_public_is_withheld(
    tmp_path: Path, status: str, more: str, reason: str
) -> None:
    (found,) = articles(read(tmp_path, item(1, status, more=more)))
    assert found.withheld == reason
    assert found.article.published == (not reason)


def test_a_scheduled_post_waits_for_its_hour(tmp_path: Path) -> None:
    later = item(1, "future").replace("2026-04-10", "2026-06-10")
    (found,) = articles(read(tmp_path, later))
    assert found.article.embargo == datetime(2026, 6, 10, 6, tzinfo=UTC)
    assert not found.article.published


def test_other_kinds_of_entries_are_counted_and_the_chosen_ones_are_articles(
    tmp_path: Path,
) -> None:
    kinds = ("post", "page", "attachment", "page", "fact-check")
    items = [item(n, kind=kind) for n, kind in enumerate(kinds)]
    found = read(tmp_path, *items)
    assert len(articles(found)) == 2
    left = Counter(one.what for one in found if isinstance(one, LeftOut))
    assert left == {"an entry of the type page": 2, "an entry of the type attachment": 1}
    assert len(articles(read(tmp_path, *items, types=("page",)))) == 2


def test_what_is_no_export_is_one_message(tmp_path: Path) -> None:
    (found,) = read(tmp_path)
    assert isinstance(found, BadRecord)
    assert "no entries" in found.reason


def test_a_torn_export_gives_the_posts_before_the_tear(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text(HEAD + item(1) + item(2)[:300], encoding="utf-8")
    found = list(read_wordpress_export(path, ReadOptions()))
    assert articles(found)[0].article.id == "trams-1"
