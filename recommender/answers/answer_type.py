"""Answer typing: what kind of answer a question expects, and evidence for that kind in a passage.

A question word says what the answer looks like: "how tall" expects a number with a unit of length,
"when" a date, "why" a cause (Li and Roth, Learning Question Classifiers, 2002). The rules and word
lists are English; a question in another language is ``unknown`` and finds no evidence, so a model
that weighs the evidence treats it like a question without a question word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import stem, words
from index.jit import compiled

Kind = Literal[
    "yes or no", "person", "place", "time", "number", "cause", "manner", "thing", "unknown"
]
KINDS: tuple[Kind, ...] = (
    "yes or no", "person", "place", "time", "number", "cause", "manner", "thing", "unknown",
)  # fmt: skip

NUMBER = 1  # ``TermClass.NUMBER`` as a plain number, for compiled loops
MAX_UNIT_DISTANCE = 2  # terms from a number to its unit: "five feet", "3.6 million square metres"
MAX_NOUN_DISTANCE = 4  # words behind "what" or "which" among which its noun stands
MAX_CACHED_QUESTIONS = 1 << 16  # those of the bank are asked of many pages


class TermClass(IntFlag):
    """Kinds of expressions that a term can be part of, a bit mask."""

    NUMBER = 1
    YEAR = 2
    DATE = 4
    CAUSE = 8
    MANNER = 16
    PLACE = 32
    PERSON = 64
    LENGTH = 128
    DURATION = 256
    WEIGHT = 512
    SHARE = 1024
    MONEY = 2048
    TEMPERATURE = 4096
    SPEED = 8192
    AREA = 16384
    VOLUME = 32768


ANY_UNIT = (
    TermClass.LENGTH | TermClass.DURATION | TermClass.WEIGHT | TermClass.SHARE | TermClass.MONEY
    | TermClass.TEMPERATURE | TermClass.SPEED | TermClass.AREA | TermClass.VOLUME
)  # fmt: skip

_CLASS_WORDS: dict[TermClass, str] = {
    TermClass.NUMBER: (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
        "hundred hundreds thousand thousands million millions billion billions trillion dozen "
        "dozens half third quarter twice double none zero"
    ),
    TermClass.DATE: (
        "january february march april june july august september october november december monday "
        "tuesday wednesday thursday friday saturday sunday century centuries decade yesterday "
        "today tomorrow ago year years spring summer autumn winter"
    ),
    TermClass.CAUSE: (
        "because cause causes caused due reason reasons since therefore owing thanks result "
        "results resulted resulting lead leads led leading explain explains explained explanation "
        "consequence thus hence as so that why effect attributed blamed stems stemmed"
    ),
    TermClass.MANNER: (
        "by using use used uses through via method methods process means way ways step steps "
        "first then works work technique techniques procedure system mechanism allows when"
    ),
    TermClass.PLACE: (
        "city town village county country state province district region island river lake sea "
        "ocean coast mountain north south east west northern southern eastern western near border "
        "america africa europe asia australia antarctica arctic atlantic pacific england britain "
        "scotland wales ireland france germany italy spain portugal greece russia ukraine poland "
        "china japan india pakistan canada mexico brazil argentina egypt israel iran iraq turkey "
        "nigeria kenya london paris berlin rome moscow beijing washington york california texas "
        "florida states kingdom hospital school university airport street park museum"
    ),
    TermClass.PERSON: (
        "he she his her him who president minister senator governor mayor king queen emperor pope "
        "scientist researcher researchers professor doctor author writer founder director chief "
        "leader judge journalist artist inventor physicist historian economist spokesman "
        "spokeswoman spokesperson mr mrs ms dr sir lady company agency committee court party team "
        "government council"
    ),
    TermClass.LENGTH: (
        "metre metres meter meters kilometre kilometres kilometer kilometers km centimetre "
        "centimetres centimeter centimeters cm millimetre millimetres millimeter millimeters mm "
        "foot feet ft inch inches mile miles yard yards m"
    ),
    TermClass.DURATION: (
        "second seconds minute minutes hour hours day days week weeks month months year years "
        "decade decades century centuries"
    ),
    TermClass.WEIGHT: (
        "gram grams gramme grammes kilogram kilograms kilo kilos kg mg milligram milligrams pound "
        "pounds lb lbs ounce ounces ton tons tonne tonnes stone"
    ),
    TermClass.SHARE: "percent cent percentage share proportion fraction out times fold",
    TermClass.MONEY: (
        "dollar dollars euro euros pound pounds cent cents pence rupee rupees yen naira peso pesos "
        "usd eur gbp worth cost costs price"
    ),
    TermClass.TEMPERATURE: "degree degrees celsius fahrenheit kelvin",
    TermClass.SPEED: "kph mph knots kmh speed",
    TermClass.AREA: "square hectare hectares acre acres",
    TermClass.VOLUME: (
        "litre litres liter liters millilitre millilitres ml gallon gallons glass glasses cubic "
        "cup cups barrel barrels"
    ),
}


def _answer_type_classes() -> dict[str, int]:
    found: dict[str, int] = {}
    for kind, members in _CLASS_WORDS.items():
        for word in members.split():
            found[stem(word)] = found.get(stem(word), 0) | int(kind)
    return found


_CLASS_OF = _answer_type_classes()

_LENGTH_OR_TIME = TermClass.LENGTH | TermClass.DURATION
_DEGREES: dict[str, TermClass] = {
    "many": TermClass.NUMBER,
    "much": ANY_UNIT,
    "tall": TermClass.LENGTH,
    "high": TermClass.LENGTH,
    "deep": TermClass.LENGTH,
    "wide": TermClass.LENGTH,
    "thick": TermClass.LENGTH,
    "far": TermClass.LENGTH,
    "long": _LENGTH_OR_TIME,
    "short": _LENGTH_OR_TIME,
    "old": TermClass.DURATION,
    "often": TermClass.DURATION | TermClass.SHARE,
    "soon": TermClass.DURATION,
    "big": ANY_UNIT,
    "large": ANY_UNIT,
    "small": ANY_UNIT,
    "heavy": TermClass.WEIGHT,
    "fast": TermClass.SPEED | _LENGTH_OR_TIME,
    "hot": TermClass.TEMPERATURE,
    "cold": TermClass.TEMPERATURE,
    "warm": TermClass.TEMPERATURE,
    "common": TermClass.SHARE,
    "likely": TermClass.SHARE,
    "well": TermClass.SHARE,
    "effective": TermClass.SHARE,
    "expensive": TermClass.MONEY,
}
"""Word behind "how" in a question for a number → the units that its answer may have."""

_QUANTITIES = frozenset(
    map(
        stem,
        "share percentage proportion number amount rate price cost height length weight size age "
        "speed temperature distance population total fraction".split(),
    )
)
_TIMES = frozenset(map(stem, "year date day month time century decade period age".split()))
_PLACES = frozenset(
    map(stem, "country city state place region town county continent island location".split())
)
_PERSONS = frozenset(
    map(
        stem,
        "person people president scientist politician actor author official king queen senator "
        "minister company organisation organization agency researcher expert leader".split(),
    )
)
_CAUSES = frozenset(map(stem, "cause reason explain explanation motive purpose".split()))
_AUXILIARIES = frozenset(
    "am is are was were do does did has have had can could may might must shall should will would "
    "isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt cant couldnt wont wouldnt "
    "shouldnt".split()
)
_QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())


@dataclass(frozen=True, slots=True)
class AnswerType:
    """The kind of answer that a question expects.

    ``units``: the classes of the unit of a number, 0 for any or none. ``focus``: the terms that
    name what is asked for, as "share" in "What share of …", or the degree, as "tall" in "How tall
    …": an answer states its value and often not the word.
    """

    kind: Kind
    units: int = 0
    focus: tuple[str, ...] = ()


@lru_cache(MAX_CACHED_QUESTIONS)
def expected_answer_type(question: str) -> AnswerType:
    """Return the type of answer that ``question`` expects, ``unknown`` where no rule applies."""
    tokens = words(question)
    asking = next((n for n, word in enumerate(tokens) if word in _QUESTION_WORDS), None)
    auxiliary = next((n for n, word in enumerate(tokens) if word in _AUXILIARIES), None)
    if auxiliary is not None and (asking is None or auxiliary < asking):
        return AnswerType("yes or no")
    if asking is None:
        return AnswerType("unknown")
    return _answer_type_by_question_word(tokens[asking], tokens[asking + 1 :])


def _answer_type_by_question_word(asking: str, rest: Sequence[str]) -> AnswerType:
    """Return the type of a question from its question word and the words behind it."""
    if asking in ("who", "whom", "whose"):
        return AnswerType("person")
    if asking == "when":
        return AnswerType("time")
    if asking == "where":
        return AnswerType("place")
    if asking == "why":
        return AnswerType("cause")
    if asking == "how":
        degree = rest[0] if rest else ""
        if degree in _DEGREES:
            focus = () if degree in ("many", "much") else (stem(degree),)
            return AnswerType("number", int(_DEGREES[degree]), focus)
        return AnswerType("cause" if degree == "come" else "manner")
    return _answer_type_by_noun(rest)


def _answer_type_by_noun(rest: Sequence[str]) -> AnswerType:
    """Return the type of "what" or "which" from the noun behind it."""
    for word in rest[:MAX_NOUN_DISTANCE]:
        noun = stem(word)
        for kind, nouns in _NOUNS:
            if noun in nouns:
                return AnswerType(kind, int(ANY_UNIT) if kind == "number" else 0, (noun,))
    return AnswerType("thing")


_NOUNS: tuple[tuple[Kind, frozenset[str]], ...] = (
    ("number", _QUANTITIES),
    ("time", _TIMES),
    ("place", _PLACES),
    ("person", _PERSONS),
    ("cause", _CAUSES),
)


def answer_type_of_term(term: str) -> int:
    """Return the bit mask of a term's ``TermClass``es, 0 for a term of none."""
    if term[:1].isdigit():
        year = len(term) == 4 and term.isdigit() and "1000" <= term <= "2100"
        return int(TermClass.NUMBER | TermClass.YEAR) if year else int(TermClass.NUMBER)
    return _CLASS_OF.get(term, 0)


def answer_types_of_terms(terms: Iterable[str]) -> NDArray[np.uint16]:
    """Return the bit mask of each term, uint16 [n_terms]."""
    return np.fromiter(map(answer_type_of_term, terms), np.uint16)


_CLASSES: dict[Kind, TermClass] = {
    "person": TermClass.PERSON,
    "place": TermClass.PLACE,
    "time": TermClass.YEAR | TermClass.DATE,
    "cause": TermClass.CAUSE,
    "manner": TermClass.MANNER,
}


def expected_answer_classes(expected: AnswerType) -> int:
    """Return the mask of classes that mark such an answer in a passage, of a number its units.

    0 for a kind that nothing marks.
    """
    if expected.kind == "number":
        return expected.units
    return int(_CLASSES.get(expected.kind, 0))


def answer_type_evidence(passage: Sequence[str], expected: AnswerType) -> float:
    """Return how far the terms of a passage look like the expected answer, in [0, 1].

    For a number: 1 for one with a unit of the right kind, 0.5 for one without. For the other kinds:
    1 for a term of their classes. 0 for a kind that nothing marks.
    """
    text = np.arange(len(passage), dtype=np.uint32)
    mask = expected_answer_classes(expected)
    return answer_type_evidence_by_id(
        text, answer_types_of_terms(passage), expected.kind == "number", mask
    )


@compiled
def answer_type_evidence_by_id(
    text: NDArray[np.uint32], class_of: NDArray[np.uint16], numeric: bool, mask: int
) -> float:
    """Return ``answer_type_evidence`` for term ids.

    Parameters
    ----------
    text
        The term ids of a passage in order, uint32.
    class_of
        The mask of each term id, uint16 [n_terms].
    numeric
        Whether a number is expected.
    mask
        From ``expected_answer_classes``.
    """
    best = 0.0
    n_terms = class_of.shape[0]
    for position in range(text.shape[0]):
        classes = class_of[text[position]] if text[position] < n_terms else 0
        if not numeric:
            if classes & mask:
                return 1.0
        elif classes & NUMBER:
            if mask <= NUMBER:
                return 1.0
            best = 0.5
            end = min(position + 1 + MAX_UNIT_DISTANCE, text.shape[0])
            for unit in range(position + 1, end):
                if text[unit] < n_terms and class_of[text[unit]] & mask:
                    return 1.0
    return best
