"""Questions that keep the publisher's words: the forms where turning a clause would be risky."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.analysis.tokenizer import words
from corpus.models import Article
from recommender.grammar.casing import CasingTable
from recommender.grammar.nouns import NounTable
from recommender.grammar.parse import Parse, joined
from recommender.question_generation.claim_question import claim_question
from recommender.question_generation.headlines import Clause
from recommender.question_generation.made_question import Source
from recommender.question_generation.pictures import picture_in
from recommender.question_generation.quoted import (
    is_finite,
    is_it_true,
    is_medium,
    is_report,
    quoted,
    right_that,
    shared_as,
    that_clause,
)
from recommender.question_generation.review import MAX_WORDS, META
from recommender.question_generation.statements import small_verbs

Stated = tuple[Clause, Source, Parse | None]
_NEGATED = re.compile(r"\b(?:not|no|never)\b|n['’]t\b", re.IGNORECASE)
_ACCURACY = re.compile(
    r"^(?:fact-check(?:ing|ed):? |revisiting |examining |the (?:facts|truth) (?:on|about|behind) )?"
    r"(?P<whose>(?:[A-Z][\w.’'-]*[ ]){0,4}?[A-Z][\w.-]*(?:['’]s|s['’])) "
    r"(?:(?:\d+ )?(?:false|misleading|bogus|dubious|inflated|exaggerated|flawed|faulty|wrong|"
    r"unsupported|sketchy|absurd|bizarre|zombie|repeated|incorrect|inaccurate|misguided|fuzzy|"
    r"[\w-]+-[\w-]+|overstated|outdated|baseless|unfounded|unproven|false and misleading|"
    r"ridiculous|mistaken|strained|distorted|questionable) )*"
    r"(?P<what>claims?|statements?|charges?|boasts?|attacks?|remarks?|tweets?|"
    r"figures?|statistics?|assertions?|comments?) (?P<rest>(?:about|on|of|that|regarding) .+)$",
    re.IGNORECASE,
)
_PAIR = re.compile(r"^([^,]*), ([^,]+)$")


class UntouchedForms:
    """Makes questions that leave tense, articles and negations as they are."""

    def __init__(self, casing: CasingTable, nouns: NounTable) -> None:
        """Take the archive's own casing and use of articles."""
        self._casing, self._nouns = casing, nouns

    def questions(
        self, article: Article, headline: str, stated: Sequence[Stated], claimed: bool
    ) -> Iterator[tuple[str, Source, str]]:
        """Yield questions with their source and rule, the best first.

        Parameters
        ----------
        article
            The check.
        headline
            Its headline, without label, in sentence case.
        stated
            What headline, claim or opening state, with the parses.
        claimed
            Whether a label such as "FALSE" says that the headline is the claim itself.
        """
        text = f"{article.summary}\n{article.body}"
        for clause, source, parse in stated:
            if clause.medium and parse is not None:
                content = joined(small_verbs(parse, self._casing).tokens).partition(" show ")[2]
                if question := shared_as(clause.medium, content):
                    yield question, source, "shared as"
            if clause.shown or clause.denied or source == "opening" or not clause.said:
                continue
            if claimed and _NEGATED.search(clause.text):
                continue  # "Fake news: … did NOT …" states the verdict
            if parse is not None and is_finite(parse):
                yield from ((q, source, rule) for q, rule in self._claimed(clause, parse, text))
        if question := claim_question(article) or "":
            yield question, "claim", "is it true"
        parse = next((p for _, source, p in stated if source == "headline"), None)
        if parse is not None:
            for question, rule in self._of_headline(headline, parse, text):
                yield question, "headline", rule
            denied = any(clause.denied or clause.shown for clause, _, _ in stated)
            somebody = any(clause.who for clause, _, _ in stated)
            states = is_finite(parse) and "?" not in headline and not denied
            states = states and (somebody or not is_report(parse))
            if states and (question := quoted(headline, claim=claimed)):
                yield question, "headline", "quoted claim" if claimed else "quoted headline"

    def _of_headline(self, headline: str, parse: Parse, text: str) -> Iterator[tuple[str, str]]:
        """Yield questions about the picture or the claims that the headline speaks of."""
        if self._nouns.missing_articles(parse, parse.tokens, text) != {}:
            return
        if (picture := picture_in(headline, parse)) and (question := picture.question()):
            yield question, "picture"
        if question := accuracy(headline):
            yield question, "how accurate"

    def _claimed(self, clause: Clause, parse: Parse, text: str) -> Iterator[tuple[str, str]]:
        """Yield "Is X right that …?", "Is it true that …?", or the claim in quotation marks."""
        who = clause.who
        somebody = bool(who) and not is_medium(who)
        if self._nouns.missing_articles(parse, parse.tokens, text) == {}:
            claim = that_clause(clause.text, parse, self._casing)
            if claim and somebody and self._is_person(who) and clause.verb[-1:] in "sd":
                if question := right_that(who, clause.verb, claim):
                    yield question, "is X right"
            elif claim and not somebody and (question := is_it_true(claim)):
                yield question, "is it true"
        if not somebody and (question := quoted(clause.text, claim=True)):
            yield question, "quoted claim"

    def _is_person(self, who: str) -> bool:
        """Return whether ``who`` reads as a person's name: two words or more that are names."""
        parts = who.split()
        named = all(w[0].isupper() and self._casing.form(w) != w.lower() for w in parts)
        return named and len(parts) >= 2 and not parts[-1].endswith("s") and not who.isupper()


def accuracy(headline: str) -> str:
    """Return "How accurate is X's claim about …?" for a headline that names only that."""
    headline = re.sub(r" \([^()]*\)$", "", headline.rstrip("."))
    match = _ACCURACY.match(headline)
    if match is None or _MORE.search(headline) or not match["whose"][0].isupper():
        return ""
    rest = match["rest"]
    if " and " not in rest and not rest.startswith("that"):
        rest = _PAIR.sub(r"\1 and \2", rest)
    is_ = "are" if match["what"].endswith("s") else "is"
    question = f"How accurate {is_} {match['whose']} {match['what'].lower()} {rest}?"
    return "" if META.search(rest) or len(words(question)) > MAX_WORDS else question


_MORE = re.compile(
    r"[:;?!]|\b(?:is|are|was|were) (?:\w+ )?(?:false|wrong|not|mislead\w*|right|true|untrue)\b|"
    r"\b(?:requires?|needs?|lacks?|ignores?|misses|leaves|omits?|distorts?) |\bno\b|\blatest\b|"
    r"\bthis\b|\bthese\b",
    re.IGNORECASE,
)
