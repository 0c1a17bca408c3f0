"""`connect` follows an address, says what it did, and forgets it on demand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli.ingestion import connect
from corpus.fetch import fetcher
from tests.api.cli.program import Run
from tests.corpus.fetch.site import Answer, Site, article_page, rss, running_site


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(fetcher, "PAUSE_SECONDS", 0.0)
    with running_site() as found:
        yield found


def test_a_feed_is_followed_remembered_and_forgotten(tmp_path: Path, run: Run, site: Site) -> None:
    place = ("--archive", tmp_path, "--allow-private")
    assert "nothing is connected yet" in run("connect", *place).err
    page = site.put("/trams", article_page("Do trams fly?"))
    url = site.put("/feed.xml", rss((page, "T", "No.")), "text/xml")
    assert "1 added" in run("connect", "rss", url, *place).out
    again = run("connect", *place, "--json").json
    assert (again["addresses"][0]["path"], again["addresses"][0]["added"]) == (url, 0)
    assert "is forgotten" in run("connect", "rss", url, *place, "--remove").out
    assert run("connect", *place).code == 1
    assert "Do trams fly?" in run("export", "-", "--archive", tmp_path).out


def test_private_hosts_are_asked_only_where_that_is_allowed(
    tmp_path: Path, run: Run, site: Site
) -> None:
    ran = run("connect", "rss", f"{site.url}/feed.xml", "--archive", tmp_path)
    assert ran.code == 1
    assert "private network" in ran.err
    assert "--allow-private" in ran.err
    assert site.asked == []


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("gopher", "https://desk.example/"), "none of rss, sitemap, wordpress"),
        (("rss", "desk"), "no web address"),
        (("rss",), "no web address"),
        (("rss", "https://desk.example/", "--every", "soon"), "such as 10m"),
        (("rss", "https://desk.example/", "--every", "1s"), "10s or more"),
    ],
)
def test_wrong_arguments_say_what_is_wrong(
    tmp_path: Path, run: Run, arguments: tuple[str, ...], reason: str
) -> None:
    ran = run("connect", *arguments, "--archive", tmp_path)
    assert ran.code == 2
    assert reason in " ".join(ran.err.replace("│", " ").split())


def test_a_round_that_fails_does_not_end_the_rounds(
    tmp_path: Path, run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[float] = []

    def wait(seconds: float) -> None:
        rounds.append(seconds)
        if len(rounds) == 2:
            raise KeyboardInterrupt
        page = site.put("/trams", article_page("Do trams fly?"))
        site.put("/feed.xml", rss((page, "T", "No.")), "text/xml")

    monkeypatch.setattr(connect, "sleep", wait)
    site.pages["/feed.xml"] = Answer(status=500)
    place = ("--archive", tmp_path, "--allow-private")
    ran = run("connect", "rss", f"{site.url}/feed.xml", *place, "--every", "10m")
    assert ran.code == 130
    assert rounds == [600.0, 600.0]
    assert "1 bad record" in ran.out
    assert "1 added" in ran.out
