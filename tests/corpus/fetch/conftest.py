"""Fixtures of fetching: a site, and what asks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.fetch import Fetcher
from tests.corpus.fetch.site import Site, running_site


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as found:
        yield found


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, pause=0) as found:
        yield found
