from __future__ import annotations

from datetime import date

from corpus.readers.page.head_values import split_head_values

DAY = date(2024, 3, 9)


def test_values_and_days_leave_the_text() -> None:
    found = split_head_values(
        [
            "Do trams fly?",
            "By Ada North and Bo Lind",
            "Published: 2024-03-01",
            "Checked on 2024-03-09",
            "Claim: Trams fly at night.",
            "Claimed by: A poster",
            "Verdict",
            "False",
            "They do not.",
        ]
    )
    assert found.lines == ["Do trams fly?", "They do not."]
    assert found.checked_on == DAY
    assert found.published_on == date(2024, 3, 1)
    assert found.stated == {
        "claim": "Trams fly at night.",
        "claimant": "A poster",
        "verdict": "False",
    }


def test_the_first_of_two_counts_and_the_second_stays_text() -> None:
    found = split_head_values(["Verdict: False", "Verdict: True"])
    assert found.stated == {"verdict": "False"}
    assert found.lines == ["Verdict: True"]


def test_prose_behind_a_mark_stays_text() -> None:
    prose = "Verdict: " + "a long text that tells the whole story and is no verdict " * 2
    assert split_head_values([prose]).lines == [prose]
    assert split_head_values(["Claim", "Claim", "## Part"]).lines == ["Claim", "Claim", "## Part"]
    assert split_head_values(["Claim", "Fact check: Do trams fly?"]).stated == {}
    assert split_head_values(["Verdict"]).lines == ["Verdict"]


def test_names_on_the_first_line_may_be_the_headline() -> None:
    assert split_head_values(["By Royal Command"]).lines == ["By Royal Command"]


def test_a_day_of_publication_that_cannot_be_read_stays_text() -> None:
    assert split_head_values(["Published: in spring"]).lines == ["Published: in spring"]
    assert split_head_values(["Checked on: some day"]).lines == []
