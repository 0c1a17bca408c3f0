"""One archive on one server, and what can be asked of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, Self, Unpack, cast
from urllib.parse import quote

from divedeeper_client import types
from divedeeper_client.errors import DiveDeeperError
from divedeeper_client.transport import Transport

LONGEST_QUERY = 1_500  # bytes in an address; a longer search is sent as a body
MOST_OFFSET = 10_000  # hits that the API pages through
Scope = Literal["all", "own"]


class DiveDeeper:
    """One archive on one server; every call raises DiveDeeperError where it fails.

    Safe to share between threads. Close it, or use it as a context manager.
    """

    def __init__(
        self, base: str, *, api_key: str = "", timeout: float = 10.0, retries: int = 2
    ) -> None:
        """Connect to nothing yet.

        Parameters
        ----------
        base
            Address of the server, with the path that it is below.
        api_key
            Of the scopes that the calls need; empty: none.
        timeout
            Seconds to connect, and to wait for each part of an answer.
        retries
            More tries after 429, 502, 503, 504 and where the server cannot be reached.

        Raises
        ------
        ValueError
            The address is none of http or https.
        """
        self._transport = Transport(base, api_key, timeout, retries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def next(
        self,
        *,
        id: str | None = None,
        url: str | None = None,
        questions: int | None = None,
        related: int | None = None,
        scope: Scope | None = None,
    ) -> types.NextOut:
        """Return what follows a page: questions with their answers, and related articles.

        Parameters
        ----------
        id, url
            One of them: the id of the article, or its own address in any form of it.
        questions, related
            At most so many; None: as the server has it, 5 and 3.
        scope
            ``own``: only articles of the page's publisher.
        """
        wanted = {"questions": questions, "related": related, "scope": scope}
        return cast(types.NextOut, self._get("/v1/next", {"id": id, "url": url, **wanted}))

    def next_of(
        self,
        ids: Sequence[str],
        *,
        questions: int | None = None,
        related: int | None = None,
        scope: Scope | None = None,
    ) -> types.NextListOut:
        """Return the same for up to 50 pages; ids that are unknown are named.

        Parameters
        ----------
        ids
            Of articles.
        questions, related, scope
            As in ``next``.
        """
        wanted = {"questions": questions, "related": related, "scope": scope}
        return cast(types.NextListOut, self._get("/v1/next", {"ids": list(ids), **wanted}))

    def fragment(
        self,
        *,
        id: str | None = None,
        url: str | None = None,
        questions: int | None = None,
        related: int | None = None,
    ) -> str:
        """Return the box of a page as HTML.

        Parameters
        ----------
        id, url
            One of them.
        questions, related
            At most so many.
        """
        path = "/v1/fragment" if id is None else f"/v1/fragment/{quote(id, safe='')}"
        query = {"url": url, "questions": questions, "related": related}
        return self._transport.send("GET", path, query, accept="text/html").decode()

    def search(self, q: str = "", /, **search: Unpack[types.SearchBody]) -> types.SearchOut:
        """Return one page of a search; a long text is sent as a body by itself.

        Parameters
        ----------
        q
            Words, a question or a text; empty: all that passes the filters.
        **search
            Filters, order and the rest, by their names in the API.
        """
        query = {"q": q, **search}
        if len(quote(f"{query['q']}{search.get('context', '')}")) > LONGEST_QUERY:
            return cast(types.SearchOut, self._send("POST", "/v1/search", query))
        return cast(types.SearchOut, self._get("/v1/search", query))

    def hits(self, q: str = "", /, **search: Unpack[types.SearchBody]) -> Iterator[types.HitOut]:
        """Yield all hits of a search, page after page, best first.

        Parameters
        ----------
        q
            As in ``search``.
        **search
            ``limit`` is the size of a page, ``offset`` where to begin.
        """
        offset = search.get("offset", 0)
        while offset <= MOST_OFFSET:
            asked = {"q": q, "limit": 50, **search, "offset": offset}
            page = self.search(**cast(types.SearchBody, asked))
            yield from page["hits"]
            offset += len(page["hits"])
            if not page["hits"] or offset >= page["total"]:
                return

    def suggest(self, q: str, *, limit: int | None = None) -> list[types.CompletionOut]:
        """Return completions of what was typed so far, best first."""
        found = self._get("/v1/suggest", {"q": q, "limit": limit})
        return cast(types.CompletionsOut, found)["suggestions"]

    def article(self, id: str) -> types.ArticleOut:
        """Return one article."""
        return cast(types.ArticleOut, self._get(_article(id)))

    def questions(
        self,
        id: str,
        *,
        limit: int | None = None,
        scope: Scope | None = None,
        unanswered: Literal["keep", "last", "hide"] | None = None,
        explain: bool = False,
    ) -> types.QuestionsOut:
        """Return the follow-up questions of an article, best first.

        Parameters
        ----------
        id
            Of the article.
        limit
            At most so many; None: as the server has it.
        scope
            ``own``: only answers of the page's publisher.
        unanswered
            What becomes of editors' questions without an answer.
        explain
            Also why; needs a key with the scope preview on most servers.
        """
        query = {"limit": limit, "scope": scope, "unanswered": unanswered}
        path = f"{_article(id)}/questions"
        return cast(types.QuestionsOut, self._get(path, {**query, "explain": explain or None}))

    def related(
        self,
        id: str,
        *,
        limit: int | None = None,
        scope: Scope | None = None,
        alone: bool = False,
        explain: bool = False,
    ) -> list[types.RelatedOut]:
        """Return the related articles of an article, best first.

        Parameters
        ----------
        id
            Of the article.
        limit
            At most so many; None: as the server has it.
        scope
            ``own``: only articles of the page's publisher.
        alone
            As on a page without questions.
        explain
            Also why; needs a key with the scope preview on most servers.
        """
        query = {"limit": limit, "scope": scope, "alone": alone or None}
        found = self._get(f"{_article(id)}/related", {**query, "explain": explain or None})
        return cast(types.RelatedListOut, found)["related"]

    def preview(self, **draft: Unpack[types.DraftForm]) -> types.PreviewOut:
        """Return the suggestions for a draft, of which nothing is stored.

        Parameters
        ----------
        **draft
            ``text``, or its parts, by their names in the API.
        """
        return cast(types.PreviewOut, self._send("POST", "/v1/preview", draft))

    def ready(self) -> types.ReadyOut:
        """Return what is served; DiveDeeperError with the status 503 while that is nothing."""
        return cast(types.ReadyOut, self._get("/readyz"))

    def put(self, id: str, content: Mapping[str, Any]) -> types.WriteOut:
        """Add or replace an article; confirmed once it is on disk.

        Parameters
        ----------
        id
            Of the article.
        content
            In the archive's own form, as docs/inputs.md lists its fields.
        """
        return cast(types.WriteOut, self._send("PUT", _article(id), content))

    def delete(self, id: str) -> types.WriteOut:
        """Delete an article."""
        return cast(types.WriteOut, self._send("DELETE", _article(id)))

    def unpublish(self, id: str) -> types.WriteOut:
        """Keep an article in the archive and name it nowhere."""
        return cast(types.WriteOut, self._call("DELETE", _article(id), {"keep": True}))

    def batch(
        self,
        *,
        put: Sequence[Mapping[str, Any]] = (),
        delete: Sequence[str] = (),
        unpublish: Sequence[str] = (),
    ) -> types.WriteOut:
        """Write up to 1,000 of each; all articles are written or none.

        Parameters
        ----------
        put
            Articles with their ``id``, in the archive's own form.
        delete, unpublish
            Ids.
        """
        body = {"put": list(put), "delete": list(delete), "unpublish": list(unpublish)}
        return cast(types.WriteOut, self._send("POST", "/v1/articles:batch", body))

    def changes(self, since: int = 0, *, limit: int | None = None) -> types.ChangesOut:
        """Return what was written or withdrawn after a number.

        Ask on with ``sequence``, at once where ``more`` is true.

        Parameters
        ----------
        since
            The number of the last change that is known.
        limit
            At most so many.
        """
        found = self._get("/v1/changes", {"since": since, "limit": limit})
        return cast(types.ChangesOut, found)

    def _get(self, path: str, query: Mapping[str, Any] | None = None) -> Any:
        return self._call("GET", path, query)

    def _send(self, method: str, path: str, body: object | None = None) -> Any:
        return self._call(method, path, body=body)

    def _call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: object | None = None,
    ) -> Any:
        answer = self._transport.send(method, path, query, body)
        try:
            return json.loads(answer)
        except ValueError as error:
            raise DiveDeeperError("The answer is no JSON.", code="unknown") from error


def _article(id: str) -> str:
    return f"/v1/articles/{quote(id, safe='')}"
