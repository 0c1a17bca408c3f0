"""Statements of a headline or claim, turned into a question by grammar."""

from __future__ import annotations

from recommender.grammar.casing import CasingTable
from recommender.grammar.clauses import (
    Refused,
    clause_conjunctions,
    clause_with_copula,
    turn_clause,
)
from recommender.grammar.nouns import NounTable
from recommender.grammar.parse import Parse, Token
from recommender.grammar.reported import SAID, shows_something
from recommender.question_generation.headlines import Clause
from recommender.question_generation.reference import (
    reference_with_the,
    refers_by_lost_pronoun,
    refers_to_bare_person,
    refers_to_vague_subject,
    untrue,
)
from recommender.question_generation.review import review_made_question

_SMALL_TAGS = frozenset("VB VBD VBG VBN VBP VBZ MD RB IN TO".split())


def small_verbs_in_statement(parse: Parse, casing: CasingTable) -> Parse:
    """Return the parse with small letters in verbs that a headline writes with a capital.

    A table of words may not know them; the parser does.
    """
    return parse.edited(
        {
            t.place: t.low
            for t in parse.tokens[1:]
            if t.tag in _SMALL_TAGS
            and t.text[1:].islower()
            and t.text[0].isupper()
            and casing.form(t.text) in {None, t.low}
            and parse.tokens[t.place - 1].text[-1:] not in "\"“‘'"
        }
    )


class StatementTurner:
    """Turns the clause that a text states, where grammar can do so surely."""

    def __init__(self, casing: CasingTable, nouns: NounTable) -> None:
        """Take the archive's own casing and use of articles."""
        self._casing, self._nouns = casing, nouns

    def question(self, clause: Clause, parse: Parse, text: str) -> tuple[str, str] | Refused:
        """Return the question and the rule that made it.

        Parameters
        ----------
        clause
            What the headline or claim states.
        parse
            Its parse.
        text
            The article's own text, which shows the articles of nouns.
        """
        roots = [t for t in parse.roots() if t.dep != "punct"]
        if len(roots) != 1:
            return Refused("several sentences")
        verb = roots[0]
        said = clause.said
        if clause.past and verb.tag == "VBP":
            return Refused("headline present")
        complement = parse.children(verb, "ccomp")
        negated = bool(parse.children(verb, "neg"))
        if complement and verb.lemma in SAID and not negated and not clause.denied:
            verb, said = complement[0], True
        if verb.tag[:2] not in {"VB", "MD"} and not (said and verb.tag in {"NN", "NNS"}):
            return Refused("no verb")
        if clause.shown and not shows_something(parse, verb):
            return Refused("nothing shown")
        parse = small_verbs_in_statement(parse, self._casing)
        parted = verb.place > 1 and parse.tokens[verb.place - 1].text == ","
        if _has_second_statement_verb(parse, verb) or (
            parted and _commas_in_statement(parse, verb) == 1
        ):
            return Refused("two verbs")
        if _has_comma_in_statement(parse, verb):
            return Refused("comma for and")
        articles = self._nouns.missing_articles(parse, parse.subtree(verb), text)
        if articles is None:
            return Refused("article missing")
        parse = parse.edited(articles)
        found = self._turned_statement(clause, parse, parse.tokens[verb.place], said)
        if isinstance(found, Refused):
            return found
        question, rule = found
        return question, f"{rule}, article added" if articles else rule

    def _turned_statement(
        self, clause: Clause, parse: Parse, verb: Token, said: bool
    ) -> tuple[str, str] | Refused:
        if clause.speaker and refers_by_lost_pronoun(parse, verb):
            return Refused("pronoun of the speaker")
        if verb.tag[:2] in {"VB", "MD"}:
            turned = turn_clause(parse, verb, clause.speaker, past=clause.past, bare=said)
        else:
            turned = clause_with_copula(parse, verb)
        if isinstance(turned, Refused):
            return turned
        if vague := refers_to_vague_subject(parse, verb):
            return Refused(f"the {vague}")
        if not said and (problem := untrue(parse, verb, turned)):
            return Refused(problem)
        text = reference_with_the(
            self._casing.restore_names(self._casing.small_second(turned.text))
        )
        problem = "person" if refers_to_bare_person(text) else review_made_question(text, you=True)
        if problem:
            return Refused(f"unfit: {problem}")
        return text, f"{turned.rule}, negated" if turned.negated else turned.rule


def _has_comma_in_statement(parse: Parse, verb: Token) -> bool:
    """Return whether a comma stands for "and", as in "wages, jobs"."""
    return bool(clause_conjunctions(parse)) or any(
        c.dep == "conj"
        and c.place > verb.place
        and not parse.children(verb, "cc")
        and parse.tokens[c.place - 1].text == ","
        for c in parse.children(verb)
    )


def _commas_in_statement(parse: Parse, verb: Token) -> int:
    """Return how many commas stand before the verb; one alone parts it from its subject."""
    return sum(t.text == "," for t in parse.tokens[: verb.place])


def _has_second_statement_verb(parse: Parse, verb: Token) -> bool:
    """Return whether a verb belongs to nothing: "owls sing is false", taken for one clause."""
    return any(
        t.tag in {"VBZ", "VBP", "VBD"}
        and t.dep not in {"ccomp", "advcl", "relcl", "conj", "pcomp", "aux", "auxpass", "acl"}
        for t in parse.subtree(verb)
        if t.place != verb.place
    )
