"""What a question may refer to, on parses written by hand."""

from __future__ import annotations

import pytest

from corpus.models import Article
from recommender.grammar.clauses import Turned
from recommender.grammar.parser import EnglishParser
from recommender.question_generation.reference import (
    names_publisher,
    reference_with_the,
    refers_by_lost_pronoun,
    refers_to_bare_person,
    refers_to_vague_nouns,
    refers_to_vague_subject,
    untrue,
)
from tests.recommender.grammar.sentences import sentence


@pytest.mark.parametrize(
    ("written", "lost"),
    [
        # taxes rose, and "she" may be who says it
        (
            "Taxes/NNS/nsubj/1 rose/rise/VBD/ROOT/1 when/WRB/advmod/4 she/PRP/nsubj/4 "
            "ruled/rule/VBD/advcl/1",
            True,
        ),
        ("Taxes/NNS/nsubj/1 rose/rise/VBD/ROOT/1 under/IN/prep/1 him/PRP/pobj/2", True),
        ("Taxes/NNS/nsubj/1 rose/rise/VBD/ROOT/1", False),
        # a name before it: the pronoun is that person's
        (
            "Rosa/NNP/nsubj/1 sold/sell/VBD/ROOT/1 her/PRP$/poss/3 mill/NN/dobj/1",
            False,
        ),
        (
            "Rosa/NNP/nsubj/1 slept/sleep/VBD/ROOT/1 under/IN/prep/1 her/PRP$/poss/4 "
            "roof/NN/pobj/2",
            True,
        ),
        # a name that is no person
        (
            "Congress/NNP/nsubj/1 paid/pay/VBD/ROOT/1 his/PRP$/poss/3 debts/NNS/dobj/1",
            True,
        ),
        ("She/PRP/nsubj/1 sold/sell/VBD/ROOT/1 her/PRP$/poss/3 mill/NN/dobj/1", False),
        ("Her/PRP$/poss/1 mill/NN/nsubj/2 burned/burn/VBD/ROOT/2", False),
    ],
)
def test_a_pronoun_below_a_thing_may_be_the_speaker(written: str, lost: bool) -> None:
    parse = sentence(written)
    assert refers_by_lost_pronoun(parse, parse.roots()[0]) is lost


@pytest.mark.parametrize(
    ("publisher", "url", "problem"),
    [
        ("Ulm Checks", "", ""),
        ("ulmchecks.example", "", "publisher"),
        ("", "https://www.ulmchecks.example/port", "publisher"),
        ("", "https://www.ulm.example/port", ""),  # a short name may be another word
    ],
)
def test_a_question_does_not_name_who_published_it(publisher: str, url: str, problem: str) -> None:
    article = Article("a1", "", publisher=publisher, url=url)
    assert names_publisher("Did Ulm Checks sell the port of Ulm?", article) == problem


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("Does photo show a whale?", "Does a photo show a whale?"),
        ("Does Ulm belong to top 10 ports?", "Does Ulm belong to the top 10 ports?"),
        ("Do owls live on East Coast?", "Do owls live on the East Coast?"),
        ("Does Ulm belong to the top 10 ports?", "Does Ulm belong to the top 10 ports?"),
        ("Did Ulm go from top to bottom?", "Did Ulm go from top to bottom?"),
    ],
)
def test_articles_that_headlines_leave_out(question: str, written: str) -> None:
    assert reference_with_the(question) == written
    assert reference_with_the(written) == written


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("Did Ohio man sell a port?", True),
        ("Was teenager arrested in Ulm?", True),
        ("Did an Ohio man sell a port?", False),
        ("Did Jane Roe meet a teacher?", False),
    ],
)
def test_somebody_without_an_article_is_bare(question: str, bare: bool) -> None:
    assert refers_to_bare_person(question) is bare


def asks(text: str, rule: str = "do-support", negated: bool = False) -> Turned:
    return Turned(text, rule, negated)


def problem(written: str, turned: Turned) -> str:
    parse = sentence(written)
    return untrue(parse, parse.roots()[0], turned)


def test_a_headline_that_denies_asks_what_its_check_asks() -> None:
    written = "Ulm/NNP/nsubj/3 does/VBZ/aux/3 not/RB/neg/3 sell/VB/ROOT/3 ports/NNS/dobj/3"
    assert problem(written, asks("Does Ulm sell ports?", negated=True)) == ""


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("Hoax/NN/nsubj/1 fools/fool/VBZ/ROOT/1 Ulm/NNP/dobj/1", "meta"),
        (
            "Photo/NN/nsubj/1 dates/date/VBZ/ROOT/1 from/IN/prep/1 Ulm/NNP/pobj/2",
            "states what a picture shows",
        ),
        ("Ulm/NNP/nsubj/1 bans/ban/VBZ/ROOT/1 trams/NNS/dobj/1", "headline present"),
        ("Garlic/NN/nsubj/1 cures/cure/VBZ/ROOT/1 malaria/NN/dobj/1", ""),  # holds at any time
        ("Ulm/NNP/nsubj/1 banned/ban/VBD/ROOT/1 trams/NNS/dobj/1", ""),
        ("Farmers/NNS/nsubj/1 ordered/order/VBD/ROOT/1 to/TO/aux/3 pay/VB/xcomp/1", "participle"),
    ],
)
def test_a_headline_that_nobody_claims_may_state_the_truth(written: str, reason: str) -> None:
    assert problem(written, asks("Does Ulm sell ports?")) == reason


@pytest.mark.parametrize(
    ("subject", "noun"),
    [
        ("The/DT/det/1 mosque/NN", "mosque"),
        ("The/DT/det/1 moon/NN", ""),  # there is one
        ("The/DT/det/1 photo/NN", ""),
        ("A/DT/det/1 mosque/NN", ""),
        ("The/DT/det/1 Senate/NNP", ""),
    ],
)
def test_the_before_a_common_noun_does_not_say_which(subject: str, noun: str) -> None:
    parse = sentence(f"{subject}/nsubj/2 closed/close/VBD/ROOT/2")
    assert refers_to_vague_subject(parse, parse.tokens[2]) == noun


def test_a_noun_that_is_said_more_of_is_not_vague() -> None:
    parse = sentence(
        "The/DT/det/1 mosque/NN/nsubj/4 of/IN/prep/1 Ulm/NNP/pobj/2 closed/close/VBD/ROOT/4"
    )
    assert refers_to_vague_subject(parse, parse.tokens[4]) == ""


@pytest.mark.parametrize(
    ("text", "noun"), [("the mosque was sold", "mosque"), ("the mosque in Ulm was sold", "")]
)
def test_vague_subjects_of_parsed_sentences(parser: EnglishParser, text: str, noun: str) -> None:
    parse = next(parser.parse([text]))
    assert refers_to_vague_subject(parse, parse.roots()[0]) == noun


@pytest.mark.parametrize(
    ("written", "vague"),
    [
        ("Ulm/NNP/nsubj/1 sold/sell/VBD/ROOT/1 a/DT/det/3 port/NN/dobj/1", False),
        ("Ulm/NNP/nsubj/1 sold/sell/VBD/ROOT/1 the/DT/det/3 port/NN/dobj/1", True),
        ("Ulm/NNP/nsubj/1 sold/sell/VBD/ROOT/1 the/DT/det/4 old/JJ/amod/4 port/NN/dobj/1", False),
        ("Ulm/NNP/nsubj/1 saw/see/VBD/ROOT/1 the/DT/det/3 moon/NN/dobj/1", False),
        ("A/DT/det/1 town/NN/nsubj/2 sold/sell/VBD/ROOT/2 ports/NNS/dobj/2", True),  # no name
    ],
)
def test_a_sentence_below_the_headline_names_what_it_speaks_of(written: str, vague: bool) -> None:
    assert refers_to_vague_nouns(sentence(written)) is vague
