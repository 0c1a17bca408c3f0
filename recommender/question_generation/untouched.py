"""Questions that keep the publisher's words: the forms where turning a clause would be risky."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.analysis.tokenizer import words
from corpus.models import Article
from recommender.grammar.casing import CasingTable
from recommender.grammar.clauses import clause_conjunctions
from recommender.grammar.inflection import past_tense, third_person
from recommender.grammar.media import MEDIA
from recommender.grammar.nouns import NounTable
from recommender.grammar.parse import Parse, joined_tokens
from recommender.question_generation.claim_question import claim_question
from recommender.question_generation.headlines import Clause
from recommender.question_generation.made_question import Source
from recommender.question_generation.pictures import picture_in
from recommender.question_generation.quoted import (
    is_finite_to_quote,
    is_medium,
    is_report,
    quoted,
    quoted_is_it_true,
    quoted_right_that,
    quoted_shared_as,
    speaks,
    that_clause,
)
from recommender.question_generation.reference import refers_to_vague_nouns
from recommender.question_generation.review import MAX_WORDS, META, review_made_question
from recommender.question_generation.statements import small_verbs_in_statement

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
    r"figures?|statistics?|assertions?|comments?|"
    r"complaints?|allegations?|theor(?:y|ies)|comparisons?|suggestions?|explanations?) "
    r"(?P<rest>(?:about|on|of|that|regarding) .+)$",
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
        # A claim may be all signs, and nothing is left of it once it is cleaned.
        stated = [(clause, source, p if p and p.tokens else None) for clause, source, p in stated]
        for clause, source, parse in stated:
            if clause.medium and parse is not None:
                content = joined_tokens(
                    small_verbs_in_statement(parse, self._casing).tokens
                ).partition(" show ")[2]
                if question := quoted_shared_as(clause.medium, content):
                    yield question, source, "shared as"
            if clause.shown or clause.denied or not clause.said:
                continue
            if claimed and _NEGATED.search(clause.text):
                continue  # "Fake news: … did NOT …" states the verdict
            if parse is not None:
                yield from (
                    (q, source, rule) for q, rule in self._untouched_claims(clause, parse, text)
                )
        if question := untouched_denied_claim(headline, "NOT" in article.headline):
            yield question, "headline", "quoted claim, denial removed"
        if question := claim_question(article) or "":
            yield question, "claim", "is it true"
        parse = next((p for _, source, p in stated if source == "headline"), None)
        if parse is not None:
            for question, rule in self._untouched_of_headline(headline, parse, text):
                yield question, "headline", rule
            denied = any(clause.denied or clause.shown for clause, _, _ in stated)
            somebody = any(clause.who for clause, _, _ in stated)
            plain = is_finite_to_quote(parse) and not _ABOUT_A_CHECK.search(headline)
            plain = plain and (not is_report(parse) or speaks(parse))
            states = "?" not in headline and not denied and (somebody or plain)
            if states and (question := quoted(headline, claim=claimed)):
                report = not somebody and is_report(parse)
                rule = "quoted claim" if claimed else "quoted headline"
                yield question, "headline", "quoted report" if report else rule

    def _untouched_of_headline(
        self, headline: str, parse: Parse, text: str
    ) -> Iterator[tuple[str, str]]:
        """Yield questions about the picture or the claims that the headline speaks of."""
        if picture := picture_in(headline, parse):
            missing = self._nouns.missing_articles(parse, picture.tokens or parse.tokens, text)
            if missing == {} and (question := picture.question()):
                yield question, "picture"
        if self._nouns.missing_articles(parse, parse.tokens, text) != {}:
            return
        if question := untouched_right_about(headline, self._is_person_in_untouched):
            yield question, "is X right about"
        root = next((t for t in parse.roots() if t.dep != "punct"), None)
        only_names = root is not None and root.tag not in {"VBZ", "VBP", "VBD", "MD"}
        if (only_names or " that " in headline) and (question := untouched_accuracy(headline)):
            yield question, "how accurate"

    def _untouched_claims(
        self, clause: Clause, parse: Parse, text: str
    ) -> Iterator[tuple[str, str]]:
        """Yield "Is X right that …?", "Is it true that …?", or the claim in quotation marks."""
        who = clause.who
        somebody = bool(who) and not is_medium(who)
        cut = parse.tokens[-1].tag in {"VBN", "VBG", "RP", "IN", "TO"}
        if clause.reported and (cut or refers_to_vague_nouns(parse)):
            return
        finite = is_finite_to_quote(parse)
        whole = finite and not clause_conjunctions(parse)
        if whole and self._nouns.missing_articles(parse, parse.tokens, text) == {}:
            claim = that_clause(clause.text, parse, self._casing)
            if parse.tokens[0].lemma.lower() in MEDIA:
                claim = ""  # "photograph shows …" lacks its article
            if (
                claim
                and somebody
                and self._is_person_in_untouched(who)
                and clause.verb[-1:] in "sd"
            ):
                if question := quoted_right_that(who, clause.verb, claim):
                    yield question, "is X right"
            elif claim and not somebody and (question := quoted_is_it_true(claim)):
                yield question, "is it true"
        states = finite or (
            not clause.reported and any(t.tag.startswith(("VB", "MD")) for t in parse.tokens)
        )
        statement = (
            clause.statement if _is_speaker_in_untouched(clause) and self._is_named(who) else ""
        )
        if statement and (question := quoted(statement, claim=False, said=True)):
            yield question, "quoted statement"
        if states and not somebody and (question := quoted(clause.text, claim=True, said=True)):
            yield question, "quoted claim"

    def _is_named(self, who: str) -> bool:
        """Return whether a name is part of ``who``: "Candidate" alone says nothing."""
        return not who or any(
            w[0].isupper() and self._casing.form(w) != w.lower() for w in who.split()
        )

    def _is_person_in_untouched(self, who: str) -> bool:
        """Return whether ``who`` reads as a person's name: two words or more that are names."""
        parts = who.split()
        named = all(w[0].isupper() and self._casing.form(w) != w.lower() for w in parts)
        return named and len(parts) >= 2 and not parts[-1].endswith("s") and not who.isupper()


def _is_speaker_in_untouched(clause: Clause) -> bool:
    """Return whether ``who`` is somebody: no medium, and no singular before "claim"."""
    who = clause.who
    if "," in who or re.match(r"(?:on|about|of|in|for|to)\b", clause.text):
        return False
    if is_medium(who) or _ABOUT_A_CHECK.search(who) or _NO_SPEAKER.search(who):
        return False
    return clause.verb not in {"say", "claim"} or re.search(r"s$| and ", who) is not None


_NO_SPEAKER = re.compile(
    r"(?:['’]s|s['’]|\b(?:in|on|with|of|about|for|by|to|at|from|its|his|her|their))$"
)
_ABOUT_A_CHECK = re.compile(
    r"^(?:yes|no|true|made-up|one)\b|\b(?:claims?|statements?|images?|photos?|videos?|pictures?|"
    r"posts?|stor(?:y|ies)|quotes?|quotations?|memes?|graphics?|tweets?|ads?)\b",
    re.IGNORECASE,
)
_AFTER_NOT = r"(?!only\b|all\b|just\b|because\b|necessarily\b|yet\b|a single\b|any\b|even\b)"
_DENIED = re.compile(
    rf"^(?P<who>.+?) (?:(?:did not|didn['’]t) {_AFTER_NOT}(?P<did>\w+)|"
    rf"(?:does not|doesn['’]t) {_AFTER_NOT}(?P<does>\w+)|"
    r"(?P<be>is|are|was|were|has|have|can|could|will|would)(?: not|n['’]t)|(?P<bare>not))"
    rf" {_AFTER_NOT}(?P<what>.+)$",
    re.IGNORECASE,
)
_TWO_SIDED = re.compile(
    r"\b(?:but|until|because|although|while|unless|instead|anyone|anything|ever|either|nor)\b"
    r"|[;:]|--|, only\b|,[^,]*\b(?:experts?|says?|officials?|police|confirms?)\b|"
    r", (?:it|they|he|she|that|this)\b",
    re.IGNORECASE,
)


def untouched_denied_claim(headline: str, shouted: bool) -> str:
    """Return the claim that "X did not …", "X is not …" denies, in quotation marks, "" for none.

    ``shouted``: the publisher writes NOT, which may then stand without an auxiliary.
    """
    text = re.sub(r"^no, ", "", headline, flags=re.IGNORECASE)
    match = _DENIED.match(text)
    if match is None or _TWO_SIDED.search(text) or (match["bare"] and not shouted):
        return ""
    verb = match["be"] or ""
    if match["did"] and not (verb := past_tense(match["did"])):
        return ""
    verb = third_person(match["does"]) if match["does"] else verb
    about = re.search(r"\b(?:posts?|articles?|stor(?:y|ies)|hoax|headlines?)\b", match["who"])
    if about or re.search(r"\b(?:and|who|that|which|if|when|did|does|do)$", match["who"]):
        return ""
    return quoted(" ".join(f"{match['who']} {verb} {match['what']}".split()), claim=True)


_RIGHT_ABOUT = re.compile(
    r"^(?P<who>[A-Z][\w.’' -]{3,40}?),? (?:is |was )?(?:mostly |partly |largely |half )?"
    r"(?:wrong|right|correct|incorrect|off|off base|on target|on the mark|misleading|off the mark|"
    r"on point|mistaken|inaccurate|accurate) (?P<about>about|on) (?P<what>[^,:;?!]+)$"
)


def untouched_right_about(headline: str, is_person: Callable[[str], bool]) -> str:
    """Return "Is X right about …?" for a headline that says whether X is, "" for none."""
    match = _RIGHT_ABOUT.match(headline.rstrip("."))
    if match is None or not is_person(match["who"]) or META.search(match["what"]):
        return ""
    question = f"Is {match['who']} right {match['about']} {match['what']}?"
    return "" if review_made_question(question) else question


def untouched_accuracy(headline: str) -> str:
    """Return "How accurate is X's claim about …?" for a headline that names only that."""
    headline = re.sub(r" \([^()]*\)$", "", headline.rstrip("."))
    match = _ACCURACY.match(headline)
    if match is None or _MORE.search(headline) or not match["whose"][0].isupper():
        return ""
    if " for " in match["whose"]:
        return ""
    rest = match["rest"]
    if " and " not in rest and not rest.startswith("that"):
        rest = _PAIR.sub(r"\1 and \2", rest)
    is_ = "are" if match["what"].endswith("s") else "is"
    question = f"How accurate {is_} {match['whose']} {match['what'].lower()} {rest}?"
    return "" if META.search(rest) or len(words(question)) > MAX_WORDS else question


_MORE = re.compile(
    r"[:;?!]|\b(?:is|are|was|were) (?:\w+ )?(?:false|wrong|not|mislead\w*|right|true|untrue)\b|"
    r"\b(?:enrages?|traces|countered|is fiction|leaves?|on the money|"
    r"requires?|needs?|lacks?|ignores?|misses|leaves|omits?|distorts?) |\bno\b|\blatest\b|"
    r"\bthis\b|\bthese\b",
    re.IGNORECASE,
)
