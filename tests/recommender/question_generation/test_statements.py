"""Statements that grammar turns, and the reasons why it leaves others alone."""

from __future__ import annotations

import pytest

from recommender.grammar.casing import CasingTable
from recommender.grammar.clauses import Refused
from recommender.grammar.nouns import NounTable
from recommender.grammar.parse import joined_tokens
from recommender.grammar.parser import EnglishParser
from recommender.question_generation.headlines import Clause
from recommender.question_generation.statements import StatementTurner, small_verbs_in_statement
from tests.recommender.grammar.sentences import sentence

BODY = (
    "The town sold a bridge to a bank, and the mayor met a farmer on the bridge. "
    "A farmer saw a whale near the port, and the bank sold the port to a farmer. "
)
CASING, NOUNS = CasingTable.learn([BODY] * 8), NounTable.learn([BODY] * 8)


def found(parser: EnglishParser, clause: Clause) -> tuple[str, str]:
    """Return question and rule, or "" and the reason of the refusal."""
    parse = next(parser.parse([clause.text]))
    result = StatementTurner(CASING, NOUNS).question(clause, parse, BODY)
    return ("", result.reason) if isinstance(result, Refused) else result


@pytest.mark.parametrize(
    ("clause", "question", "rule"),
    [
        (
            Clause("Jane Roe sold the port of Ulm", said=True),
            "Did Jane Roe sell the port of Ulm?",
            "do-support",
        ),
        (
            Clause("Jane Roe did not sell the port of Ulm", denied=True),
            "Did Jane Roe sell the port of Ulm?",
            "auxiliary first, negated",
        ),
        (
            Clause("Jane Roe has sold bridge in Ulm", said=True),
            "Has Jane Roe sold a bridge in Ulm?",
            "auxiliary first, article added",
        ),
        (
            Clause("officials say Jane Roe sold the port of Ulm"),
            "Did Jane Roe sell the port of Ulm?",
            "do-support",
        ),
        (
            Clause("she sold the port of Ulm", said=True, speaker="Jane Roe"),
            "Did Jane Roe sell the port of Ulm?",
            "do-support",
        ),
        (
            Clause("a photo does not show a whale stranded in Vienna", said=True, shown=True),
            "Does a photo show a whale stranded in Vienna?",
            "auxiliary first, negated",
        ),
    ],
)
def test_a_certain_statement_is_turned(
    parser: EnglishParser, clause: Clause, question: str, rule: str
) -> None:
    assert found(parser, clause) == (question, rule)


@pytest.mark.parametrize(
    ("clause", "reason"),
    [
        (Clause("a closer look at the port of Ulm"), "no verb"),
        (Clause("a photo does not show Ulm", said=True, shown=True), "nothing shown"),
        (Clause("Jane Roe met butcher near the port of Ulm", said=True), "article missing"),
        (Clause("the mill was sold to Jane Roe", said=True), "the mill"),
        (Clause("Norway bans plastic bags"), "headline present"),
        (Clause("Jane Roe sold our port in Ulm", said=True), "unfit: own voice"),
        (
            Clause("taxes in Ulm rose under her", said=True, speaker="Jane Roe"),
            "pronoun of the speaker",
        ),
    ],
)
def test_another_is_refused_with_its_reason(
    parser: EnglishParser, clause: Clause, reason: str
) -> None:
    assert found(parser, clause) == ("", reason)


def test_verbs_lose_the_capitals_of_a_headline() -> None:
    parse = sentence(
        "Rosa/NNP/nsubj/2 Has/have/VBZ/aux/2 Sold/sell/VBN/ROOT/2 Ulm/NNP/dobj/2 NOT/RB/neg/2"
    )
    assert joined_tokens(small_verbs_in_statement(parse, CASING).tokens) == "Rosa has sold Ulm NOT"


def test_the_first_word_a_quoted_word_and_a_known_name_keep_theirs() -> None:
    casing = CasingTable({"will": "Will"})
    parse = sentence(
        "Is/be/VBZ/ROOT/0 Will/MD/nsubj/0 ‘/``/punct/0 Gone/go/VBN/acomp/0 Away/RB/advmod/3"
    )
    assert joined_tokens(small_verbs_in_statement(parse, casing).tokens) == "Is Will ‘ Gone away"


SOLD = "Rosa/NNP/nsubj/1 sold/sell/VBD/ROOT/1 mills/mill/NNS/dobj/1 in/IN/prep/1 Ulm/NNP/pobj/3"


@pytest.mark.parametrize(
    ("written", "clause", "result"),
    [
        (SOLD, Clause("", said=True), ("Did Rosa sell mills in Ulm?", "do-support")),
        (f"{SOLD} Bern/NNP/ROOT/5", Clause("", said=True), Refused("several sentences")),
        (
            "Mills/NNS/nsubj/1 close/VBP/ROOT/1 in/IN/prep/1 Ulm/NNP/pobj/2",
            Clause("", said=True, past=True),
            Refused("headline present"),
        ),
        (
            "Rosa/NNP/nsubj/1 sold/sell/VBD/ROOT/1 mills/NNS/dobj/1 ,/,/punct/2 barns/NNS/conj/2 "
            "in/IN/prep/1 Ulm/NNP/pobj/5",
            Clause("", said=True),
            Refused("comma for and"),
        ),
        (  # the verdict is the verb
            "Owls/NNS/nsubj/1 sing/sing/VBP/nsubj/2 is/be/VBZ/ROOT/2 false/JJ/acomp/2",
            Clause("", said=True),
            Refused("two verbs"),
        ),
        ("trams/NNS/ROOT/0 for/IN/prep/0 sale/NN/pobj/1", Clause(""), Refused("no verb")),
    ],
)
def test_parses_written_by_hand(
    written: str, clause: Clause, result: tuple[str, str] | Refused
) -> None:
    parse = sentence(written)
    assert StatementTurner(CASING, NOUNS).question(clause, parse, BODY) == result
