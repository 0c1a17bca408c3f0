"""The order of day and month is that of the dates beside it, and never a guess."""

from __future__ import annotations

from datetime import date

from corpus.models import Article, BadRecord
from corpus.readers.date_order import DayOrders, with_settled_dates
from corpus.readers.record import LocatedArticle, Record


def record(id: str, text: str) -> LocatedArticle:
    telling = (text,) if int(text[:2]) > 12 or int(text[3:5]) > 12 else ()
    waits = () if telling else (("published_on", text),)
    return LocatedArticle(Article(id, "A?"), "f", 1, open_dates=waits, telling_dates=telling)


def days(records: list[Record], orders: DayOrders | None = None) -> dict[str, date | None]:
    found = with_settled_dates(records, orders or DayOrders())
    return {r.article.id: r.article.published_on for r in found if isinstance(r, LocatedArticle)}


def test_a_later_date_tells_the_order_of_an_earlier_one() -> None:
    assert days([record("a", "03/04/2025"), record("b", "25/04/2025")])["a"] == date(2025, 4, 3)
    assert days([record("a", "03/04/2025"), record("b", "04/25/2025")])["a"] == date(2025, 3, 4)
    assert days([record("b", "04/25/2025"), record("a", "03/04/2025")])["a"] == date(2025, 3, 4)


def test_without_a_telling_date_or_with_two_that_disagree_nothing_is_read() -> None:
    alone = list(with_settled_dates([record("a", "03/04/2025")], DayOrders()))
    assert isinstance(alone[0], LocatedArticle)
    assert alone[0].article.published_on is None
    assert alone[0].unread_dates == (("published_on", "03/04/2025"),)
    mixed: list[Record] = [
        record("b", "25/04/2025"),
        record("c", "04/25/2025"),
        record("a", "03/04/2025"),
    ]
    assert days(mixed)["a"] is None


def test_the_choice_of_the_operator_wins() -> None:
    assert days([record("a", "03/04/2025")], DayOrders("month first"))["a"] == date(2025, 3, 4)


def test_a_check_without_a_day_of_its_own_has_that_of_its_publication() -> None:
    (found,) = with_settled_dates([record("a", "03/04/2025")], DayOrders("day first"))
    assert isinstance(found, LocatedArticle)
    assert found.article.checked_on == date(2025, 4, 3)


def test_nothing_is_lost_and_other_records_pass() -> None:
    bad = BadRecord("f", 1, "r", "m")
    records: list[Record] = [record("a", "01/02/2025"), bad, record("b", "02/03/2025")]
    found = list(with_settled_dates(records, DayOrders()))
    assert len(found) == 3
    assert found[0] is bad  # the others wait for the end
