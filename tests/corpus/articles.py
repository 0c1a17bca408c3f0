"""Articles that hypothesis makes up, for every test that needs any article."""

from __future__ import annotations

from hypothesis import strategies as st

from corpus.models import Article, Section, Source

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
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
    language=TEXT,
    supersedes=st.lists(TEXT, max_size=3).map(tuple),
    published=st.booleans(),
)
