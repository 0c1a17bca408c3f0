"""Query rewriting: spelling correction, prefix expansion, synonyms."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from corpus.analysis.scripts import has_script_by_pairs
from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import fold, raw_tokens, raw_words, words
from corpus.languages import function_words, query_language
from index.query.joined_spellings import MAX_WORDS, JoinedSpellings, SpeltWord, spelt_words
from index.query.synonyms import Synonyms, SynonymTable
from index.query.vocabulary import Vocabulary
from index.terms.term_dictionary import TermDictionary

MAX_CORRECTED_WORDS = 8  # of a query; a page in another language has thousands of unknown words
MAX_TYPED_STOPWORDS = 12  # words of a query in which a stop word may be meant
MIN_PREFIX_LETTERS = 3  # of a last word that is taken for the beginning of one
_POSSESSIVE = re.compile(r"['\u2019]s?$")
COMPOUNDING = frozenset("de nl sv da no nb nn fi hu et is".split())
"""Languages that write compounds in one word."""
# A query in a language that the archive does not have: of its words, few are function words of the
# archive's languages, and many stand in no article.
MIN_FOREIGN_WORDS, MAX_COMMON_SHARE, MIN_UNKNOWN_SHARE = 3, 0.2, 0.4
PREFIX_WEIGHT = 0.5  # of a term that only begins with the typed prefix; 1 for a typed word


@dataclass(frozen=True, slots=True)
class RewrittenQuery:
    """A query as it is searched for.

    ``text`` is the query with each unknown word replaced by the nearest word of the archive;
    ``added`` are terms that were not typed, with their weights, where a typed term has 1;
    ``variants`` are the text with synonyms in it; ``language`` is the query's, or the archive's
    most common one where the query does not tell (``is_language_known``); ``is_foreign``: it is in
    none of the archive's languages, so that its words say little.
    """

    text: str
    added: Mapping[str, float] = field(default_factory=dict)
    stopwords: frozenset[str] = STOPWORDS
    variants: tuple[str, ...] = ()
    language: str = "en"
    is_language_known: bool = False
    is_foreign: bool = False

    def all_variants(self) -> list[RewrittenQuery]:
        """Return the query and the same with synonyms, each without variants of its own."""
        return [replace(self, text=text, variants=()) for text in (self.text, *self.variants)]


def query_stopwords(text: str, stopwords: frozenset[str]) -> frozenset[str]:
    """Return which of ``stopwords`` count nothing in a query.

    None where it has no other word: WHO, The Who, to be or not to be. In a typed query an acronym
    (the WHO) and a letter at the end or in capitals (vitamin A) are words.
    """
    typed = raw_tokens(text)
    folded = [word for raw in typed for word, _, _ in raw_words(raw)]
    if all(word in stopwords for word in folded):
        return frozenset()
    if len(folded) > MAX_TYPED_STOPWORDS or text.isupper():
        return stopwords
    kept = set()
    for place, raw in enumerate(typed):
        word = fold(raw)
        is_letter = len(raw) == 1 and place > 0 and fold(typed[place - 1]) not in stopwords
        if (is_letter and (raw.isupper() or place == len(typed) - 1)) or (
            len(raw) > 1 and raw.isupper()
        ):
            kept.add(word)
    return stopwords - kept


class QueryRewriter:
    """Rewrites queries with the words of one archive; safe for any number of threads."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        terms: TermDictionary,
        synonyms: Synonyms | None = None,
        joined: JoinedSpellings | None = None,
        known: Container[str] = (),
        reads_other_languages: bool = False,
    ) -> None:
        """Rewrite for an archive with these words and terms.

        Parameters
        ----------
        vocabulary
            The archive's words as they are spelt.
        terms
            Their terms; a word whose term is among them is never replaced.
        synonyms
            The operators' synonyms and stop words, none by default.
        joined
            Spellings of the archive, joined or in two; None: words are taken as they are typed.
        known
            Folded words that are right though the archive does not have them.
        reads_other_languages
            Whether queries in other languages than the archive's are understood, by an encoder.
        """
        self.vocabulary = vocabulary
        self._joined, self._known = joined, known
        self._reads_other_languages = reads_other_languages
        self._common: frozenset[str] = frozenset()  # function words of the archive's languages
        if reads_other_languages:
            self._common = self._common.union(*map(function_words, terms.languages))
        self._terms = terms
        self._synonyms = synonyms

    def rewrite(self, text: str, prefix: str = "") -> RewrittenQuery:
        """Return ``text`` as it is searched for; ``prefix`` is an unfinished word after it.

        Only unknown words are replaced, so an article that has the typed word is found by it. At
        most ``MAX_CORRECTED_WORDS`` words are looked up.
        """
        table = self._synonyms.table if self._synonyms else SynonymTable()
        added: dict[str, float] = {}
        is_foreign = self._is_foreign(text)
        if not is_foreign:  # its words are right, and like words here by chance
            text = self._rewrite_joined_words(text, added)
            text = self._rewrite_unknown_words(text, table, added)
        if prefix:
            _, completed = self.vocabulary.beginning(prefix)
            text = f"{text} {completed[0] if completed else prefix}".strip()
            for word in completed[1:]:
                added.setdefault(self._terms.term_of(word), PREFIX_WEIGHT)
        detected = query_language(text, self._terms.languages)
        language = detected or self._terms.languages[0]
        # An operator's list holds for every language.
        listed = table.stopwords if table.stopwords is not STOPWORDS else function_words(language)
        stopwords = query_stopwords(text, listed)
        return RewrittenQuery(
            text,
            added,
            stopwords,
            table.variants(text),
            language,
            bool(detected),
            is_foreign,
        )

    def _is_foreign(self, text: str) -> bool:
        """Return whether most words are unknown, and few are function words of the archive."""
        spelt = words(text)
        if not self._reads_other_languages or len(spelt) < MIN_FOREIGN_WORDS:
            return False
        n_common = sum(word in self._common for word in spelt)
        n_unknown = sum(self._terms.term_of(word) not in self._terms for word in spelt)
        return n_common <= MAX_COMMON_SHARE * len(spelt) and n_unknown >= MIN_UNKNOWN_SHARE * len(
            spelt
        )

    def corrected(self, text: str) -> str:
        """Return ``text`` with its misspelt words corrected, "" where there is nothing to correct.

        Never ``text`` itself. A word that its language knows, that the archive has joined or in
        two, or that begins a word of the archive at the end of the query is not misspelt; phrases
        in quotation marks stay. What follows an apostrophe stays: ministr's is ministry's.
        """
        spelt = [one for one in spelt_words(text) if _is_free(text, one)][:MAX_WORDS]
        typed = [one.word for one in spelt if not self._is_spelt_right(one, text)]
        better = self.vocabulary.spelling.did_you_mean(typed, self._known) if typed else None
        if better is None:
            return ""
        right = {a: b for a, b in zip(typed, better, strict=True) if a != b}
        corrected = text
        for one in reversed(spelt):
            if (word := right.get(one.word)) is not None:
                as_typed = text[one.start : one.end]
                ending = _POSSESSIVE.search(as_typed)
                corrected = (
                    corrected[: one.start]
                    + word
                    + (ending[0] if ending else "")
                    + corrected[one.end :]
                )
        return corrected if fold(corrected) != fold(text) else ""

    def _is_spelt_right(self, one: SpeltWord, text: str) -> bool:
        """Return whether a word is right in a way that its spelling alone does not tell."""
        if self._joined is not None and self._joined.split(one.word):
            return True
        if self._terms.term_of(one.word) in self._terms:  # another form of a word of the archive
            return not self.vocabulary.spelling.occurrences(one.word)
        return not text[one.end :].strip() and self._begins_a_word(one.word)

    def _begins_a_word(self, word: str) -> bool:
        return len(word) >= MIN_PREFIX_LETTERS and bool(self.vocabulary.beginning(word)[1])

    def _rewrite_joined_words(self, text: str, added: dict[str, float]) -> str:
        """Return ``text`` with words joined or split as the archive has them, compounds in parts.

        A word that the archive has in both spellings stays, and the other is added.
        """
        if self._joined is None:
            return text
        spelt = spelt_words(text)
        if len(spelt) > MAX_WORDS:
            return text
        changes: list[tuple[int, int, str]] = []
        at = 0
        while at < len(spelt):
            one = spelt[at]
            at += 1
            if parts := self._joined.split(one.word):
                if self._terms.term_of(one.word) in self._terms:
                    added[self._terms.term_of(one.word)] = 1.0
                changes.append((one.start, one.end, " ".join(parts)))
            elif (
                self._terms.term_of(one.word) not in self._terms
                and COMPOUNDING & set(self._terms.languages)
                and (parts := self._joined.compound(one.word))
            ):
                changes.append((one.start, one.end, " ".join(parts)))
            elif at < len(spelt) and (word := self._joined.joined(one.word, spelt[at].word)):
                other = spelt[at]
                if all(self._terms.term_of(part) in self._terms for part in (one.word, other.word)):
                    added[self._terms.term_of(word)] = 1.0
                else:
                    changes.append((one.start, other.end, word))
                at += 1
        for start, end, word in reversed(changes):
            text = text[:start] + word + text[end:]
        return text

    def _rewrite_unknown_words(
        self, text: str, table: SynonymTable, added: dict[str, float]
    ) -> str:
        # Only the nearest word: adding a second or third one, or choosing by co-occurrence with
        # the other words, gained nothing; benchmarks/README.md.
        left = MAX_CORRECTED_WORDS
        right: list[tuple[int, int, str]] = []
        for one in spelt_words(text):
            term = self._terms.term_of(one.word)
            if term in self._terms or left == 0 or (term,) in table.others:
                continue
            left -= 1
            if len(one.word) == 1 and has_script_by_pairs(one.word):
                if pairs := self.vocabulary.pairs_with(one.word):
                    right.append((one.start, one.end, pairs[0]))
                    for word in pairs[1:]:
                        added.setdefault(self._terms.term_of(word), 1.0)
            elif not text[one.end :].strip() and self._begins_a_word(one.word):
                _, completed = self.vocabulary.beginning(one.word)  # still being typed
                right.append((one.start, one.end, completed[0]))
                for word in completed[1:]:
                    added.setdefault(self._terms.term_of(word), PREFIX_WEIGHT)
            elif one.word in self._known:
                continue
            elif variants := self.vocabulary.spelling.variants(
                one.word.capitalize() if text[one.start].isupper() else one.word, limit=1
            ):
                right.append((one.start, one.end, variants[0][0]))
        for start, end, word in reversed(right):
            as_typed = word.capitalize() if text[start].isupper() else word  # a name stays one
            text = text[:start] + as_typed + text[end:]
        return text


def _is_free(text: str, one: SpeltWord) -> bool:
    """Return whether a word stands in no phrase, filter or exclusion."""
    if text.count('"', 0, one.start) % 2 == 1 and '"' in text[one.end :]:
        return False
    before = re.split(r"\s", text[: one.start])[-1]
    return ":" not in before and not before.startswith("-")
