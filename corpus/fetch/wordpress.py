"""Posts of a WordPress site by its REST interface, in the order of their changes.

The interface: https://developer.wordpress.org/rest-api/reference/posts/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import orjson

from corpus.fetch.fetcher import Fetched, Fetcher, FetchError
from corpus.fetch.reading import answer_records
from corpus.fetch.subscriptions import Subscription
from corpus.readers import ReadOptions
from corpus.readers.json_documents.wordpress_rest import rest_post_system_id
from corpus.readers.record import Record

MAX_POSTS = 100  # of one answer: the interface gives no more
MAX_ANSWERS = 10_000
_REMEDY = "Check that its REST interface is open, or give its export"


class Posts(NamedTuple):
    """One answer: its records, and the time up to which the site was read with them."""

    records: list[Record]
    cursor: str


def posts_since(
    subscription: Subscription, fetcher: Fetcher, options: ReadOptions
) -> Iterator[Posts]:
    """Yield the posts that changed since the cursor of a subscription, the oldest change first.

    Each answer begins one second before the last change of the one before, in the site's own
    time: several posts may change in one second, and a post that changes meanwhile moves to the
    end and shifts no other. Types of posts other than the usual are those of ``options``.

    Raises
    ------
    FetchError
        The site does not answer, or not as WordPress does.
    """
    names = options.types or ("posts",)
    before = _cursors(subscription.cursor)
    for name in names:
        base, cursor = _collection(subscription.url, name, fetcher), before.get(name, "")
        page = 1
        for _ in range(MAX_ANSWERS):
            query = {"per_page": MAX_POSTS, "orderby": "modified", "order": "asc", "_embed": "1"}
            if since := _second_before(cursor):
                query["modified_after"] = since
            if page > 1:
                query["page"] = page
            fetched = _list_page(fetcher, base, query)
            posts = _listed(fetched) if fetched else []
            records = list(answer_records(fetched, options)) if fetched and posts else []
            last = max((str(post.get("modified") or "") for post in posts), default="")
            if last and last != cursor:
                cursor, page = max(last, cursor), 1
            else:
                page += 1  # all of one second
            before[name] = cursor
            if posts:
                yield Posts(records, orjson.dumps(before).decode())
            if len(posts) < MAX_POSTS:
                break


def all_post_keys(
    subscription: Subscription, fetcher: Fetcher, options: ReadOptions
) -> frozenset[str]:
    """Return the identity keys of all posts that a site shows.

    Raises
    ------
    FetchError
        The list cannot be read to its end.
    """
    keys: set[str] = set()
    for name in options.types or ("posts",):
        base = _collection(subscription.url, name, fetcher)
        for page in range(1, MAX_ANSWERS + 1):
            query = {"per_page": MAX_POSTS, "orderby": "id", "order": "asc", "_fields": "id,link"}
            fetched = _list_page(fetcher, base, query | {"page": page})
            posts = _listed(fetched) if fetched else []
            keys.update(f"system:{rest_post_system_id(post)}" for post in posts)
            if len(posts) < MAX_POSTS:
                break
    return frozenset(keys)


def _collection(site: str, name: str, fetcher: Fetcher) -> str:
    """Return the address of a list of posts; sites without readable addresses have another."""
    site = site.partition("?")[0].rstrip("/")
    site = site.partition("/wp-json")[0]
    readable = f"{site}/wp-json/wp/v2/{name}"
    try:
        _listed(fetcher.get(_with_query(readable, {"per_page": 1, "_fields": "id"})))
    except FetchError as error:
        if error.is_site:
            raise
        return f"{site}/?rest_route=/wp/v2/{name}"
    return readable


def _list_page(fetcher: Fetcher, base: str, query: Mapping[str, object]) -> Fetched | None:
    """Return one page of a list, None after its last: the interface calls that a bad request."""
    try:
        return fetcher.get(_with_query(base, query))
    except FetchError as error:
        if error.status == 400 and query.get("page", 1) != 1:
            return None
        raise


def _listed(fetched: Fetched) -> list[Mapping[str, object]]:
    """Return the posts of an answer."""
    try:
        values = orjson.loads(Path(fetched.path or "").read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise FetchError(fetched.url, "the answer is no JSON", _REMEDY) from error
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise FetchError(fetched.url, "the answer is no list of posts", _REMEDY)
    return values


def _with_query(base: str, query: Mapping[str, object]) -> str:
    return f"{base}{'&' if '?' in base else '?'}{urlencode(query)}"


def _second_before(cursor: str) -> str:
    if not cursor:
        return ""
    try:
        return (datetime.fromisoformat(cursor) - timedelta(seconds=1)).isoformat()
    except (ValueError, OverflowError):
        return ""


def _cursors(text: str) -> dict[str, str]:
    values = orjson.loads(text) if text else {}
    return {str(key): str(value) for key, value in values.items()}
