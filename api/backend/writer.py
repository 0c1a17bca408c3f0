"""Writes of articles through a server: validated first, durable before they are confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from corpus.models import Article
from corpus.storage.store import PutReport, Store

Result = Literal["added", "changed", "unchanged", "deleted", "unpublished", "unknown"]


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: the number of the archive's last change, and each id with its result."""

    sequence: int
    results: tuple[tuple[str, Result], ...]


class ArticleWriter:
    """Writes into the store of one archive; safe for several threads."""

    def __init__(self, store_path: Path, refresh: Callable[[], object]) -> None:
        """Write to the store at ``store_path``.

        Parameters
        ----------
        store_path
            The file of the store.
        refresh
            Called after each write, so that this process serves it at once; other processes see it
            by themselves within a second.
        """
        self._path, self._refresh = store_path, refresh

    def apply(
        self,
        put: Sequence[Article] = (),
        delete: Sequence[str] = (),
        unpublish: Sequence[str] = (),
    ) -> Written:
        """Write articles, then delete and unpublish others; return when all is on disk.

        Parameters
        ----------
        put
            Articles, each added, or in place of the one of its id. All or none of them are written.
        delete
            Ids; unknown ones are told and nothing else.
        unpublish
            Ids of articles that are kept and shown nowhere.

        Raises
        ------
        ValueError
            An article cannot be written; nothing is.
        StoreError
            The disk failed, or another process held the lock too long.
        """
        with Store.open(self._path) as store:
            results: list[tuple[str, Result]] = []
            if put:
                before = store.articles_by_id([article.id for article in put])
                report = store.put(put)
                results += [(a.id, _result_of_put(a, before.get(a.id), report)) for a in put]
            known = store.articles_by_id([*delete, *unpublish])
            store.put(
                replace(known[id], published=False, embargo=None) for id in unpublish if id in known
            )
            results += [(id, "unpublished" if id in known else "unknown") for id in unpublish]
            store.delete(id for id in delete if id in known)
            results += [(id, "deleted" if id in known else "unknown") for id in delete]
            sequence = store.sequence()
        self._refresh()
        return Written(sequence, tuple(results))


def _result_of_put(article: Article, before: Article | None, report: PutReport) -> Result:
    if before is None:
        return "added"
    return "unchanged" if before == article and report.unchanged else "changed"
