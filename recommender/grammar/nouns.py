"""Articles of nouns: which noun phrases may stand bare, learned from the bodies of the archive.

Headlines leave articles out ("Man did not kill friend"); a question that reads perfectly has them.
Whether a noun needs one is counted: "a man" is written often, "of man" seldom; "water" the reverse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from recommender.grammar.media import MEDIA
from recommender.grammar.parse import Parse, Token, joined

MIN_SEEN = 5  # sightings before a noun's count decides
MAX_WORDS = 60_000
SURELY_COUNTABLE = 0.7  # from which the article of the noun elsewhere in the text is taken
COUNTABLE = (
    0.30  # share of "a noun" among "a noun" and bare ones from which a noun needs an article
)
MAX_CHARACTERS = 2_000  # of each body that are read

_ENDS = (
    r"(?=[,.;:]|\s(?:of|in|on|at|for|with|by|to|from|and|or|that|who|which|is|was|has|had|will|"
    r"are|were|as|during|after|before)\b)"
)
_SEEN = re.compile(
    rf"\b(a|an|of|in|for|with|on|by|from|and|as|to|about|against|into|through|without|like)"
    rf"\s([a-z][a-z-]{{2,24}}){_ENDS}"
)


_CONTEXTS = {
    "of": re.compile(r"\b(a|the) (?:[a-z-]+ )?([a-z][a-z-]{2,24}) of\b"),
    "named": re.compile(r"\b(a|the) [A-Z][\w.-]+ ([a-z][a-z-]{2,24})\b(?! [a-z]+s\b)"),
    "plain": re.compile(
        r"\b(a|the) (?:[a-z-]+ )?([a-z][a-z-]{2,24})(?=[,.;]| (?:in|on|at|that|who|for|with|to)\b)"
    ),
}
"""Where a determiner may stand: before "… of", behind a name, elsewhere."""
COUNTABLE_SHOWN = 0.6  # from which what a picture shows is "a …": it is met for the first time
_RANKED = frozenset("last next first final only latest entire former same".split())
DEFINITE = 0.8  # share of "the" from which a noun cannot stand bare: "the public"
_KNOWN = frozenset("public economy border internet media world army environment sun moon".split())
MIN_BARE = 2  # sightings of a phrase without a determiner before it counts as bare
SURE = 0.8  # share of one determiner from which it is written


class NounTable:
    """How often a noun has the indefinite article, of the times it has it or stands bare."""

    def __init__(
        self,
        share: Mapping[str, float],
        determiners: Mapping[str, Mapping[str, float]],
        definite: Mapping[str, float],
    ) -> None:
        """Use ``NounTable.learn``.

        ``determiners`` is P("a") against "the", by context and noun; ``definite`` P("the") against
        nothing.
        """
        self._share, self._determiners, self._definite = share, determiners, definite

    @staticmethod
    def learn(texts: Iterable[str]) -> NounTable:
        """Return the table of ``texts``; the same texts give the same table."""
        with_article: Counter[str] = Counter()
        bare: Counter[str] = Counter()
        seen: dict[str, tuple[Counter[str], Counter[str]]] = {
            context: (Counter(), Counter()) for context in _CONTEXTS
        }
        for text in texts:
            for before, noun in _SEEN.findall(text[:MAX_CHARACTERS]):
                (with_article if before in {"a", "an"} else bare)[noun] += 1
            for context, pattern in _CONTEXTS.items():
                for before, noun in pattern.findall(text[:MAX_CHARACTERS]):
                    seen[context][before == "the"][noun] += 1
        total = with_article + bare
        return NounTable(
            {
                noun: with_article[noun] / n
                for noun, n in total.most_common(MAX_WORDS)
                if n >= MIN_SEEN
            },
            {
                context: {
                    noun: a[noun] / n
                    for noun, n in (a + the).most_common(MAX_WORDS)
                    if n >= 2 * MIN_SEEN
                }
                for context, (a, the) in seen.items()
            },
            {
                noun: n / (n + bare[noun])
                for noun, n in seen["plain"][True].most_common(MAX_WORDS)
                if n + bare[noun] >= 2 * MIN_SEEN
            },
        )

    def needs_article(self, noun: str) -> bool:
        """Return whether ``noun`` cannot stand bare; True where the archive does not show it."""
        low = noun.lower()
        return self._share.get(low, 1.0) >= COUNTABLE or self._definite.get(low, 0.0) >= DEFINITE

    def _likely(self, parse: Parse, noun: Token, phrase: list[Token]) -> str | None:
        """Return the article that the noun's place in the clause asks for, None where unsure."""
        share = self._share.get(noun.text, 0.0)
        if share >= COUNTABLE_SHOWN and _is_shown(parse, noun) and phrase[0].low not in _RANKED:
            return "a"
        if any(t.tag == "NN" for t in phrase[:-1]) and self._share.get(noun.text, 0.0) < 0.95:
            return None  # "hate speech": a compound may stand bare where its noun may not
        context = "plain"
        if any(c.low == "of" for c in parse.children(noun)):
            context = "of"
        elif any(t.tag in {"NNP", "NNPS"} for t in phrase):
            context = "named"
        indefinite = self._determiners[context].get(noun.text)
        if indefinite is None:
            return None
        if indefinite >= SURE:
            return "a"
        return "the" if indefinite <= 1 - SURE and context != "plain" else None

    def unknown(self, noun: str) -> bool:
        """Return whether the archive has seen too little of ``noun``."""
        return noun.lower() not in self._share

    def missing_articles(
        self, parse: Parse, tokens: Iterable[Token], text: str
    ) -> dict[int, str] | None:
        """Return where which article is missing, by the place of the phrase's first token.

        ``text`` is the article's own: a phrase is given the determiner that it has there. None
        where an article is missing and the text does not say which.
        """
        found: dict[int, str] = {}
        low = None
        for noun in tokens:
            if (first := _superlative(parse, noun)) is not None:
                found[first.place] = f"the {first.text}"
        for noun in tokens:
            if noun.dep in {"nsubj", "nsubjpass"} and noun.lemma in MEDIA:
                continue
            if noun.tag != "NN" or noun.dep in {"compound", "nmod", "amod", "npadvmod", "det"}:
                continue
            if not noun.text.isalpha() or not noun.text.islower():
                continue
            after = parse.tokens[noun.place + 1 : noun.place + 2]
            if after and (after[0].text in {"-", "/", "&"} or after[0].tag == "NNP"):
                continue
            phrase = _phrase(parse, noun)
            if phrase is not None and phrase[0].place in found:
                continue
            if phrase is None or not self.needs_article(noun.text):
                continue
            if low is None:
                low = text.lower()
            article = _own_article(joined(phrase).lower(), low)
            if article is None and len(phrase) > 1:
                article = _own_article(joined(phrase[-2:]).lower(), low) or None
            compound = any(t.tag.startswith("NN") for t in phrase[:-1])
            if (
                article is None
                and not compound
                and self._share.get(noun.text, 0.0) >= SURELY_COUNTABLE
            ):
                article = _own_article(noun.text, low, loosely=True) or None
            if self.unknown(noun.text) and article != "a":
                continue
            if article is None and len(phrase) == 1 and noun.text in _KNOWN:
                article = "the"
            if article is None:
                article = self._likely(parse, noun, phrase)
            share = self._share.get(noun.text, 0.0)
            subject = noun.dep in {"nsubj", "nsubjpass"}
            doubtful = not article and (
                (len(phrase) == 1 and share >= SURE) or (subject and share >= COUNTABLE)
            )
            if article is None or doubtful:
                return None
            if article:
                if parse.children(noun, "conj"):
                    return None
                first = phrase[0]
                if phrase[0].place and not _may_stand_before(parse.tokens[phrase[0].place - 1]):
                    return None
                if (
                    article == "the"
                    and len(phrase) == 1
                    and not parse.children(noun)
                    and noun.text not in _KNOWN
                ):
                    return None  # "the bill": the question would not say which
                found[first.place] = f"{_indefinite(article, first.text)} {first.text}"
        return found


def _is_shown(parse: Parse, noun: Token) -> bool:
    """Return whether the noun is what a picture shows, or who does something in it."""
    head = parse.tokens[noun.head]
    if noun.dep == "dobj":
        return head.lemma == "show"
    if noun.dep in {"nsubj", "nsubjpass"} and head.dep in {"ccomp", "xcomp"}:
        return parse.tokens[head.head].lemma == "show"
    return False


def _may_stand_before(token: Token) -> bool:
    """Return whether an article may follow ``token``: no noun or adjective, which it would part."""
    return token.low not in {"per", "via", "under", "as"} and token.tag not in {
        "NN",
        "NNP",
        "JJ",
        "CD",
        "POS",
        "PRP$",
        "DT",
        "JJR",
        "JJS",
    }


def _superlative(parse: Parse, noun: Token) -> Token | None:
    """Return the first token of "largest city", "first woman" without an article, else None."""
    if noun.tag not in {"NN", "NNS"} or parse.children(noun, "det", "poss", "nummod"):
        return None
    before = [c for c in parse.children(noun, "amod") if c.place < noun.place]
    if not before or not (
        (before[0].tag == "JJS" and before[0].low not in {"most", "least", "best"})
        or before[0].low in {"first", "second", "third", "last", "same"}
    ):
        return None
    previous = parse.tokens[before[0].place - 1] if before[0].place else None
    if previous and (previous.tag in {"DT", "PRP$", "POS", "CD"} or previous.text == "-"):
        return None
    return before[0]


def _phrase(parse: Parse, noun: Token) -> list[Token] | None:
    """Return the noun with what stands before it; None where it has a determiner of some kind."""
    if noun.dep == "conj" or parse.children(noun, "det", "poss", "nummod", "predet", "quantmod"):
        return None
    before = [
        t
        for child in parse.children(noun, "amod", "compound", "nmod")
        if child.place < noun.place
        for t in parse.subtree(child)
    ]
    if any(t.tag in {"DT", "PRP$", "POS", "WDT"} for t in before):
        return None
    if any(t.low in {"many", "most", "more", "no", "any", "some", "such", "each"} for t in before):
        return None
    phrase = sorted([*before, noun], key=lambda t: t.place)
    previous = parse.tokens[phrase[0].place - 1] if phrase[0].place else None
    if previous is not None and previous.tag in {"DT", "PRP$", "POS", "CD"}:
        return None
    return phrase


def _own_article(phrase: str, text: str, *, loosely: bool = False) -> str | None:
    """Return "a", "an" or "the" as ``text`` writes before ``phrase``, "" where it has it bare."""
    between = r"(?:[a-z-]+\s)?" if loosely else ""
    found = re.findall(
        rf"\b(a|an|the|of|in|for|with|on|by|from|as|to)\s{between}{re.escape(phrase)}\b",
        text,
    )
    for word in found:
        if word in {"a", "an", "the"}:
            return str(word)
    return "" if len(found) >= MIN_BARE else None


def _indefinite(article: str, following: str) -> str:
    """Return "a" or "an" as the next word wants it; "the" stays."""
    if article == "the":
        return article
    return (
        "an"
        if re.match(r"[aeiou8]|11|18|hour|honest|heir", following.lower())
        and not re.match(r"uni|use|eu|one|uk|us|u\.|once", following.lower())
        else "a"
    )
