"""Negations of a clause, dropped so that the question leaves both answers open."""

from __future__ import annotations

from recommender.grammar.parse import Parse, Token
from recommender.grammar.words import NEGATIVE, UNSAFE_NEGATION


def drop_negation(  # noqa: C901
    parse: Parse, verb: Token, clause: list[Token], edits: dict[int, str]
) -> bool | None:
    """Mark the negation of the clause to be dropped; None where that would change its sense.

    Parameters
    ----------
    parse
        The sentence.
    verb
        Head of the clause.
    clause
        Tokens of the clause.
    edits
        New texts by the place of their token; written.
    """
    places = {t.place for t in clause}
    mains = {verb.place}
    negations = [t for t in clause if t.dep == "neg" and t.head in mains]
    any_negation = none_to_any(parse, verb, clause, edits)
    if any(t.low in NEGATIVE and t not in negations and t.place not in edits for t in clause) or (
        any_negation and negations
    ):
        return None
    if any_negation:
        return True
    if not negations:
        return False
    if len(negations) > 1 or negations[0].low not in {"not", "n't", "never"}:
        return None
    negation = negations[0]
    following = [t for t in clause if t.place > negation.place]
    if following and following[0].low in UNSAFE_NEGATION:
        return None
    if any(
        c.dep == "advcl" and any(m.low in {"because", "so", "as"} for m in parse.children(c))
        for c in parse.children(verb)
    ):
        return None
    if negation.place and parse.tokens[negation.place - 1].text == ",":
        return None  # "in Bern, not Basel"
    if any(t.low == "until" for t in following):
        return None
    if any(t.low == "but" and t.head == verb.place for t in clause):
        return None
    if negation.low == "never":
        edits[negation.place] = "ever"
    else:
        edits[negation.place] = ""
    for token in following:
        if token.low in {"either", "yet", "anymore"} and token.place in places:
            edits[token.place] = ""
    return True


def none_to_any(parse: Parse, verb: Token, clause: list[Token], edits: dict[int, str]) -> bool:
    """Write "any" for the "no" of the subject, or of what there is or somebody has.

    Parameters
    ----------
    parse
        The sentence.
    verb
        Head of the clause.
    clause
        Tokens of the clause.
    edits
        New texts by the place of their token; written.
    """
    for token in clause:
        if token.low != "no" or token.dep != "det":
            continue
        noun = parse.tokens[token.head]
        has = verb.lemma in {"have", "be"} and noun.dep in {"dobj", "attr", "nsubj"}
        if noun.head == verb.place and (has or noun.dep in {"nsubj", "nsubjpass"}):
            if verb.lemma == "be" and not parse.children(verb, "expl"):
                return False
            if noun.low in {"one", "longer"} or noun.tag == "NNP":
                return False
            edits[token.place] = "any"
            return True
    return False
