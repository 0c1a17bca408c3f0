"""Order of day and month in numeric dates of one source, learned from those that can be read.

03/04/2025 is another day in Europe than in America; 25/04/2025 beside it tells which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.analysis.dates import DayOrder, day_order, parse_date
from corpus.readers.record import LocatedArticle, Record

MAX_WAITING = 20_000  # articles whose dates wait for one that tells; bounds the memory


class DayOrders:
    """What the dates of an archive showed: ``chosen`` is the operator's, and wins."""

    def __init__(self, chosen: DayOrder | None = None) -> None:
        self.chosen = chosen
        self.seen: Counter[DayOrder] = Counter()

    def add(self, text: str) -> None:
        """Count the order that a date shows."""
        if (order := day_order(text)) is not None:
            self.seen[order] += 1

    @property
    def order(self) -> DayOrder | None:
        """The order of all dates that show one, None where none does or they disagree."""
        if self.chosen is not None:
            return self.chosen
        return next(iter(self.seen)) if len(self.seen) == 1 else None


def with_settled_dates(records: Iterable[Record], orders: DayOrders) -> Iterator[Record]:
    """Yield the records of one source with their numeric dates read as the source writes them.

    An article with a date of unknown order waits until another date tells it, at most to the end of
    the source; the others keep their order. Where nothing tells it, or dates disagree, the date
    stays unread.
    """
    waiting: list[LocatedArticle] = []
    for record in records:
        if not isinstance(record, LocatedArticle):
            yield record
            continue
        for text in record.telling_dates:
            orders.add(text)
        if record.open_dates and orders.order is None and len(waiting) < MAX_WAITING:
            waiting.append(record)
        elif record.open_dates:
            yield _settled(record, orders.order)
        else:
            yield record
        if waiting and orders.order is not None:
            yield from (_settled(one, orders.order) for one in waiting)
            waiting = []
    yield from (_settled(one, orders.order) for one in waiting)


def _settled(record: LocatedArticle, order: DayOrder | None) -> LocatedArticle:
    if order is None:
        return replace(record, unread_dates=record.unread_dates + record.open_dates)
    days = {key: parse_date(text, order) for key, text in record.open_dates}
    article = replace(record.article, **days)  # type: ignore[arg-type]
    if article.checked_on is None and article.published_on:
        article = replace(article, checked_on=article.published_on)
    return replace(record, article=article, open_dates=())
