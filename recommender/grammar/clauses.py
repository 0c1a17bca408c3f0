"""Turn one parsed clause into a yes-or-no question: "Bats are blind" → "Are bats blind?".

The grammar is a closed list: what it does not know for certain it leaves alone. An auxiliary goes
before the subject, else do-support; a negation is dropped, since both answers stay open without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from recommender.grammar.media import MEDIA
from recommender.grammar.negation import drop_negation
from recommender.grammar.parse import Parse, Token, joined_tokens
from recommender.grammar.subjects import (
    demonstrated_subject,
    opening_behind_subject,
    subject_text_of,
)
from recommender.grammar.verb_forms import (
    FINITE,
    SUBJECTS,
    backshifted_verb,
    bare_singular,
    coordinated_verb_forms,
    copula_form,
    full_verb_form,
    participle_form,
    verb_agrees,
    verb_may_lack_copula,
)
from recommender.grammar.words import NEGATIVE, PRONOUNS, STATIVE

_DROPPED_ADVERBS = frozenset(
    "actually really also indeed simply just even still now currently reportedly".split()
)


@dataclass(frozen=True, slots=True)
class Turned:
    """A clause turned into a question, and what was learned about it on the way."""

    text: str
    rule: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a clause was left alone: a short key that can be counted."""

    reason: str


def turn_clause(  # noqa: C901
    parse: Parse,
    verb: Token,
    speaker: str = "",
    media: str = "",
    *,
    past: bool = False,
    bare: bool = False,
) -> Turned | Refused:
    """Return the clause of ``verb`` as a question.

    Parameters
    ----------
    parse
        The sentence.
    verb
        Head of the clause: a finite verb, or one with a finite auxiliary.
    speaker
        Who says the clause; stands for "he" or "she" as its subject. Empty where unknown.
    media
        What "it" or "they" stands for as the subject of "shows": "a photo". Empty where unknown.
    past
        Whether the present tense is that of a headline, which tells what happened.
    bare
        Whether a form of "be" may be missing before a participle, as in headlines.
    """
    subjects = parse.children(verb, *SUBJECTS) or [
        c for c in parse.children(verb, "csubj", "csubjpass") if c.tag == "VBG"
    ]
    expletive = [s for s in subjects if s.dep == "expl"]
    if len(subjects) != 1 and not (expletive and len(subjects) == 2):
        return Refused("no single subject")
    subject = expletive[0] if expletive else subjects[0]
    if any(t.tag in {"WP", "WRB", "WDT", "WP$"} for t in parse.subtree(subject)[:1]):
        return Refused("question word")
    if parse.subtree(subject)[0].low in {"what", "who", "how", "why", "which", "whether"}:
        return Refused("question word")
    if subject.place > verb.place:
        return Refused("subject after verb")
    auxiliaries = [
        a for a in parse.children(verb, "aux", "auxpass") if subject.place < a.place < verb.place
    ]
    if any(m.low != "that" for m in parse.children(verb, "mark")):
        return Refused("subordinate")
    if any(a.tag == "TO" for a in parse.children(verb, "aux")):
        return Refused("infinitive")
    first = auxiliaries[0] if auxiliaries else verb
    restored = ""
    if bare and not auxiliaries and verb_may_lack_copula(parse, verb, subject):
        restored = copula_form(verb, subject)
    if restored:
        pass
    elif first.tag not in FINITE or (auxiliaries and verb.tag in {"VBZ", "VBP"}):
        return Refused("no finite verb")
    if bare_singular(parse, subject):
        return Refused("bare subject")
    if not restored and not verb_agrees(subject, first, parse):
        return Refused("agreement")
    if not restored and (problem := participle_form(parse, verb, bool(auxiliaries))):
        return Refused(problem)
    clause = _tokens_of_clause(parse, verb)
    edits: dict[int, str] = {}
    negated = drop_negation(parse, verb, clause, edits)
    if negated is None:
        return Refused("negation")
    subject_tokens = [t for t in parse.subtree(subject) if t in clause]
    if subject_tokens[-1].place >= first.place or not _contiguous_clause(subject_tokens):
        return Refused("broken subject")
    if verb.lemma not in {"show", "depict", "feature"}:
        media = ""
        if subject.lemma.lower() in MEDIA and demonstrated_subject(parse, subject):
            return Refused("this picture is something")
    title = subject_tokens[0].place - 1
    while title >= 0 and parse.tokens[title].tag == "NNP" and parse.tokens[title] in clause:
        if subject_tokens[0].tag != "NNP":
            break
        subject_tokens.insert(0, parse.tokens[title])  # "PM" before a name, parsed apart
        title -= 1
    if subject_tokens[0].low == "no":
        parse = parse.edited(edits)
        subject_tokens = [parse.tokens[t.place] for t in subject_tokens]
        subject = parse.tokens[subject.place]
    subject_text = subject_text_of(parse, subject, subject_tokens, speaker, media)
    if subject_text is None:
        return Refused("subject pronoun")
    before = [t for t in clause if t.place < subject_tokens[0].place]
    opening = opening_behind_subject(parse, verb, before)
    if opening is None:
        return Refused("opening")
    between = [t for t in clause if subject_tokens[-1].place < t.place < first.place]
    after = [t for t in clause if t.place > first.place]
    if any(
        t.low in _OBJECTS and t.dep in {"dobj", "dative", "pobj"} and t.head == verb.place
        for t in after
    ):
        return Refused("object pronoun")
    if media and not any(o.place > verb.place for o in parse.children(verb, "dobj")):
        return Refused("nothing shown")
    if restored:
        front, rule = restored, "auxiliary restored"
        between = [*between, first]
        if not coordinated_verb_forms(parse, verb, edits, base=False):
            return Refused("coordination")
    elif auxiliaries or first.lemma == "be":
        front = full_verb_form(first) or ""
        if first.low == "'s" and verb.tag == "VBN":
            front = "has" if parse.children(verb, "dobj") else ""
        if first.low in {"had", "'d"} and verb is not first:
            front = backshifted_verb(verb, subject, auxiliaries, edits)
        if not front:
            return Refused("contraction")
        rule = "auxiliary first" if auxiliaries else "copula first"
        if not coordinated_verb_forms(parse, verb, edits, base=False):
            return Refused("coordination")
    else:
        if verb.tag == "MD":
            return Refused("no finite verb")
        front = {"VBZ": "does", "VBP": "do", "VBD": "did"}[verb.tag]
        rule = "do-support"
        if past and verb.lemma not in STATIVE:
            front = "did"
        if any(
            c.place > verb.place and c.tag in {"VBZ", "VBD"} and not parse.children(c, *SUBJECTS)
            for c in parse.children(verb, "dep", "advcl", "ccomp")
        ):
            return Refused("coordination")
        if verb.place and not parse.tokens[verb.place - 1].space:
            return Refused("compound verb")
        following = parse.tokens[verb.place + 1 : verb.place + 2]
        if verb.lemma == "have" and following and following[0].tag in {"VBN", "VBD"}:
            return Refused("auxiliary taken for a verb")
        if verb.lemma == "do" and any(c.tag == "VB" for c in parse.children(verb)):
            return Refused("auxiliary taken for a verb")
        if not verb.lemma.isalpha() or not coordinated_verb_forms(parse, verb, edits, base=True):
            return Refused("coordination")
        between = [*between, verb]
        edits[verb.place] = verb.lemma
    pieces = [
        front,
        subject_text,
        _edited_clause(between, edits),
        _edited_clause(after, edits),
        opening,
    ]
    text = closed_clause_quote(" ".join(piece for piece in pieces if piece).strip(" ,;:."))
    if text.endswith("U.S"):
        text += "."
    return Turned(f"{text[0].upper()}{text[1:]}?", rule, negated)


_OBJECTS = frozenset("them him her it they he she".split())


def _tokens_of_clause(parse: Parse, verb: Token) -> list[Token]:
    """Return the tokens of the clause: no "that" before it, no commentary beside it."""
    left_out: set[int] = set()
    for child in parse.children(verb):
        beside = child.dep in {"parataxis", "intj", "meta"}
        contrast = child.dep == "conj" and bool(parse.children(child, *SUBJECTS))
        leading = child.place < verb.place and child.dep in {"mark", "cc", "punct", "intj"}
        if beside or contrast:
            left_out |= {t.place for t in parse.subtree(child)}
            left_out |= {
                t.place for t in parse.children(verb, "cc") if contrast and t.place < child.place
            }
        elif leading and not (child.dep == "punct" and child.text in "\"“”‘’'()"):
            left_out.add(child.place)
        if child.dep == "advmod" and child.low in _DROPPED_ADVERBS and not parse.children(child):
            left_out.add(child.place)
    return [t for t in parse.subtree(verb) if t.place not in left_out]


def closed_clause_quote(text: str) -> str:
    """Return ``text`` with the mark that ends a quotation, where it reaches to the end."""
    for opening, closing in ('""', "“”", "‘’", "''"):
        found = re.search(rf"(?:^|[\s(]){re.escape(opening)}(?=[\w$])((?:(?![“‘\"]).)*)$", text)
        if found and not re.search(rf"\w[.,%]?{re.escape(closing)}(?!\w)", found.group(1)):
            return text.rstrip(".,") + closing
    return re.sub(r"[.,]([\"”’'])$", r"\1", text)


def clause_with_copula(parse: Parse, noun: Token) -> Turned | Refused:
    """Return "Crime dropping in Paris", parsed as a noun with a participle, as a question."""
    below = parse.subtree(noun)
    participles = [c for c in parse.children(noun, "acl") if c.tag == "VBN"]
    if participles and not verb_may_lack_copula(parse, participles[0], noun):
        return Refused("no verb")
    if len(participles) != 1 or noun.tag == "NNP" or any(t.low in NEGATIVE for t in below):
        return Refused("no verb")
    said = parse.subtree(participles[0])
    if said[-1] is not below[-1] and below[-1].dep != "punct":
        return Refused("no verb")
    subject = [t for t in below if t.place < said[0].place]
    if not subject or subject[-1].dep == "punct" or subject[0].low in PRONOUNS:
        return Refused("no verb")
    if said[0] is not participles[0] or parse.children(participles[0], "conj"):
        return Refused("no verb")
    front = copula_form(participles[0], noun)
    text = closed_clause_quote(
        f"{front} {joined_tokens(subject)} {joined_tokens(said)}".strip(" ,;:.")
    )
    return Turned(f"{text[0].upper()}{text[1:]}?", "auxiliary restored", False)


def clause_conjunctions(parse: Parse) -> dict[int, str]:
    """Return where a headline has a comma for "and": "wages, jobs" is "wages and jobs"."""
    found = {}
    for token in parse.tokens:
        if token.dep != "conj" or parse.children(token, "conj", "cc", *SUBJECTS):
            continue
        head = parse.tokens[token.head]
        if {head.tag, token.tag} & {"NNP", "NNPS"}:
            continue  # "Paris, France" is no row
        if parse.children(head, "cc") or (head.dep == "conj" and parse.children(head, "cc")):
            continue
        start = parse.subtree(token)[0].place
        if start and parse.tokens[start - 1].text == ",":
            found[start - 1] = " and"
    return found


def _edited_clause(tokens: list[Token], edits: dict[int, str]) -> str:
    parts = []
    for token in tokens:
        text = edits.get(token.place, token.text)
        if text:
            parts.append(text + (" " if token.space else ""))
        elif parts and token.space and not parts[-1].endswith(" "):
            parts.append(" ")
    return "".join(parts).strip()


def _contiguous_clause(tokens: list[Token]) -> bool:
    return tokens[-1].place - tokens[0].place == len(tokens) - 1
