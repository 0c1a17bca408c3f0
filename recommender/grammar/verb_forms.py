"""Verb forms of a question: auxiliary, agreement, participles without auxiliary, rows of verbs."""

from __future__ import annotations

from recommender.grammar.media import MEDIA
from recommender.grammar.parse import Parse, Token
from recommender.grammar.words import FULL_FORMS, INTRANSITIVE, PRONOUNS

FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
SUBJECTS = ("nsubj", "nsubjpass", "expl")
_AMOUNTS = frozenset(
    """percent % half majority number quarter third lot most all none total rest thousands hundreds
    millions billions plenty amount two three four five""".split()
)
_MAY_BE_BARE = frozenset(
    """congress parliament water evidence public health crime marijuana cannabis fracking smoking
    drinking vaping alcohol coffee tea garlic ginger turmeric vinegar salt sugar milk oil gas coal
    climate unemployment inflation immigration poverty obesity cancer malaria hiv aids influenza flu
    coronavirus covid-19 covid anyone someone everyone nobody""".split()
)
_RAISED = frozenset(
    """accused allowed asked banned believed cleared expected forced found known made paid
    ordered required said seen set supposed told used urged""".split()
)


def full_verb_form(first: Token) -> str | None:
    """Return an auxiliary without contraction in lower case."""
    low = first.low
    if low in {"may", "might"}:
        return "could"  # "May bats be blind?" asks for leave
    if low == "'s":
        return {"be": "is", "have": "has"}.get(first.lemma)
    if low == "'d":
        return None
    return FULL_FORMS.get(low)


def backshifted_verb(
    verb: Token, subject: Token, auxiliaries: list[Token], edits: dict[int, str]
) -> str:
    """Return the auxiliary for "had …", past perfect of reported speech: did, was, were.

    Parameters
    ----------
    verb
        Head of the clause.
    subject
        Subject of the clause.
    auxiliaries
        Auxiliaries of the verb.
    edits
        New texts by the place of their token; written.
    """
    if len(auxiliaries) == 1 and verb.tag == "VBN":
        if not verb.lemma.isalpha():
            return ""
        if verb.lemma == "be":
            edits[verb.place] = ""
            return "were" if subject.tag in {"NNS", "NNPS"} else "was"
        edits[verb.place] = verb.lemma
        return "did"
    if len(auxiliaries) == 2 and auxiliaries[1].low == "been":
        edits[auxiliaries[1].place] = ""
        return "were" if subject.tag in {"NNS", "NNPS"} else "was"
    return ""


def verb_may_lack_copula(parse: Parse, verb: Token, subject: Token) -> bool:
    """Return whether a headline has left "is" or "was" out: "Dogs banned from parks".

    Parameters
    ----------
    parse
        The sentence.
    verb
        Head of the clause.
    subject
        Subject of the clause.
    """
    if subject.dep == "expl" or subject.lemma.lower() in MEDIA or subject.low in PRONOUNS:
        return False
    if any(t.text in "\"“”‘’'" or t.text.startswith("'") for t in parse.tokens):
        return False
    if verb.tag == "VBG":
        return bool(parse.children(verb, "dobj", "prep", "auxpass"))
    below = parse.children(verb, "dobj", "ccomp", "attr", "dative", "advmod", "conj")
    return verb.tag == "VBN" and not below and bool(parse.children(verb, "agent", "prep"))


def copula_form(verb: Token, subject: Token) -> str:
    """Return the form of "be" that a headline has left out before a participle."""
    plural = subject.tag in {"NNS", "NNPS"}
    if verb.tag == "VBG":
        return "are" if plural else "is"
    return "were" if plural else "was"


def coordinated_verb_forms(parse: Parse, verb: Token, edits: dict[int, str], *, base: bool) -> bool:
    """Give coordinated verbs the form that the question wants; False where that is not known.

    ``base``: do-support, so that every verb of the row becomes its base form.

    Parameters
    ----------
    parse
        The sentence.
    verb
        Head of the clause.
    edits
        New texts by the place of their token; written.
    base
        Whether the verb takes its base form, behind "do".
    """
    row = [verb]
    for one in row:
        row += [t for t in parse.children(one, "conj") if t not in row]
    for other in row[1:]:
        if parse.children(other, *SUBJECTS):
            if other.head == verb.place:
                continue  # a clause of its own, left out
            return False
        own = parse.children(other, "aux", "auxpass")
        if not base:
            if verb.lemma == "be" and verb.tag in FINITE and not own:
                if other.tag.startswith("VB"):
                    return False
                continue
            if own or other.tag != verb.tag:
                return False
        elif own or other.tag != verb.tag or not other.lemma.isalpha():
            return False
        else:
            edits[other.place] = other.lemma
    return True


def participle_form(parse: Parse, verb: Token, has_auxiliary: bool) -> str:
    """Return why ``verb`` may be a participle whose auxiliary the headline left out, "" if not.

    Parameters
    ----------
    parse
        The sentence.
    verb
        Head of the clause.
    has_auxiliary
        Whether the verb has an auxiliary.
    """
    if verb.tag == "VBN" and not has_auxiliary:
        return "participle"
    if verb.tag != "VBD" or has_auxiliary or verb.lemma in INTRANSITIVE or verb.lemma == "be":
        return ""
    if parse.children(verb, "agent"):
        return "participle"
    objects = parse.children(verb, "dobj", "ccomp", "xcomp", "attr", "acomp", "dative", "oprd")
    if objects and any(o.place > verb.place for o in objects):
        after = [o for o in objects if o.place > verb.place]
        return "participle" if all(o.dep == "xcomp" for o in after) else ""
    return "participle"


def verb_agrees(subject: Token, first: Token, parse: Parse) -> bool:
    """Return whether subject and verb agree, where the tags can tell.

    Parameters
    ----------
    subject
        Subject of the clause.
    first
        The finite verb: the first auxiliary, else the verb itself.
    parse
        The sentence.
    """
    if subject.dep == "expl" or subject.low in _AMOUNTS or parse.children(subject, "conj"):
        return True
    plural = subject.tag in {"NNS"}
    singular = subject.tag == "NN"
    if first.tag == "VBZ":
        return not plural
    if first.tag == "VBP":
        return not singular or subject.low in {"police", "staff", "family", "team", "government"}
    if first.low == "was":
        return not plural
    return first.low != "were" or not singular


def bare_singular(parse: Parse, subject: Token) -> bool:
    """Return whether a common noun stands alone as the subject: "rival", "chamber"."""
    if subject.tag not in {"NN", "NNP"} or len(subject.text.split()) > 1:
        return False
    if not subject.text.islower() and (subject.tag == "NNP" or subject.text.isupper()):
        return False
    if parse.children(subject) or subject.low in _MAY_BE_BARE | {"there", "it"}:
        return False
    return not subject.low.endswith(("s", "ing", "ism", "ness", "ment", "ity", "tion", "cine"))
