"""The subject of a question, and what may be moved from before it to the end."""

from __future__ import annotations

from recommender.grammar.media import MEDIA, media_phrase
from recommender.grammar.parse import Parse, Token, joined_tokens
from recommender.grammar.words import PRONOUNS

MAX_OPENING = 7  # tokens of an adverbial that may be moved from the front to the end


def subject_text_of(
    parse: Parse, subject: Token, tokens: list[Token], speaker: str, media: str
) -> str | None:
    """Return the subject as the question says it; None where it needs its page.

    Parameters
    ----------
    parse
        The sentence.
    subject
        Subject of the clause.
    tokens
        The subject's tokens.
    speaker
        Who says the clause, empty where unknown.
    media
        What "it" stands for where something is shown: "a photo". Empty where unknown.
    """
    low = subject.low
    if len(tokens) == 1 and low in {"he", "she"}:
        return speaker or None
    if subject.dep == "expl" and low in {"there", "it"}:
        return low
    if len(tokens) == 1 and low in {"it", "they", "this", "these"} and media:
        return media
    if len(tokens) == 1 and low in PRONOUNS:
        return None
    determiner = next((t for t in tokens if t.head == subject.place and t.dep == "det"), None)
    if determiner is not None and determiner.low in {"this", "these", "that", "those"}:
        if subject.lemma.lower() not in MEDIA or tokens[0] is not determiner:
            return None
        return media_phrase(subject, joined_tokens(tokens[1:]))
    if subject.lemma.lower() in MEDIA and subject.tag in {"NN", "NNS"}:
        if determiner is None and not parse.children(subject, "poss", "nummod", "compound"):
            return media_phrase(subject, joined_tokens(tokens))
        if determiner is not None and determiner.low == "the" and len(tokens) == 2:
            return media_phrase(subject, joined_tokens(tokens[1:]))
    possessive = tokens[0]
    if possessive.low in {"his", "her"} and possessive.dep == "poss" and speaker:
        return f"{speaker}’s {joined_tokens(tokens[1:])}"
    if tokens[0].low in {"his", "her", "their", "its"}:
        return None
    text = joined_tokens(tokens)
    return text if not tokens[0].text.islower() else f"{text[0].lower()}{text[1:]}"


def demonstrated_subject(parse: Parse, subject: Token) -> bool:
    """Return whether a photo or the like is pointed at: this photo, the video."""
    marks = [t for t in parse.children(subject) if t.place < subject.place]
    return not marks or any(t.low in {"this", "these", "that", "the", "viral"} for t in marks)


def opening_behind_subject(parse: Parse, verb: Token, before: list[Token]) -> str | None:
    """Return what stood before the subject and goes to the end; None where that is unsafe.

    Parameters
    ----------
    parse
        The sentence.
    verb
        Head of the clause.
    before
        Tokens before the subject.
    """
    said = [t for t in before if t.dep != "punct"]
    if not said:
        return ""
    heads = [t for t in said if t.head == verb.place]
    if len(said) > MAX_OPENING or len(heads) != 1 or heads[0].dep not in {"prep", "npadvmod"}:
        return None
    if heads[0].dep == "prep" and (said[0] is not heads[0] or said[-1].dep == "prep"):
        return None
    if heads[0].dep == "npadvmod" and not any(t.tag == "CD" for t in said):
        return None
    if said[0].low in {"despite", "unlike", "like", "contrary", "according", "as", "with", "for"}:
        return None
    return joined_tokens(said)
