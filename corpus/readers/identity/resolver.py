"""Identity of articles: one article keeps one id, from whatever file and address it comes.

An article is known by its id where the record names one, else by its name in the system that it
comes from and by its address, in any of its forms. The readable id is a proposal: where another
article has it, more of the address makes it the article's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Protocol

from corpus.analysis.tokenizer import fold
from corpus.models import Article, BadRecord
from corpus.readers.identity.seen_records import SeenRecord, SeenRecords, short_hash
from corpus.readers.identity.slug import MAX_SLUG_CHARACTERS, address_parts, slug
from corpus.readers.record import LeftOut, LocatedArticle, Record
from corpus.storage.identities import identity_keys

_NO_CLAIM = short_hash("")
MAX_RECENT = 5_000  # articles that are kept for copies of them; others are asked of the archive
_OWN_FIELDS = frozenset({"id", "language", "published", "embargo"})
MIN_COMMON_WORDS = 0.3  # of two texts of one file name that are versions of one article


class KnownArticles(Protocol):
    """What an archive knows already."""

    def id_of_key(self, key: str) -> str | None:
        """Return the id of the article with an identity key, None for an unknown one."""

    def stored_article(self, id: str) -> Article | None:
        """Return an article by its id, None for an unknown one."""


class NoArticles:
    """An archive that is empty."""

    def id_of_key(self, key: str) -> str | None:
        return None

    def stored_article(self, id: str) -> Article | None:
        return None


class IdentityResolver:
    """Gives each record of an ingest the id that its article has for ever."""

    def __init__(self, known: KnownArticles) -> None:
        self._known = known
        self._seen = SeenRecords()
        self._recent: dict[str, Article] = {}

    def resolved(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records in their order, each article with its id.

        A record of an article that came before gives a LeftOut where both are one article, a
        BadRecord where a record claims the id of another.
        """
        for record in records:
            yield self._resolve(record) if isinstance(record, LocatedArticle) else record

    def _resolve(self, record: LocatedArticle) -> Record:
        article = record.article
        if record.has_own_id:
            id = self._known.id_of_key(f"id:{article.id}") or article.id
            if (other := self._seen.record(id)) is not None:
                return BadRecord(
                    record.file,
                    record.line,
                    f"the id {article.id!r} is taken by {other.place}",
                    "Give one of the two another id, or remove it",
                )
            return self._accept(record, id, identity_keys(article))
        keys = identity_keys(article)
        seen_id = self._seen_id(keys)
        if seen_id is not None:
            before = self._seen.record(seen_id)
            if before is not None and _is_another_claim(before, article):
                claim = f"claim:{short_hash(article.url + article.claim)}"
                article = replace(article, system_id=article.system_id or claim)
                keys = identity_keys(article)[:1]
                record = replace(record, article=article)
            else:
                return self._merge(record, seen_id)
        id = self._known_id(keys, article) or self._free_id(record, keys)
        if (other := self._seen.record(id)) is not None:
            return BadRecord(
                record.file,
                record.line,
                f"the id {id!r} is taken by {other.place}",
                "Give one of the two an id of its own, or remove it",
            )
        return self._accept(record, id, keys)

    def _merge(self, record: LocatedArticle, id: str) -> Record:
        """Return the article as it was read before, with what this copy of it says in addition."""
        before = self._recent.get(id) or self._known.stored_article(id)
        copy = LeftOut(record.file, "a second copy of an article, by its address")
        if before is None:
            return copy
        merged = merged_articles(before, record.article)
        if merged == before:
            return copy
        self._remember(merged)
        return replace(record, article=merged)

    def _remember(self, article: Article) -> None:
        self._recent[article.id] = article
        if len(self._recent) > MAX_RECENT:
            del self._recent[next(iter(self._recent))]

    def _accept(self, record: LocatedArticle, id: str, keys: tuple[str, ...]) -> LocatedArticle:
        article = record.article
        place = f"{record.file}:{record.line}"
        self._seen.add(id, SeenRecord(place, short_hash(fold(article.claim))), keys)
        if id != article.id:
            record = replace(record, article=replace(article, id=id))
        if not record.has_own_id:  # only a copy of such a one is merged with it
            self._remember(record.article)
        return record

    def _seen_id(self, keys: tuple[str, ...]) -> str | None:
        for key in keys:
            if (id := self._seen.id_of_key(key)) is not None:
                return id
        return None

    def _known_id(self, keys: tuple[str, ...], article: Article) -> str | None:
        """Return the id under which the archive has the article, None for a new one."""
        for key in keys:
            id = self._known.id_of_key(key)
            if id is None:
                continue
            stored = self._known.stored_article(id)
            # One page may hold several claims: each is an article.
            if (
                stored
                and key.startswith("address:")
                and _differ(stored.system_id, article.system_id)
            ):
                continue
            return id
        return None

    def _free_id(self, record: LocatedArticle, keys: tuple[str, ...]) -> str:
        """Return the first of the proposals that no other article has."""
        article = record.article
        for id in _proposals(record):
            if self._seen.record(id) is not None:
                continue
            stored = self._known.stored_article(id)
            if stored is None or _may_be_same(stored, article, keys):
                return id
        return article.id


def merged_articles(first: Article, second: Article) -> Article:
    """Return ``first`` with the fields of ``second`` that it lacks; its id and state stay."""
    added = {
        f.name: getattr(second, f.name)
        for f in fields(Article)
        if f.name not in _OWN_FIELDS
        and getattr(first, f.name) in ("", (), None)
        and getattr(second, f.name) not in ("", (), None)
    }
    return replace(first, **added)


def _proposals(record: LocatedArticle) -> Iterator[str]:
    article = record.article
    yield article.id
    parts = address_parts(article.url) if article.url else list(Path(record.file).parent.parts)
    parts = [part for part in map(slug, parts) if part and part != article.id]
    for n in range(1, min(len(parts), 4) + 1):
        yield "-".join([*parts[-n:], article.id])[:MAX_SLUG_CHARACTERS]
    telling = article.system_id or article.url or article.headline
    yield f"{article.id[: MAX_SLUG_CHARACTERS - 13]}-{short_hash(telling)}"


def _may_be_same(stored: Article, article: Article, keys: tuple[str, ...]) -> bool:
    """Return whether an article with the proposed id is another version of ``article``.

    Two that are known by keys are not, since their keys differ; else their texts decide.
    """
    if keys and identity_keys(stored):
        return False
    if fold(stored.headline) == fold(article.headline):
        return True
    if keys or identity_keys(stored):
        return False
    first, second = (set(fold(f"{a.summary} {a.body}").split()) for a in (stored, article))
    return len(first & second) >= MIN_COMMON_WORDS * min(len(first), len(second))


def _is_another_claim(before: SeenRecord, article: Article) -> bool:
    claim = short_hash(fold(article.claim))
    return _NO_CLAIM not in (claim, before.claim) and claim != before.claim


def _differ(first: str, second: str) -> bool:
    """Return whether two names of one system are two articles."""
    return bool(first and second) and first != second and _kind(first) == _kind(second)


def _kind(system_id: str) -> str:
    return system_id.rpartition(":")[0]
