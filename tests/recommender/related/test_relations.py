"""What one article is to another, by verdicts, days, claims and names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.models import Article
from recommender.related.profile import Profile
from recommender.related.relations import (
    PairEvidence,
    is_twin,
    reasons_of,
    relation_of,
    same_claim,
)

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


def relation(other: Profile, **evidence: object) -> str:
    found = PairEvidence(0.2, 0.1, **evidence)  # type: ignore[arg-type]
    return relation_of(Profile.of(BATS), other, found)


def reasons(here: Profile, other: Profile, *shared: str, **evidence: bool) -> tuple[str, ...]:
    found = PairEvidence(0.3, 0.0, **evidence)
    return reasons_of(here, other, relation_of(here, other, found), found, shared)


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
    assert relation(profile(), is_successor=True) == "update"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Did 4 people drown when the dam broke?", "Did 11 people drown when the dam broke?"),
        ("Is the lake fit for swimming?", "Is the lake not fit for swimming?"),
        ("Was Rover 1 lost on landing?", "Was Rover 2 lost on landing?"),
        ("Did fares rise in spring 2021?", "Did fares rise in spring 2022?"),
        ("Do fares rise by 3 percent?", "Do fares rise by 8 percent?"),
        ("Did two barges sink at the lock?", "Did six barges sink at the lock?"),
        ("Was the second part of Harbour II filmed?", "Was the second part of Harbour III filmed?"),
        ("Did prices fall in the town in March?", "Did prices fall in the town in April?"),
    ],
)
def test_texts_that_differ_in_a_number_or_a_denial_are_two(one: str, other: str) -> None:
    text = "The council answered the question in its monthly report on the town."
    a, b = (
        Profile.of(Article(id, headline, summary=f"{headline} {text}", verdict="False"))
        for id, headline in (("a", one), ("b", other))
    )
    assert not is_twin(a, b)
    assert is_twin(a, replace_id(a))


def replace_id(profile: Profile) -> Profile:
    return replace(profile, id="copy")


def test_a_citation_mark_is_no_number_of_the_text() -> None:
    a = Profile.of(replace(BATS, summary="Every bat can see [1]."))
    b = Profile.of(replace(BATS, id="b", summary="Every bat can see [2, 3]."))
    assert is_twin(a, b)


def test_the_model_may_find_the_same_claim_in_other_words_but_not_against_a_number() -> None:
    other = profile(headline="Can flying mammals see at all?", claim="")
    assert relation_of(Profile.of(BATS), other, PairEvidence(0.9, 0.9)) == "same claim"
    numbered = profile(headline="Can 7 flying mammals see?", claim="")
    assert relation_of(Profile.of(BATS), numbered, PairEvidence(0.9, 0.9)) == "same topic"


def test_what_is_likely_a_good_next_read_is_on_the_same_topic() -> None:
    owls = Profile.of(Article("owls", "Do owls hear well?", summary="Owls hunt by ear."))
    assert relation_of(Profile.of(BATS), owls, PairEvidence(0.6, 0.0)) == "same topic"
    assert relation_of(Profile.of(BATS), owls, PairEvidence(0.1, 0.0)) == "background"


def test_reasons_are_names_that_both_write_else_what_both_put_first() -> None:
    here = Profile.of(Article("a", "Did the storm hit Lima?", summary="A storm hit Lima in May."))
    other = Profile.of(Article("b", "Is Lima flooded?", summary="Rain in Lima fell all day."))
    assert reasons(here, other, "lima", "rain") == ("also about Lima",)
    tea = Profile.of(Article("t", "Is green tea healthy?", summary="It is a hot drink."))
    cup = Profile.of(Article("c", "Does green tea keep people awake?", summary="It may."))
    assert reasons(tea, cup, "tea", "green") == ("also about tea, green",)


def test_one_topic_is_a_reason_where_there_is_no_other() -> None:
    a, b = (
        Profile.of(Article(id, headline, topic="animals"))
        for id, headline in (("a", "Do owls hear?"), ("b", "Are bats blind?"))
    )
    assert relation_of(a, b, PairEvidence(0.1, 0.0)) == "same topic"
    assert reasons(a, b) == ("same topic: animals",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Did rents rise in January?", "Did rents rise in February?"),
        ("Is version 4 of the app unsafe?", "Is version 5 of the app unsafe?"),
        ("Is version 4.1 of the app unsafe?", "Is version 4.2 of the app unsafe?"),
        ("Did the first barrier fail?", "Did the second barrier fail?"),
        ("Did the 1st barrier fail?", "Did the 2nd barrier fail?"),
        ("Is Pope Clemens XIII on the coin?", "Is Pope Clemens XIV on the coin?"),
        ("Did wages fall by 4 per cent?", "Did wages fall by 40 per cent?"),
        ("Is the bridge open?", "Is the bridge not open?"),
        ("Was the mayor ever charged?", "Was the mayor never charged?"),
        ("Is the road closed to lorries?", "Is the road no longer closed to lorries?"),
        ("Do goats eat tin?", "Do no goats eat tin?"),
        ("Do trains of line M4 run at night?", "Do trains of line M5 run at night?"),
        ("Did half of the town vote?", "Did a third of the town vote?"),
        ("Is the northern pier closed?", "Is the southern pier closed?"),
    ],
)
def test_checks_that_differ_in_one_detail_are_no_twins(one: str, other: str) -> None:
    text = "The council of the town answered in its report, which residents can read at the library"
    a, b = (
        Profile.of(
            Article(id, headline, claim=headline, summary=f"{text}, and on its pages: {headline}")
        )
        for id, headline in (("a", one), ("b", other))
    )
    assert not is_twin(a, b)
    assert not is_twin(b, a)
    assert is_twin(a, replace_id(a))


def test_reasons_of_two_checks_of_one_claim_name_ratings_and_days() -> None:
    here = Profile.of(BATS)
    assert reasons(here, profile()) == ("checks the same claim",)
    rated = "rates the same claim True, this one False"
    assert reasons(here, profile(verdict="True")) == (rated,)
    later = profile(checked_on=date(2021, 5, 3))
    assert reasons(here, later) == ("checks the same claim again, later, on 3 May 2021",)
    successor = reasons(here, profile(verdict="True", checked_on=None), is_successor=True)
    assert successor == ("replaces this check", rated)


def test_what_was_found_by_an_older_check_says_so() -> None:
    owls = Profile.of(Article("owls", "Do owls hear well?", summary="Owls hunt by ear."))
    found = reasons(Profile.of(BATS), owls, replaces_older=True)
    assert found == ("replaces an older check",)


def test_a_verdict_that_rates_no_claim_makes_it_another() -> None:
    assert relation(profile(verdict="Full flip-flop")) == "background"


def test_a_denial_that_is_the_finding_is_no_other_claim_and_one_that_is_asked_is() -> None:
    found, asserted = PairEvidence(0.9, 0.9), "Mayor resigned over a bridge"
    here = Profile.of(Article("a", asserted, summary="The mayor of the town stayed."))
    denied = Profile.of(Article("b", "No, the mayor did not resign over a bridge"))
    assert relation_of(here, denied, found) == "same claim"
    asked = Profile.of(Article("c", "Did the mayor resign over a bridge?"))
    asked_not = Profile.of(Article("d", "Did the mayor not resign over a bridge?"))
    assert relation_of(asked, asked_not, found) == "same topic"
