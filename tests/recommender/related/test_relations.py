"""What one article is to another, by verdicts, days, claims and names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.models import Article
from recommender.related.profile import Profile
from recommender.related.relations import judge_pair, same_claim

BATS = Article(
    "bats",
    "Are bats blind?",
    claim="Bats are blind animals of the night.",
    summary="Every bat can see.",
    verdict="False",
    checked_on=date(2020, 5, 1),
)


def profile(**changes: object) -> Profile:
    other = replace(BATS, id="other", headline="Do bats see nothing?", summary="All bats see.")
    return Profile.of(replace(other, **changes))  # type: ignore[arg-type]


def relation(other: Profile, old_id: str = "") -> str | None:
    found = judge_pair(Profile.of(BATS), other, 0.5, old_id, {"bat": "bats", "blind": "blind"})
    return found.relation if found else None


def test_a_denial_and_another_number_are_other_claims() -> None:
    here = Profile.of(Article("a", "", claim="Saturn has 146 known moons in all."))
    for claim in ("Saturn has 83 known moons in all.", "Saturn has not 146 known moons in all."):
        assert not same_claim(here, Profile.of(Article("b", "", claim=claim)))
    assert same_claim(
        here, Profile.of(Article("b", "", claim="In all, Saturn has 146 known moons."))
    )


def test_the_verdict_and_the_day_tell_what_the_same_claim_is() -> None:
    assert relation(profile()) == "same claim"
    assert relation(profile(verdict="True")) == "contradicts"
    assert relation(profile(checked_on=date(2020, 6, 1))) == "update"
    assert relation(profile(checked_on=date(2020, 5, 20))) == "same claim"
    assert relation(profile(), old_id="bats") == "update"


def test_a_twin_and_a_stranger_are_nothing_but_a_successor_is_always_shown() -> None:
    twin = Profile.of(replace(BATS, id="twin"))
    assert relation(twin) is None
    assert relation(twin, old_id="bats") == "update"
    tea = Article("tea", "Who drinks green tea?", claim="Tea is hot.", summary="Many drink tea.")
    assert relation(Profile.of(tea)) is None


def test_contributions_and_reasons_say_what_is_shared() -> None:
    here = Profile.of(replace(BATS, topic="animals"))
    other = profile(claim="Owls hear.", headline="Do owls hear bats?", topic="animals")
    found = judge_pair(here, other, 0.5, "", {"bat": "bats"})
    assert found is not None
    assert found.relation == "same topic"
    assert found.reasons == ("same topic: animals",)
    assert found.contributions["words in common"] == pytest.approx(0.5)
    assert found.contributions["same topic"] == pytest.approx(0.15)
