"""What a question refers to: names, pronouns and definite nouns must say who or what is meant."""

from __future__ import annotations

import re

from corpus.analysis.tokenizer import words
from corpus.models import Article
from recommender.grammar.clauses import Turned
from recommender.grammar.media import MEDIA
from recommender.grammar.parse import Parse, Token, joined_tokens
from recommender.grammar.words import INTRANSITIVE, STATIVE
from recommender.question_generation.labels import publisher_of
from recommender.question_generation.review import META

_NO_PERSON = frozenset(
    """states county city house senate party state university department committee council board
    court u.s. us america congress""".split()
)
UNIQUE = frozenset(
    """world earth sun moon internet media economy police country public coronavirus virus army
    pandemic constitution government poor rich elderly unemployed""".split()
)
_PERSON = re.compile(
    r"^(Did|Was|Is|Does|Has|Will|Could|Can|Would) ((?:[A-Z][\w.]+ ){0,2})(man|woman|boy|girl|"
    r"teen|teenager|couple|"
    r"mom|mother|father|student|teacher|cop|doctor|nurse|policeman|politician|lawmaker|judge|"
    r"pastor)\b"
)
_BARE_PICTURE = re.compile(r"^Does (photo|video|picture|photograph|clip) show\b")
_TOP = re.compile(
    r"\b(to|of|by|for|in|from|on|with|among) ((?:top|bottom) (?=\d|one\b)|(?:East|West) Coast\b)"
)


def refers_by_lost_pronoun(parse: Parse, verb: Token) -> bool:
    """Return whether he or she below a subject that is no name may be the speaker."""
    subjects = parse.children(verb, "nsubj", "nsubjpass")
    if not subjects or subjects[0].low in {"he", "she"}:
        return False
    if subjects[0].tag == "NNP" and not any(
        t.low in _NO_PERSON for t in parse.subtree(subjects[0])
    ):
        said = {t.low for t in parse.subtree(verb)}
        return "under" in said and bool({"his", "her"} & said)
    below = parse.subtree(verb)
    if below and parse.subtree(subjects[0])[0].low in {"his", "her"}:
        return False
    return any(t.low in {"he", "she", "his", "her", "him"} for t in below)


def names_publisher(question: str, article: Article) -> str:
    """Return "publisher" where ``question`` holds the publisher's name, else ""."""
    host = publisher_of(article).removeprefix("www.").split(".")[0]
    squeezed = "".join(words(question))
    return "publisher" if len(host) > 4 and host in squeezed else ""


def reference_with_the(question: str) -> str:
    """Return the question with articles that headlines leave out: "to top 10" → "to the top 10"."""
    return _TOP.sub(r"\1 the \2", _BARE_PICTURE.sub(r"Does a \1 show", question))


def refers_to_bare_person(question: str) -> bool:
    """Return whether the question opens with somebody without article: "Did Ohio man …"."""
    return _PERSON.match(question) is not None


def untrue(parse: Parse, verb: Token, turned: Turned) -> str:
    """Return why a headline that nobody is said to claim is not what its check asks, or "".

    Parameters
    ----------
    parse
        The headline.
    verb
        Head of its clause.
    turned
        The question made of it.
    """
    if turned.negated:
        return ""
    if META.search(joined_tokens(parse.tokens)):
        return "meta"
    after = [c for c in parse.children(verb, "dobj", "ccomp", "xcomp", "attr", "acomp", "prep")]
    bare = verb.tag == "VBD" and after and all(c.dep == "xcomp" for c in after)
    if bare and verb.lemma not in INTRANSITIVE:
        return "participle"
    subject = next(iter(parse.children(verb, "nsubj", "nsubjpass")), None)
    if subject is not None and subject.lemma.lower() in MEDIA | {"evidence"}:
        return "states what a picture shows"
    if verb.tag in {"VBZ", "VBP"} and verb.lemma not in STATIVE and turned.rule == "do-support":
        return "headline present"
    return ""


def refers_to_vague_subject(parse: Parse, verb: Token) -> str:
    """Return the noun of "the mosque" as a subject: the question would not say which."""
    for subject in parse.children(verb, "nsubj", "nsubjpass"):
        below = parse.children(subject)
        vague = subject.tag in {"NN", "NNS"} and subject.low not in UNIQUE | MEDIA
        if vague and len(below) == 1 and below[0].low == "the":
            return subject.low
    return ""


def refers_to_vague_nouns(parse: Parse) -> bool:
    """Return whether a sentence needs what stands before it: "the supermarket", no name at all."""
    if not any(t.tag in {"NNP", "NNPS"} for t in parse.tokens):
        return True
    for token in parse.tokens:
        below = parse.children(token)
        common = token.tag in {"NN", "NNS"} and token.low not in UNIQUE
        if common and len(below) == 1 and below[0].low == "the":
            return True
    return False
