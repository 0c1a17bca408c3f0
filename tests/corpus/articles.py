"""Articles that hypothesis makes up, for every test that needs any article."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from hypothesis import strategies as st

from corpus.markup import is_plain
from corpus.models import Article, Rating, Section, Source

# Without tags and references such as "&hellip;", which readers take out of any text.
TEXT = st.text(st.characters(exclude_categories=["Cs"])).filter(is_plain)
SOME = TEXT.filter(lambda text: bool(text.strip()))
URL = st.just("") | TEXT.map(lambda text: f"https://{text}")
ARTICLES = st.builds(
    Article,
    id=st.text("aZ09-_.é/ ", min_size=1).map(str.strip).filter(bool),
    headline=SOME,
    summary=TEXT,
    sections=st.lists(st.builds(Section, TEXT, TEXT), max_size=3).map(tuple),
    followups=st.lists(TEXT, max_size=3).map(tuple),
    sources=st.lists(st.builds(Source, st.integers(0, 10**6), TEXT, URL), max_size=3).map(tuple),
    checked_on=st.none() | st.dates(),
    claim=TEXT,
    claimant=TEXT,
    verdict=TEXT,
    topic=TEXT,
    publisher=TEXT,
    url=URL,
    language=st.sampled_from(["", "en", "pt", "zh"]),
    supersedes=st.lists(TEXT, max_size=3).map(tuple),
    published=st.booleans(),
    authors=st.lists(TEXT, max_size=2).map(tuple),
    tags=st.lists(TEXT, max_size=2).map(tuple),
    image=URL,
    published_on=st.none() | st.dates(),
    modified_on=st.none() | st.dates(),
    claimed_on=st.none() | st.dates(),
    appearances=st.lists(TEXT, max_size=2).map(tuple),
    rating=st.none()
    | st.builds(Rating, st.integers(0, 10).map(float), st.none() | st.just(5.0), st.none()),
    language_tag=st.sampled_from(["", "en-GB", "pt-BR", "zh-Hans"]),
    embargo=st.none() | st.datetimes(timezones=st.just(UTC)),
    system_id=TEXT,
    aliases=st.lists(TEXT, max_size=2).map(tuple),
    extra=st.dictionaries(TEXT, TEXT, max_size=2).map(lambda d: tuple(sorted(d.items()))),
).map(lambda a: replace(a, embargo=None) if a.published else a)  # what is out waits for nothing
