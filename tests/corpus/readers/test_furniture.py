"""What many pages of a site have in common is left out and counted; an article's own text stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.models import Article, Section
from corpus.readers import furniture
from corpus.readers.furniture import LEFT_OUT, MAX_WAITING, MIN_PAGES, without_furniture
from corpus.readers.record import LeftOut, LocatedArticle

APPEAL = "Give us a little each month, so that we can go on checking what is said about trams."
OWN = "Tram number {} has no wings, as anybody can see who stands beside it for a while."


def page(n: int, *lines: str, host: str = "desk.example", file: str = "") -> LocatedArticle:
    text = "\n".join((OWN.format(n), *lines))
    article = Article(
        f"a{n}", f"Does tram {n} fly?", sections=(Section("", text),), url=f"https://{host}/{n}"
    )
    return LocatedArticle(article, file or f"{n}.html", 1, has_own_id=False)


def bodies(pages: list[LocatedArticle]) -> list[str]:
    return [r.article.body for r in without_furniture(pages) if isinstance(r, LocatedArticle)]


@pytest.mark.parametrize("n", [MIN_PAGES, MAX_WAITING + 7])
def test_a_paragraph_of_many_pages_is_left_out_of_all(n: int) -> None:
    pages = [page(i, APPEAL) for i in range(n)]
    assert bodies(pages) == [OWN.format(i) for i in range(n)]
    left = [r for r in without_furniture(pages) if isinstance(r, LeftOut)]
    assert len(left) == n
    assert {one.what for one in left} == {LEFT_OUT}


def test_what_few_pages_have_stays() -> None:
    pages = [page(i, *([APPEAL] if i < 2 else [])) for i in range(30)]
    assert sum(APPEAL in body for body in bodies(pages)) == 2


def test_few_pages_other_sites_and_other_files_stay_as_they_are() -> None:
    few = [page(i, APPEAL) for i in range(MIN_PAGES - 1)]
    assert all(APPEAL in body for body in bodies(few))
    spread = [page(i, APPEAL, host=f"desk{i}.example") for i in range(20)]
    assert all(APPEAL in body for body in bodies(spread))
    tables = [page(i, APPEAL, file="all.csv") for i in range(20)]
    assert all(APPEAL in body for body in bodies(tables))


def test_short_lines_recur_and_a_page_of_nothing_else_stays() -> None:
    pages = [page(i, "Our verdict: false.") for i in range(20)]
    assert all("Our verdict: false." in body for body in bodies(pages))
    alone = LocatedArticle(
        Article("b", "B?", sections=(Section("", APPEAL),), url="https://desk.example/b"),
        "b.html",
        1,
        has_own_id=False,
    )
    assert APPEAL in bodies([*(page(i, APPEAL) for i in range(20)), alone])[-1]


def test_every_record_comes_once() -> None:
    pages = [page(i, APPEAL, host=f"desk{i % 3}.example") for i in range(200)]
    found = [r.article.id for r in without_furniture(pages) if isinstance(r, LocatedArticle)]
    assert sorted(found) == sorted(f"a{i}" for i in range(200))


def test_pages_of_many_sites_do_not_all_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(furniture, "MAX_ALL_WAITING", 40)
    pages = [page(i, APPEAL, host=f"desk{i % 7}.example") for i in range(300)]
    taken: list[int] = []

    def counted() -> Iterator[LocatedArticle]:
        for number, one in enumerate(pages):
            taken.append(number)
            yield one

    given = 0
    found = []
    for record in without_furniture(counted()):
        if isinstance(record, LocatedArticle):
            given += 1
            found.append(record)
            assert len(taken) - given < 40
    assert sorted(r.article.id for r in found) == sorted(p.article.id for p in pages)
    assert sum(APPEAL in r.article.body for r in found) == 0
