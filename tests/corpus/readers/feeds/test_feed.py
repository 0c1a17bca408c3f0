"""Entries of feeds of every kind become articles."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from corpus.models import BadRecord
from corpus.readers.feeds.feed import MAX_FEED_BYTES, read_feed
from corpus.readers.record import LocatedArticle, ReadOptions

RSS = """<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Tram Desk</title><language>en-GB</language>
<item><title>Do trams &amp;amp; buses fly?</title><link>https://desk.example/trams</link>
<dc:creator>Ann Lee</dc:creator><pubDate>Fri, 10 Apr 2026 00:20:15 +0000</pubDate>
<category>Transport</category><category>Sky</category><description>A short look.</description>
<media:content url="https://desk.example/t.jpg" medium="image"/>
<content:encoded><![CDATA[<p>They do not.</p><h2>Why</h2><p>Wheels.</p>]]></content:encoded></item>
<item><guid>tag:9</guid><title>Do trams swim?</title></item>
<item><pubDate>Fri, 10 Apr 2026 00:20:15 +0000</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Tram Desk</title>
<entry><title>Do trams fly?</title><link href="https://desk.example/a"/><id>tag:1</id>
<published>2026-04-01T10:00:00Z</published><updated>2026-04-02T10:00:00Z</updated>
<summary type="html">&lt;p&gt;No.&lt;/p&gt;</summary></entry></feed>"""


def read(text: str | bytes) -> list[LocatedArticle | BadRecord]:
    data = text.encode() if isinstance(text, str) else text
    options = ReadOptions(now=datetime(2026, 5, 1, tzinfo=UTC))
    return list(read_feed(data, "feed.xml", options))


def test_an_item_of_rss_has_all_its_fields() -> None:
    first, second, third = read(RSS)
    assert isinstance(first, LocatedArticle)
    article = first.article
    assert article.headline == "Do trams & buses fly?"
    assert article.url == "https://desk.example/trams"
    assert article.authors == ("Ann Lee",)
    assert article.published_on == article.checked_on == date(2026, 4, 10)
    assert (article.topic, article.tags) == ("Transport", ("Transport", "Sky"))
    assert (article.publisher, article.language_tag) == ("Tram Desk", "en-GB")
    assert article.image == "https://desk.example/t.jpg"
    assert article.summary == "A short look."
    assert [s.heading for s in article.sections] == ["", "Why"]
    assert isinstance(second, LocatedArticle)
    assert second.article.system_id == "feed:tag:9"
    assert isinstance(third, BadRecord)
    assert third.line == 3


def test_an_entry_of_atom_has_both_its_days() -> None:
    (found,) = read(ATOM)
    assert isinstance(found, LocatedArticle)
    article = found.article
    assert (article.published_on, article.modified_on) == (date(2026, 4, 1), date(2026, 4, 2))
    assert article.body == "No."


def test_what_is_no_feed_is_one_message() -> None:
    (found,) = read("<rss><channel><title>x</title></channel></rss>")
    assert isinstance(found, BadRecord)
    assert "no entries" in found.reason
    (found,) = read(b"\0\1\2")
    assert isinstance(found, BadRecord)
    (found,) = read(b" " * (MAX_FEED_BYTES + 1))
    assert isinstance(found, BadRecord)
    assert "over 30 MB" in found.reason


def test_entities_do_not_grow_a_feed() -> None:
    bomb = "<!DOCTYPE r [<!ENTITY a 'xxxxxxxxxx'>" + "".join(
        f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)
    )
    (found,) = read(f"{bomb}]><rss><channel><item><title>&j;</title></item></channel></rss>")
    size = len(str(found))
    assert size < 10_000


@pytest.mark.parametrize("number", ["xD800", "55296", "x110000", "0", "9" * 40, "xDFFF"])
def test_references_to_no_character_are_a_mark_and_no_error(number: str) -> None:
    text = f"<rss><channel><item><title>Do trams&#{number}; fly?</title></item></channel></rss>"
    broken = f"{text}</rss>&#{number};<item>"
    (found,) = read_feed(text.encode(), "feed.xml", ReadOptions())
    assert isinstance(found, LocatedArticle)
    assert "\ufffd" in found.article.headline
    for record in read_feed(broken.encode(), "feed.xml", ReadOptions()):
        assert isinstance(record, (LocatedArticle, BadRecord))


@pytest.mark.parametrize(
    "name",
    "links link enclosures content tags categories authors author media_content media_thumbnail "
    "summary title id language published updated license".split(),
)
@pytest.mark.parametrize("text", ["Ann, Bob", "<b>Ann</b>", ""])
@pytest.mark.parametrize("attributes", ["", " a='b'"])
def test_an_element_of_the_feeds_own_with_the_name_of_a_field_is_a_text(
    name: str, text: str, attributes: str
) -> None:
    odd = f"<{name}{attributes}>{text}</{name}>"
    item = f"<title>Do trams fly?</title><link>https://d.example/x</link>{odd}"
    (found,) = read(f"<rss><channel><item>{item}</item></channel></rss>")
    assert isinstance(found, LocatedArticle)
    if not attributes and (name, text) in (("tags", "Ann, Bob"), ("authors", "Ann, Bob")):
        assert getattr(found.article, name) == ("Ann", "Bob")


@pytest.mark.parametrize(
    "link",
    ["<link/>", "<link a='b' c='d'>x</link>", '<link rel="alternate"/>', '<link href=""/>', ""],
)
def test_an_entry_of_atom_whose_link_leads_nowhere_is_known_by_its_id(link: str) -> None:
    entry = f"<id>tag:d.example,2026:1</id><title>Do trams fly?</title>{link}"
    (found,) = read(f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{entry}</entry></feed>')
    assert isinstance(found, LocatedArticle)
    assert (found.article.url, found.article.system_id) == ("", "feed:tag:d.example,2026:1")
