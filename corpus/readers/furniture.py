"""Site furniture: paragraphs that stand word for word on many pages of one site, left out.

A page says of itself which part is its article, and often says it wrongly: an appeal for donations,
a note on licences, a list of other pages. What the pages of a site have in common is learned while
they are read, and none of it is of one article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from corpus.analysis.web_addresses import canonical_address
from corpus.models import Section
from corpus.readers.record import LeftOut, LocatedArticle, Record

MIN_PAGES = 5  # of a site, before anything is known of it
MAX_WAITING = 50  # pages of a site that wait until it is known; the others follow at once
MAX_ALL_WAITING = 2_000  # of all sites together, some 20 MB
MIN_SHARE = 0.2  # of the pages so far on which a paragraph stands
MIN_SEEN = 3
MIN_CHARACTERS = 30  # of a paragraph: a shorter one is a verdict or a heading, which recur
MAX_PARAGRAPHS = 200_000  # of a site that are counted; bounds the memory
MAX_SITES = 1_000
LEFT_OUT = "a paragraph that stands on many pages of its site"
_ENDINGS = (".html", ".htm", ".xhtml")


@dataclass(slots=True)
class _Site:
    """What was seen of a site: its pages, its paragraphs, and the pages that wait."""

    pages: int = 0
    seen: Counter[bytes] = field(default_factory=Counter)
    waiting: list[LocatedArticle] = field(default_factory=list)
    is_known: bool = False

    def add(self, record: LocatedArticle) -> None:
        """Count the paragraphs of a page, each once."""
        self.pages += 1
        keys = {_key(line) for s in record.article.sections for line in _paragraphs(s)}
        if len(self.seen) < MAX_PARAGRAPHS:
            self.seen.update(keys)
        else:
            self.seen.update(key for key in keys if key in self.seen)

    def cleaned(self, record: LocatedArticle) -> Iterator[Record]:
        """Yield a page without furniture, and a LeftOut for each paragraph of it."""
        least = max(MIN_SEEN, MIN_SHARE * self.pages)
        sections, n = [], 0
        for section in record.article.sections:
            kept = [
                line
                for line in section.text.split("\n")
                if len(line) < MIN_CHARACTERS or self.seen[_key(line)] < least
            ]
            removed = section.text.count("\n") + 1 - len(kept)
            n += removed
            text = "\n".join(kept).strip() if removed else section.text
            if text or not removed:
                sections.append(replace(section, text=text))
        if n and sections:  # a page that is nothing else stays as it is
            record = replace(record, article=replace(record.article, sections=tuple(sections)))
            yield from (LeftOut(record.file, LEFT_OUT) for _ in range(n))
        yield record


def without_furniture(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records of one ingest, web pages without what many pages of their site have.

    The first pages of a site wait for some more of it, at most to the end, or until too many wait
    of all sites; others keep their order.
    Fewer pages than ``MIN_PAGES`` of a site stay as they are.
    """
    sites: dict[str, _Site] = {}
    waiting = 0
    for record in records:
        host = _host(record)
        if not isinstance(record, LocatedArticle) or not host:
            yield record
            continue
        if host not in sites and len(sites) == MAX_SITES:
            yield record
            continue
        site = sites.setdefault(host, _Site())
        site.add(record)
        if site.is_known:
            yield from site.cleaned(record)
            continue
        site.waiting.append(record)
        waiting += 1
        if waiting == MAX_ALL_WAITING:  # the site with the most pages is known best
            site = max(sites.values(), key=lambda one: len(one.waiting))
        if len(site.waiting) == MAX_WAITING or waiting == MAX_ALL_WAITING:
            waiting -= len(site.waiting)
            yield from _released(site)
    for site in sites.values():
        yield from _released(site)


def _released(site: _Site) -> Iterator[Record]:
    waiting, site.waiting = site.waiting, []
    site.is_known = True
    for record in waiting:
        if site.pages < MIN_PAGES:
            yield record
        else:
            yield from site.cleaned(record)


def _host(record: Record) -> str:
    """Return the site of a web page, "" for every other record."""
    is_page = record.file.startswith("http") or record.file.lower().endswith(_ENDINGS)
    if not isinstance(record, LocatedArticle) or not is_page or record.has_own_id:
        return ""
    return canonical_address(record.article.url).partition("/")[0]


def _paragraphs(section: Section) -> Iterator[str]:
    yield from (line for line in section.text.split("\n") if len(line) >= MIN_CHARACTERS)


def _key(line: str) -> bytes:
    return blake2b(" ".join(line.split()).encode("utf-8", "replace"), digest_size=8).digest()
