"""Auxiliaries, agreement and participles, on parses written by hand."""

from __future__ import annotations

import pytest

from recommender.grammar.parse import Parse, Token, joined_tokens
from recommender.grammar.parser import EnglishParser
from recommender.grammar.verb_forms import (
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
from tests.recommender.grammar.sentences import sentence, token


def parts(parse: Parse) -> tuple[Token, Token]:
    """Return the verb of a sentence and its subject."""
    verb = parse.roots()[0]
    return verb, parse.children(verb, *SUBJECTS)[0]


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Does/do/VBZ/aux", "does"),
        ("wo/will/MD/aux", "will"),
        ("’ve/have/VBP/aux", "have"),
        ("may/may/MD/aux", "could"),  # "May bats …?" asks for leave
        ("might/might/MD/aux", "could"),
        ("'s/be/VBZ/aux", "is"),
        ("’s/have/VBZ/aux", "has"),
        ("'d/would/MD/aux", None),  # had or would?
        ("sold/sell/VBD/ROOT", None),
    ],
)
def test_a_contraction_is_written_in_full_where_it_is_certain(
    written: str, form: str | None
) -> None:
    assert full_verb_form(token(written)) == form


@pytest.mark.parametrize(
    ("written", "front", "rest"),
    [
        (
            "Ulm/NNP/nsubj/2 had/have/VBD/aux/2 sold/sell/VBN/ROOT/2 trams/NNS/dobj/2",
            "did",
            "sell",
        ),
        (
            "Trams/NNS/nsubjpass/3 had/have/VBD/aux/3 been/be/VBN/auxpass/3 sold/sell/VBN/ROOT/3",
            "were",
            "",
        ),
        (
            "Ulm/NNP/nsubj/2 had/have/VBD/aux/2 been/be/VBN/ROOT/2 poor/JJ/acomp/2",
            "was",
            "",
        ),
        (
            "Ulm/NNP/nsubj/2 had/have/VBD/aux/2 vaped/?/VBN/ROOT/2",  # its base form is not known
            "",
            None,
        ),
    ],
)
def test_the_past_perfect_of_reported_speech_becomes_past(
    written: str, front: str, rest: str | None
) -> None:
    parse = sentence(written)
    verb, subject = parts(parse)
    edits: dict[int, str] = {}
    auxiliaries = parse.children(verb, "aux", "auxpass")
    assert backshifted_verb(verb, subject, auxiliaries, edits) == front
    assert list(edits.values()) == ([] if rest is None else [rest])


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        ("Dogs/NNS/nsubj/1 banned/ban/VBN/ROOT/1 from/IN/prep/1 parks/NNS/pobj/2", True),
        ("Crime/NN/nsubj/1 dropping/drop/VBG/ROOT/1 in/IN/prep/1 Ulm/NNP/pobj/2", True),
        ("Dogs/NNS/nsubj/1 banned/ban/VBN/ROOT/1", False),  # nothing says where or by whom
        ("Photo/NN/nsubj/1 taken/take/VBN/ROOT/1 in/IN/prep/1 Ulm/NNP/pobj/2", False),
        ("They/PRP/nsubj/1 banned/ban/VBN/ROOT/1 from/IN/prep/1 parks/NNS/pobj/2", False),
        (
            "Dogs/NNS/nsubj/1 ‘/``/punct/1 banned/ban/VBN/ROOT/2 from/IN/prep/2 parks/NNS/pobj/3",
            False,
        ),
    ],
)
def test_a_headline_may_leave_a_form_of_be_out(written: str, missing: bool) -> None:
    parse = sentence(written)
    verb = next(t for t in parse.roots() if t.tag.startswith("VB"))
    assert verb_may_lack_copula(parse, verb, parse.tokens[0]) is missing


@pytest.mark.parametrize(
    ("subject", "verb", "form"),
    [
        ("Dogs/NNS/nsubj", "banned/ban/VBN/ROOT", "were"),
        ("Crime/NN/nsubj", "dropping/drop/VBG/ROOT", "is"),
        ("Prices/NNS/nsubj", "rising/rise/VBG/ROOT", "are"),
        ("Ulm/NNP/nsubj", "sold/sell/VBN/ROOT", "was"),
    ],
)
def test_the_copula_agrees_with_its_subject(subject: str, verb: str, form: str) -> None:
    assert copula_form(token(verb), token(subject)) == form


def row(written: str, *, base: bool) -> str | None:
    """Return the sentence with the verbs of its row edited, None where that is not certain."""
    parse = sentence(written)
    edits: dict[int, str] = {}
    sure = coordinated_verb_forms(parse, parse.roots()[0], edits, base=base)
    return joined_tokens(parse.edited(edits).tokens) if sure else None


def test_every_verb_of_a_row_becomes_its_base_form_behind_do() -> None:
    written = (
        "Ulm/NNP/nsubj/1 sold/sell/VBD/ROOT/1 trams/NNS/dobj/1 and/CC/cc/1 bought/buy/VBD/conj/1 "
        "mills/NNS/dobj/4"
    )
    assert row(written, base=True) == "Ulm sold trams and buy mills"
    assert row(written, base=False) == "Ulm sold trams and bought mills"


@pytest.mark.parametrize(
    "last", ["buys/buy/VBZ/conj/1", "bought/?/VBD/conj/1", "buying/buy/VBG/conj/1"]
)
def test_a_row_of_several_tenses_is_left_alone(last: str) -> None:
    start = "Ulm/NNP/nsubj/1 sold/sell/VBD/ROOT/1 trams/NNS/dobj/1 and/CC/cc/1"
    assert row(f"{start} {last}", base=True) is None


def test_a_row_behind_a_form_of_be_holds_no_other_verb() -> None:
    start = "Ulm/NNP/nsubj/1 is/be/VBZ/ROOT/1 old/JJ/acomp/1 and/CC/cc/1"
    assert row(f"{start} sells/sell/VBZ/conj/1", base=False) is None
    assert row(f"{start} poor/JJ/conj/1", base=False) is not None


def test_a_coordinated_clause_with_its_own_subject_is_no_part_of_the_row() -> None:
    written = (
        "Ulm/NNP/nsubj/1 sold/sell/VBD/ROOT/1 trams/NNS/dobj/1 and/CC/cc/1 Bern/NNP/nsubj/5 "
        "bought/buy/VBD/conj/1 mills/NNS/dobj/5"
    )
    assert row(written, base=True) == "Ulm sold trams and Bern bought mills"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (
            "Farmers/NNS/nsubj/1 arrested/arrest/VBD/ROOT/1 in/IN/prep/1 Ulm/NNP/pobj/2",
            "participle",
        ),
        ("Farmers/NNS/nsubj/1 told/tell/VBN/ROOT/1 lies/NNS/dobj/1", "participle"),
        ("Farmers/NNS/nsubj/1 bitten/bite/VBD/ROOT/1 by/IN/agent/1 dogs/NNS/pobj/2", "participle"),
        (
            "Farmers/NNS/nsubj/1 ordered/order/VBD/ROOT/1 to/TO/aux/3 pay/VB/xcomp/1",
            "participle",
        ),
        ("Farmers/NNS/nsubj/1 sold/sell/VBD/ROOT/1 trams/NNS/dobj/1", ""),
        ("Prices/NNS/nsubj/1 rose/rise/VBD/ROOT/1 in/IN/prep/1 Ulm/NNP/pobj/2", ""),
        ("Ulm/NNP/nsubj/1 was/be/VBD/ROOT/1 poor/JJ/acomp/1", ""),
        ("Ulm/NNP/nsubj/1 sells/sell/VBZ/ROOT/1", ""),
    ],
)
def test_a_past_tense_without_object_may_be_a_participle(written: str, reason: str) -> None:
    parse = sentence(written)
    assert participle_form(parse, parse.roots()[0], has_auxiliary=False) == reason


def test_an_auxiliary_settles_what_is_a_participle() -> None:
    parse = sentence("Farmers/NNS/nsubjpass/2 were/be/VBD/auxpass/2 arrested/arrest/VBN/ROOT/2")
    assert participle_form(parse, parse.roots()[0], has_auxiliary=True) == ""


@pytest.mark.parametrize(
    ("subject", "verb", "expected"),
    [
        ("Owls/NNS", "sleeps/sleep/VBZ", False),
        ("Owls/NNS", "sleep/VBP", True),
        ("Owl/NN", "sleep/VBP", False),
        ("Police/NN", "sleep/VBP", True),
        ("Owls/NNS", "was/be/VBD", False),
        ("Owl/NN", "were/be/VBD", False),
        ("Owl/NN", "was/be/VBD", True),
        ("Percent/NN", "were/be/VBD", True),  # an amount may be both
        ("Ulm/NNP", "sleep/VBP", True),  # a name may be a team
    ],
)
def test_subject_and_verb_agree_where_tags_can_say(subject: str, verb: str, expected: bool) -> None:
    parse = sentence(f"{subject}/nsubj/1 {verb}/ROOT/1")
    assert verb_agrees(parse.tokens[0], parse.tokens[1], parse) is expected


def test_a_row_of_subjects_agrees_with_either_number() -> None:
    parse = sentence("Owl/NN/nsubj/3 and/CC/cc/0 bat/NN/conj/0 sleep/VBP/ROOT/3")
    assert verb_agrees(parse.tokens[0], parse.tokens[3], parse)


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("rival/NN", True),
        ("Rival/NN", True),
        ("garlic/NN", False),
        ("Ulm/NNP", False),
        ("rivals/NNS", False),
        ("inflation/NN", False),
        ("fishing/NN", False),
        ("CIA/NN", False),
    ],
)
def test_a_countable_noun_does_not_stand_alone(subject: str, bare: bool) -> None:
    parse = sentence(f"{subject}/nsubj/1 sleeps/sleep/VBZ/ROOT/1")
    assert bare_singular(parse, parse.tokens[0]) is bare


def test_a_noun_with_a_determiner_is_not_bare() -> None:
    parse = sentence("A/DT/det/1 rival/NN/nsubj/2 sleeps/sleep/VBZ/ROOT/2")
    assert not bare_singular(parse, parse.tokens[1])


@pytest.mark.parametrize(
    ("text", "reason"),
    [("a farmer sold two trams", ""), ("farmers arrested in Oslo", "participle")],
)
def test_participles_of_parsed_sentences(parser: EnglishParser, text: str, reason: str) -> None:
    parse = next(parser.parse([text]))
    verb = next(t for t in parse.tokens if t.tag.startswith("VB"))
    assert participle_form(parse, verb, has_auxiliary=False) == reason
