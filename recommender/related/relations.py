"""Relation of two articles: same claim, update, contradiction, same topic or background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.verdicts import verdict_ruling
from recommender.questions.equivalence import same_question
from recommender.related.profile import Profile, dice_of_profiles
from recommender.types import SAME_CLAIM, Relation

MIN_SAME_CLAIM = 0.8  # Dice of the content words of two claims
MIN_SAME_CLAIM_PROBABILITY = 0.5  # of the next-read model, where no detail differs
MIN_TWIN = 0.9  # Dice of headlines and of leads from which two articles are one, published twice
MIN_SAME_TOPIC = 0.5  # probability of a good next read, from which it is on the same topic
MIN_CONTRADICTION_STEPS = 2  # between two verdicts, of the four from false to true
MIN_UPDATE_DAYS = 30  # a check of the same claim that is so much later is an update
MAX_SHARED = 3  # names or words in common that a reason lists


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What the next-read model says of a pair of articles, and how the pair was found.

    ``good`` and ``same_claim`` are probabilities. ``is_successor``: the other replaces the article
    at hand; ``replaces_older``: it was found by an older check that it replaces.
    """

    good: float
    same_claim: float
    is_successor: bool = False
    replaces_older: bool = False


def is_twin(here: Profile, other: Profile) -> bool:
    """Return whether two articles are one text, published twice.

    Texts that differ in a number, a year, a negation or one word of the headline for another are
    two, however similar the rest is: the toll of a flood of yesterday and of today, prices of March
    and of April, a law of 2022 and of 2023.
    """
    if here.headline - other.headline and other.headline - here.headline:
        return False  # one word stands in another's place: "in March", "in April"
    return (
        here.degree == other.degree
        and here.details == other.details
        and dice_of_profiles(here.headline, other.headline) >= MIN_TWIN
        and dice_of_profiles(here.lead, other.lead) >= MIN_TWIN
    )


def relation_of(here: Profile, other: Profile, evidence: PairEvidence) -> Relation:
    """Return what ``other`` is to the article at hand.

    Parameters
    ----------
    here
        The article at hand.
    other
        A related article.
    evidence
        What the next-read model says of the two.
    """
    if evidence.is_successor or _relates_by_claim(here, other, evidence):
        return _relation_of_checks(here, other, evidence.is_successor)
    near = _relates_by_topic(here, other) or evidence.good >= MIN_SAME_TOPIC
    return "same topic" if near else "background"


def reasons_of(
    here: Profile,
    other: Profile,
    relation: Relation,
    evidence: PairEvidence,
    shared: Sequence[str],
) -> tuple[str, ...]:
    """Return why ``other`` is shown, in plain words.

    Parameters
    ----------
    here
        The article at hand.
    other
        A related article.
    relation
        What ``relation_of`` returns for the two.
    evidence
        What the next-read model says of the two.
    shared
        The terms in common that tell most what both are about, best first.
    """
    if relation in SAME_CLAIM:
        return _reasons_of_checks(here, other, relation, evidence.is_successor)
    reasons = ["replaces an older check"] if evidence.replaces_older else []
    if listed := _written_in_related(here, other, shared):
        reasons.append(f"also about {listed}")
    elif _relates_by_topic(here, other):
        reasons.append(f"same topic: {here.topic}")
    return tuple(reasons)


def _relates_by_topic(here: Profile, other: Profile) -> bool:
    return bool(here.topic) and here.topic == other.topic


def same_claim(here: Profile, other: Profile) -> bool:
    """Return whether two articles check the same claim, in other words.

    Numbers must agree: that Saturn has 146 moons is another claim than that it has 83. A claim and
    its denial are two; so are the turns of two speakers, which a verdict like "flip-flop" judges.
    """
    a, b = here.asked, other.asked
    if a.negated != b.negated or not _may_state_one_claim(here, other):
        return False
    one, two = here.claim or here.headline, other.claim or other.headline
    if len(one) > 1 and dice_of_profiles(one, two) >= MIN_SAME_CLAIM:
        names = a.names ^ b.names
        return not (names & a.names and names & b.names)
    return same_question(a, b)


def _relates_by_claim(here: Profile, other: Profile, evidence: PairEvidence) -> bool:
    by_model = evidence.same_claim >= MIN_SAME_CLAIM_PROBABILITY
    return (by_model and _may_state_one_claim(here, other)) or same_claim(here, other)


def _may_state_one_claim(here: Profile, other: Profile) -> bool:
    """Return whether two articles may state one claim, as far as their headlines can tell.

    A headline that asserts ("No, the mayor did not resign") gives the finding: its negation is not
    the claim's. One that asks states the claim, and so does a claim. Numbers must agree.
    """
    if here.asked.numbers != other.asked.numbers:
        return False
    if _states_claim(here) and _states_claim(other) and here.asked.negated != other.asked.negated:
        return False
    return not (_rates_no_claim(here) or _rates_no_claim(other))


def _states_claim(profile: Profile) -> bool:
    return bool(profile.claim) or profile.title.rstrip().endswith("?")


def _rates_no_claim(profile: Profile) -> bool:
    """Return whether the verdict says nothing about the truth of the claim."""
    return (
        bool(profile.verdict) and profile.degree is None and verdict_ruling(profile.verdict) is None
    )


def _relation_of_checks(here: Profile, other: Profile, is_successor: bool) -> Relation:
    if is_successor:
        return "update"
    one, two = here.degree, other.degree
    if one is not None and two is not None and abs(one - two) >= MIN_CONTRADICTION_STEPS:
        return "contradicts"
    if here.day and other.day and (other.day - here.day).days >= MIN_UPDATE_DAYS:
        return "update"
    return "same claim"


def _reasons_of_checks(
    here: Profile, other: Profile, relation: Relation, is_successor: bool
) -> tuple[str, ...]:
    ratings = f"rates the same claim {other.verdict}, this one {here.verdict}"
    differ = (ratings,) if here.verdict and other.verdict and here.verdict != other.verdict else ()
    if relation == "contradicts":
        return (ratings,)
    if relation == "same claim":
        return ("checks the same claim", *differ)
    how = "replaces this check" if is_successor else "checks the same claim again, later"
    return (_dated_relation(how, other.day), *differ)


def _written_in_related(here: Profile, other: Profile, shared: Sequence[str]) -> str:
    """Return the shared terms as the articles write them: names, else what both put first."""
    names = [here.names[t] for t in shared if t in here.names and t in other.names]
    if not names:
        central = (here.headline | here.claim) & (other.headline | other.claim)
        names = [here.written.get(t, t) for t in shared if t in central]
    return ", ".join(list(dict.fromkeys(names))[:MAX_SHARED])


def _dated_relation(text: str, day: date | None) -> str:
    return f"{text}, on {day.day} {day:%B %Y}" if day else text
