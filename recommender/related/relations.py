"""Relation of two articles: same claim, update, contradiction, same topic or background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corpus.verdicts import ruling
from recommender.questions.equivalence import same_question
from recommender.related.profile import Profile, dice
from recommender.types import Relation

MIN_SIMILARITY = 0.25  # Dice of headlines, claims or leads, where no name and no topic is shared
MIN_SAME_CLAIM = 0.8  # Dice of the content words of two claims
MIN_TWIN = 0.9  # Dice of headlines and of leads from which two articles are one, published twice
MIN_SAME_TOPIC = 0.3  # Dice of headlines, claims or leads: about as much as a topic's name says
MIN_CONTRADICTION_STEPS = 2  # between two verdicts, of the four from false to true
MIN_UPDATE_DAYS = 30  # a check of the same claim that is so much later is an update
MAX_NAMES = 3  # shared names that count and are shown as a reason
# Set by hand on the sample archive: about as much as each says by itself that the other article is
# worth reading next; similarity by words is the measure of all.
WEIGHTS = {
    "words in common": 1.0,
    "headline in common": 0.3,
    "claim in common": 0.4,
    "names in common": 0.2,
    "same topic": 0.15,
    "same claim": 0.5,
    "replaces an older check": 0.5,
    "fresh": 0.1,
}


@dataclass(frozen=True, slots=True)
class RelatedCandidate:
    """Another article, what it is to the one at hand, and why.

    ``contributions`` of named features add up to its score; ``fresh`` is added by the finder, which
    knows the newest candidate.
    """

    profile: Profile
    relation: Relation
    reasons: tuple[str, ...]
    contributions: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Overlap:
    """What two articles have in common: Dice coefficients, topic, names, or words without names."""

    headline: float
    claim: float
    lead: float
    same_topic: bool
    names: tuple[str, ...]
    central_name: bool
    words: tuple[str, ...]

    @staticmethod
    def of(here: Profile, other: Profile, informative: Mapping[str, str]) -> _Overlap:
        """``informative``: the terms that distinguish articles, each as it is written."""
        shared = [term for term in here.names if term in other.names and term in informative]
        central = here.headline | here.claim | other.headline | other.claim
        return _Overlap(
            dice(here.headline, other.headline),
            dice(here.claim, other.claim),
            dice(here.lead, other.lead),
            bool(here.topic) and here.topic == other.topic,
            tuple(here.names[term] for term in shared[:MAX_NAMES]),
            any(term in central for term in shared),
            ()
            if shared
            else tuple(word for term, word in informative.items() if word and term in other.lead),
        )

    @property
    def closest(self) -> float:
        """The largest of the coefficients, in [0, 1]."""
        return max(self.headline, self.claim, self.lead)


def judge_pair(
    here: Profile,
    other: Profile,
    similarity: float,
    old_id: str,
    informative: Mapping[str, str],
) -> RelatedCandidate | None:
    """Return what ``other`` is to the article at hand; None for its twin, or nothing in common.

    Parameters
    ----------
    here
        The article at hand.
    other
        A candidate.
    similarity
        BM25 of the candidate in units of the best possible one, in [0, 1].
    old_id
        The superseded article that the candidate was found by, "" where it was found by itself.
    informative
        The terms of the article at hand that distinguish articles, each as it is written.
    """
    common = _Overlap.of(here, other, informative)
    successor = old_id == here.id
    same = successor or same_claim(here, other)
    twin = min(common.headline, common.lead) >= MIN_TWIN and here.degree == other.degree
    if twin and not successor:
        return None
    related = same or common.central_name or common.same_topic
    if not related and common.closest < MIN_SIMILARITY:
        return None
    relation, reasons = _relation(here, other, same, successor, common)
    if old_id and not successor:
        reasons.append("replaces an older check")
    reasons += _shared_reasons(here, common, same)
    values = {
        "words in common": similarity,
        "headline in common": common.headline,
        "claim in common": common.claim,
        "names in common": len(common.names) / MAX_NAMES,
        "same topic": float(common.same_topic),
        "same claim": float(same),
        "replaces an older check": float(successor),
    }
    contributions = {name: WEIGHTS[name] * value for name, value in values.items() if value}
    return RelatedCandidate(other, relation, tuple(reasons), contributions)


def same_claim(here: Profile, other: Profile) -> bool:
    """Return whether two articles check the same claim, in other words.

    Numbers must agree: that Saturn has 146 moons is another claim than that it has 83. A claim and
    its denial are two; so are the turns of two speakers, which a verdict like "flip-flop" judges.
    """
    a, b = here.asked, other.asked
    if a.numbers != b.numbers or a.negated != b.negated:
        return False
    if _rates_no_claim(here) or _rates_no_claim(other):
        return False
    one, two = here.claim or here.headline, other.claim or other.headline
    if len(one) > 1 and dice(one, two) >= MIN_SAME_CLAIM:
        names = a.names ^ b.names
        return not (names & a.names and names & b.names)
    return same_question(a, b)


def _rates_no_claim(profile: Profile) -> bool:
    """Return whether the verdict says nothing about the truth of the claim."""
    return bool(profile.verdict) and profile.degree is None and ruling(profile.verdict) is None


def _relation(
    here: Profile, other: Profile, same: bool, successor: bool, common: _Overlap
) -> tuple[Relation, list[str]]:
    """Return the relation with its reasons, the first of which says it in words."""
    ratings = f"rates the same claim {other.verdict}, this one {here.verdict}"
    differ = [ratings] if here.verdict and other.verdict and here.verdict != other.verdict else []
    if successor:
        return "update", [_dated("replaces this check", other.day), *differ]
    if same:
        one, two = here.degree, other.degree
        steps = abs(one - two) if one is not None and two is not None else 0
        if steps >= MIN_CONTRADICTION_STEPS:
            return "contradicts", [ratings]
        if here.day and other.day and (other.day - here.day).days >= MIN_UPDATE_DAYS:
            return "update", [_dated("checks the same claim again, later", other.day), *differ]
        return "same claim", ["checks the same claim", *differ]
    if common.same_topic or common.closest >= MIN_SAME_TOPIC:
        return "same topic", []
    return "background", []


def _shared_reasons(here: Profile, common: _Overlap, same: bool) -> list[str]:
    reasons = [f"same topic: {here.topic}"] if common.same_topic else []
    if common.names:
        reasons.append(f"shares {', '.join(common.names)}")
    elif not common.same_topic and not same:
        listed = ", ".join(common.words[:MAX_NAMES])
        reasons.append(f"speaks of {listed}, too" if listed else "uses many of the same words")
    return reasons


def _dated(text: str, day: date | None) -> str:
    return f"{text}, on {day.day} {day:%B %Y}" if day else text
