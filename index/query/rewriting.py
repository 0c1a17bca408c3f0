"""Query rewriting: spelling correction, prefix expansion, synonyms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import fold, stem, token_spans, tokenize
from index.query.synonyms import Synonyms, SynonymTable
from index.query.vocabulary import Vocabulary
from index.terms.term_dictionary import TermDictionary

MAX_CORRECTED_WORDS = 8  # of a query; a page in another language has thousands of unknown words
PREFIX_WEIGHT = 0.5  # of a term that only begins with the typed prefix; 1 for a typed word


@dataclass(frozen=True, slots=True)
class RewrittenQuery:
    """A query as it is searched for.

    ``text`` is the query with each unknown word replaced by the nearest word of the archive;
    ``added`` are terms that were not typed, with their weights, where a typed term has 1.
    """

    text: str
    added: Mapping[str, float] = field(default_factory=dict)
    stopwords: frozenset[str] = STOPWORDS


class QueryRewriter:
    """Rewrites queries with the words of one archive; safe for any number of threads."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        terms: TermDictionary,
        synonyms: Synonyms | None = None,
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
        """
        self.vocabulary = vocabulary
        self._terms = terms
        self._synonyms = synonyms

    def rewrite(self, text: str, prefix: str = "") -> RewrittenQuery:
        """Return ``text`` as it is searched for; ``prefix`` is an unfinished word after it.

        Only unknown words are replaced, so an article that has the typed word is found by it. At
        most ``MAX_CORRECTED_WORDS`` words are looked up.
        """
        table = self._synonyms.table if self._synonyms else SynonymTable()
        added: dict[str, float] = {}
        text = self._rewrite_unknown_words(text, table)
        if prefix:
            _, completed = self.vocabulary.beginning(prefix)
            text = f"{text} {completed[0] if completed else prefix}".strip()
            for word in completed[1:]:
                added.setdefault(stem(word), PREFIX_WEIGHT)
        if table.others:
            for term, weight in table.expand(tokenize(text)):
                if weight < 1.0:
                    added[term] = max(weight, added.get(term, 0.0))
        return RewrittenQuery(text, added, table.stopwords)

    def corrected(self, text: str, typed: Sequence[str]) -> str:
        """Return ``text`` with its misspelt words among ``typed`` corrected, or ""."""
        better = self.vocabulary.spelling.did_you_mean(typed)
        if better is None:
            return ""
        changed = {fold(a): b for a, b in zip(typed, better, strict=True) if fold(a) != b}
        for _, start, end in reversed(token_spans(text)):
            if right := changed.get(fold(text[start:end])):
                text = text[:start] + right + text[end:]
        return text

    def _rewrite_unknown_words(self, text: str, table: SynonymTable) -> str:
        # Only the nearest word: adding a second or third one, or choosing by co-occurrence with
        # the other words, gained nothing; benchmarks/README.md.
        left = MAX_CORRECTED_WORDS
        right: list[tuple[int, int, str]] = []
        for term, start, end in token_spans(text):
            if term in self._terms or left == 0 or (term,) in table.others:
                continue
            left -= 1
            if variants := self.vocabulary.spelling.variants(text[start:end], limit=1):
                right.append((start, end, variants[0][0]))
        for start, end, word in reversed(right):
            as_typed = word.capitalize() if text[start].isupper() else word  # a name stays one
            text = text[:start] + as_typed + text[end:]
        return text
