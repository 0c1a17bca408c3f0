"""What a question refers to: names, pronouns and definite nouns must say who or what is meant."""

from __future__ import annotations

import re

from corpus.models import Article
from corpus.analysis.tokenizer import words
from recommender.grammar.casing import is_title_case
from recommender.grammar.clauses import Turned
from recommender.question_generation.headlines import cleaned
from recommender.question_generation.labels import publisher_of
from recommender.grammar.media import MEDIA
from recommender.grammar.parse import Parse, Token, joined
from recommender.question_generation.review import META
from recommender.grammar.words import INTRANSITIVE, STATIVE

_NO_PERSON = frozenset(
    """states county city house senate party state university department committee council board
    court u.s. us america congress""".split()
)
_OBJECTS = frozenset("them him her it".split())
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


def lost_pronoun(parse: Parse, verb: Token) -> bool:
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


def unintroduced(parse: Parse, verb: Token, article: Article) -> str:
    """Return "the …" that only the body introduces: a question has to say who or what it is."""
    headline = cleaned(article.headline).lower()
    media = {
        s.place for s in parse.children(verb, "nsubj", "nsubjpass") if s.lemma.lower() in MEDIA
    }
    subject = next(iter(parse.children(verb, "nsubj", "nsubjpass")), None)
    if subject is not None and subject.tag == "NNP" and not parse.children(subject):
        if subject.low not in headline:
            return f"only {subject.text}"
    for token in parse.subtree(verb):
        if token.tag not in {"NN", "NNS"} or token.low in UNIQUE or token.place in media:
            continue
        below = parse.children(token)
        if len(below) == 1 and below[0].low == "the" and f"the {token.low}" not in headline:
            return f"the {token.low}"
        if token.low in _OBJECTS:
            return token.low
    return ""


def with_full_names(question: str, article: Article) -> str:
    """Return the question with the name behind its verb as the headline has it: both names."""
    match = re.match(r"^(\w+) ([A-Z][a-z]+)(?=(?:'s)? [a-z])", question)
    headline = cleaned(article.headline)
    if match is None or is_title_case(headline):
        return question
    name = match.group(2)
    whole = re.search(rf"\b(?:{name} [A-Z][a-z]+|[A-Z][a-z]+ {name})\b", headline[1:])
    if (
        whole is None
        or set(whole.group().lower().split()) & _NO_PERSON
        or not re.search(rf"\b{whole.group()}\b", article.body)
    ):
        return question
    return f"{match.group(1)} {whole.group()}{question[match.end() :]}"


def names_publisher(question: str, article: Article) -> str:
    """Return "publisher" where ``question`` holds the publisher's name, else ""."""
    host = publisher_of(article).removeprefix("www.").split(".")[0]
    squeezed = "".join(words(question))
    return "publisher" if len(host) > 4 and host in squeezed else ""


def with_the(question: str) -> str:
    """Return the question with articles that headlines leave out: "Did an Ohio man …?"."""
    question = _BARE_PICTURE.sub(r"Does a \1 show", question)
    question = _TOP.sub(r"\1 the \2", question)
    if match := _PERSON.match(question):
        first = (match[2] or match[3]).split()[0]
        vowel = first[0] in "AEFHILMNORSX" if first.isupper() else first[0].lower() in "aeio"
        an = "an" if vowel else "a"
        return f"{match[1]} {an} {question[match.start(2) :]}"
    return question


def untrue(parse: Parse, verb: Token, turned: Turned) -> str:
    """Return why a headline that nobody is said to claim is not what its check asks, or ""."""
    if turned.negated:
        return ""
    if META.search(joined(parse.tokens)):
        return "meta"
    after = [c for c in parse.children(verb, "dobj", "ccomp", "xcomp", "attr", "acomp", "prep")]
    if verb.tag == "VBD" and after and all(c.dep == "xcomp" for c in after):
        if verb.lemma not in INTRANSITIVE:
            return "participle"
    subject = next(iter(parse.children(verb, "nsubj", "nsubjpass")), None)
    if subject is not None and subject.lemma.lower() in MEDIA | {"evidence"}:
        return "states what a picture shows"
    if verb.tag in {"VBZ", "VBP"} and verb.lemma not in STATIVE and turned.rule == "do-support":
        return "headline present"
    return ""


def vague_subject(parse: Parse, verb: Token) -> str:
    """Return the noun of "the mosque" as a subject: the question would not say which."""
    for subject in parse.children(verb, "nsubj", "nsubjpass"):
        below = parse.children(subject)
        vague = subject.tag in {"NN", "NNS"} and subject.low not in UNIQUE | MEDIA
        if vague and len(below) == 1 and below[0].low == "the":
            return subject.low
    return ""
