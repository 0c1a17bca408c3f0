"""Statements of a headline or claim, turned into a question by grammar."""

from __future__ import annotations

from recommender.grammar.casing import CasingTable
from recommender.grammar.clauses import Refused, missing_conjunctions, turn, with_copula
from recommender.grammar.nouns import NounTable
from recommender.grammar.parse import Parse, Token
from recommender.question_generation.headlines import Clause
from recommender.question_generation.reference import (
    lost_pronoun,
    untrue,
    vague_subject,
    with_the,
)
from recommender.question_generation.reported import SAID, shows_something
from recommender.question_generation.review import fit


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
        complement = parse.children(verb, "ccomp")
        negated = bool(parse.children(verb, "neg"))
        if complement and verb.lemma in SAID and not negated and not clause.denied:
            verb, said = complement[0], True
        if verb.tag[:2] not in {"VB", "MD"} and not (said and verb.tag in {"NN", "NNS"}):
            return Refused("no verb")
        if clause.shown and not shows_something(parse, verb):
            return Refused("nothing shown")
        articles = self._nouns.missing_articles(parse, parse.subtree(verb), text)
        if articles is None:
            return Refused("article missing")
        parse = parse.edited(articles | missing_conjunctions(parse))
        found = self._turned(clause, parse, parse.tokens[verb.place], said)
        if isinstance(found, Refused):
            return found
        question, rule = found
        return question, f"{rule}, article added" if articles else rule

    def _turned(
        self, clause: Clause, parse: Parse, verb: Token, said: bool
    ) -> tuple[str, str] | Refused:
        if clause.speaker and lost_pronoun(parse, verb):
            return Refused("pronoun of the speaker")
        if verb.tag[:2] in {"VB", "MD"}:
            turned = turn(parse, verb, clause.speaker, past=clause.past, bare=said)
        else:
            turned = with_copula(parse, verb)
        if isinstance(turned, Refused):
            return turned
        if vague := vague_subject(parse, verb):
            return Refused(f"the {vague}")
        if not said and (problem := untrue(parse, verb, turned)):
            return Refused(problem)
        text = with_the(self._casing.restore_names(self._casing.small_second(turned.text)))
        if problem := fit(text, you=True):
            return Refused(f"unfit: {problem}")
        return text, f"{turned.rule}, negated" if turned.negated else turned.rule
