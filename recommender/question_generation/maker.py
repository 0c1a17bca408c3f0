"""One question per fact check: asked, turned by grammar, or with the publisher's words untouched.

The first form that is fit is taken. Each has a rule's name, so that precision is stated by rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from corpus.models import Article
from recommender.grammar.casing import CasingTable
from recommender.grammar.clauses import Refused
from recommender.grammar.nouns import NounTable
from recommender.grammar.parse import Parse
from recommender.grammar.parser import EnglishParser, ParserUnavailable
from recommender.grammar.reported import CALLED_FALSE
from recommender.question_generation.archive_tables import ArchiveTables, is_english
from recommender.question_generation.asked import (
    ASKED_AND_ANSWERED,
    asked_media_first,
    first_asked_question,
)
from recommender.question_generation.claim_sentences import (
    claim_sentences_lead,
    claim_shown_in_opening,
    claim_stated_in_opening,
    labelled_claims,
    shares_claim_words,
)
from recommender.question_generation.headlines import (
    Clause,
    cleaned_headline,
    headline_clauses,
    unquoted_headline,
)
from recommender.question_generation.labels import HeadlineLabels, publisher_of
from recommender.question_generation.made_question import MadeQuestion, Parser, Source
from recommender.question_generation.reference import (
    names_publisher,
    reference_with_the,
    refers_to_bare_person,
)
from recommender.question_generation.review import review_made_question
from recommender.question_generation.statements import StatementTurner
from recommender.question_generation.untouched import Stated, UntouchedForms

CHUNK_SIZE = 512  # articles whose headlines are parsed together: bounds the memory


class QuestionMaker:
    """Makes the question of a check; without a parser fewer have one."""

    def __init__(
        self, labels: HeadlineLabels, casing: CasingTable, nouns: NounTable, parser: Parser | None
    ) -> None:
        """Make questions in the way of one archive.

        Parameters
        ----------
        labels
            What publishers put before or after their headlines.
        casing
            How the archive writes words inside sentences.
        nouns
            How the archive uses articles before nouns.
        parser
            Of English; None where none is installed.
        """
        self._labels, self._casing, self._nouns = labels, casing, nouns
        self._parser = parser
        self._turner = StatementTurner(casing, nouns)
        self._forms = UntouchedForms(casing, nouns)
        self.refused: Counter[str] = Counter()
        self.reasons: dict[str, list[str]] = {}

    def make(self, articles: Iterable[Article]) -> Iterator[MadeQuestion]:
        """Yield the question of each article in English that has one, in order."""
        english = filter(is_english, articles)
        while chunk := list(islice(english, CHUNK_SIZE)):
            yield from self._make_chunk(chunk)

    def _make_chunk(self, articles: Sequence[Article]) -> Iterator[MadeQuestion]:
        made: dict[int, MadeQuestion] = {}
        stated: list[tuple[int, Clause, Source]] = []
        headlines: list[str] = []
        for n, article in enumerate(articles):
            headline = self._headline_to_make_from(article)
            headlines.append(headline)
            if question := self._make_of_asked(headline, article):
                made[n] = question
            else:
                stated += [(n, *one) for one in self._make_statements(article, headline)]
        parses: Iterable[Parse | None] = [None] * len(stated)
        if self._parser is not None:
            parses = self._parser.parse(c.text for _, c, _ in stated)
        kept: dict[int, list[Stated]] = {}
        for (n, clause, source), parse in zip(stated, parses, strict=True):
            if n in made:
                continue
            turnable = parse is not None and not clause.reported
            if (
                turnable
                and parse is not None
                and (q := self._make_of_clause(articles[n], clause, source, parse))
            ):
                made[n] = q
            else:
                kept.setdefault(n, []).append((clause, source, parse))
        for n, article in enumerate(articles):
            question = made.get(n) or self._make_of_untouched(
                article, headlines[n], kept.get(n, ())
            )
            if question is not None and not names_publisher(question.text, article):
                yield question

    def _headline_to_make_from(self, article: Article) -> str:
        text = f"{article.summary}\n{article.body}"
        bare = self._labels.strip(cleaned_headline(article.headline), publisher_of(article))
        return self._casing.sentence_case(bare, text)

    def _called_false(self, article: Article, headline: str) -> bool:
        """Return whether a label such as "FALSE" says that the headline is the claim itself."""
        label = cleaned_headline(article.headline)[: -len(headline)] if headline else ""
        return CALLED_FALSE.search(label) is not None

    def _make_statements(self, article: Article, headline: str) -> Iterator[tuple[Clause, Source]]:
        """Yield what the headline, the claim or the opening states, the surest first."""
        claimed = self._called_false(article, headline)
        for clause in headline_clauses(asked_media_first(headline)):
            if claimed and not clause.denied:
                clause = replace(clause, said=True, past=not clause.said)
            yield self._small_shown(clause), "headline"
        if article.claim:
            claim = unquoted_headline(cleaned_headline(article.claim).rstrip("."))
            yield Clause(claim, said=True, speaker=article.claimant), "claim"
        for claim in labelled_claims(f"{article.summary}\n{article.body}"):
            yield Clause(claim, said=True), "claim"
        for clause in claim_shown_in_opening(article):
            yield clause, "opening"
        for clause in claim_stated_in_opening(article):
            if shares_claim_words(clause.text, article.headline, first=True):
                yield clause, "opening"

    def _small_shown(self, clause: Clause) -> Clause:
        """Return the clause with a small first word of what a picture shows."""
        if not clause.shown:
            return clause
        before, _, shown = clause.text.partition(" show ")
        word = shown.split(" ", 1)[0]
        if word[1:].islower() and self._casing.form(word) == word.lower():
            shown = f"{shown[0].lower()}{shown[1:]}"
        return replace(clause, text=f"{before} show {shown}")

    def _refuse_to_make(self, article: Article, reason: str) -> None:
        self.refused[reason] += 1
        self.reasons.setdefault(article.id, []).append(reason)

    def _make_of_asked(self, headline: str, article: Article) -> MadeQuestion | None:
        """Return the question that headline, summary or body ask themselves."""
        if asked := first_asked_question(headline):
            asked = reference_with_the(asked)
            problem = (
                "person"
                if refers_to_bare_person(asked)
                else review_made_question(asked, made=False)
            )
            if not problem:
                return MadeQuestion(asked, article.id, "headline", "asked")
            self._refuse_to_make(article, f"own question: {problem}")
        for text in (
            cleaned_headline(article.summary),
            cleaned_headline(claim_sentences_lead(article)),
        ):
            if match := ASKED_AND_ANSWERED.match(text):
                asked = unquoted_headline(match.group(1))
                if not review_made_question(asked) and shares_claim_words(
                    asked, article.headline, True
                ):
                    return MadeQuestion(asked, article.id, "opening", "asked")
        return None

    def _make_of_clause(
        self, article: Article, clause: Clause, source: Source, parse: Parse
    ) -> MadeQuestion | None:
        found = self._turner.question(clause, parse, f"{article.summary}\n{article.body}")
        if isinstance(found, Refused):
            self._refuse_to_make(article, found.reason)
            return None
        return MadeQuestion(found[0], article.id, source, found[1])

    def _make_of_untouched(
        self, article: Article, headline: str, stated: Sequence[Stated]
    ) -> MadeQuestion | None:
        """Return a question with the words as they are; None where no form is fit."""
        claimed = self._called_false(article, headline)
        for text, source, rule in self._forms.questions(article, headline, stated, claimed):
            return MadeQuestion(text, article.id, source, rule)
        return None


@lru_cache(maxsize=1)
def installed_parser() -> EnglishParser | None:
    """Return the parser, loaded once in this process; None where it is not installed."""
    try:
        return EnglishParser.load()
    except ParserUnavailable:
        return None


def made_questions(articles: Collection[Article]) -> dict[str, MadeQuestion]:
    """Return the questions of a whole archive, in memory, by the article's id."""
    tables = ArchiveTables.learn(articles)
    maker = QuestionMaker(tables.labels, tables.casing, tables.nouns, installed_parser())
    return {question.article_id: question for question in maker.make(articles)}
