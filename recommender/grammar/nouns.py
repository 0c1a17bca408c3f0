"""Articles of nouns: which noun phrases may stand bare, learned from the bodies of the archive.

Headlines leave articles out ("Man did not kill friend"); a question that reads perfectly has them.
Whether a noun needs one is counted: "a man" is written often, "of man" seldom; "water" the reverse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from recommender.grammar.media import MEDIA
from recommender.grammar.parse import Parse, Token, joined_tokens

MIN_SEEN = 5  # sightings before a noun's count decides
MAX_WORDS = 60_000
COUNTABLE = 0.18  # share of "a noun" among "a noun" and bare ones: it needs an article
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
COUNTABLE_SHOWN = 0.85  # from which what a picture shows is "a …": it is met for the first time
_RANKED = frozenset("last next first final only latest entire former same".split())
DEFINITE = 0.55  # share of "the" from which a noun cannot stand bare: "the public"
_NAMED_WITH_THE = frozenset(
    """U.S US U.K UK U.N UN EU E.U UAE CIA FBI CDC NHS GOP IRS NSA NRA EPA NFL NBA WTO IMF BBC BJP
    RSS RBI CPI House Senate Pentagon Kremlin Taliban Vatican Internet Constitution Philippines
    Netherlands Bahamas Caribbean Democrat Republican""".split()
)
_BODIES = frozenset(
    """Constitution Act Department Party Court House Senate Committee Commission Ministry Government
    Army Council Union Institute Memorial Association Administration Bureau Agency Foundation Fund
    Force Navy Police Bank Bill Law Plan Program Project Center Centre Authority Board Corps Office
    Service Embassy Organization Organisation Federation League Legislature Assembly Cabinet
    Treasury Academy Museum Bridge River Ocean Sea Airport Hotel Empire Republic Kingdom Emirates
    Pact Treaty Accord Agreement Amendment Movement Campaign Post Times Alliance Coalition Group
    War Olympics""".split()
)
"""Last words of names that have "the" before them, unless the text shows the contrary."""
MIN_BARE = 2  # sightings of a phrase without a determiner before it counts as bare


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

    def to_json(self) -> dict[str, Any]:
        """Return the table as JSON values."""
        return {
            "share": dict(self._share),
            "determiners": {context: dict(of) for context, of in self._determiners.items()},
            "definite": dict(self._definite),
        }

    def needs_article(self, noun: str) -> bool:
        """Return whether ``noun`` cannot stand bare; True where the archive does not show it."""
        low = noun.lower()
        return self._share.get(low, 1.0) >= COUNTABLE or self._definite.get(low, 0.0) >= DEFINITE

    def missing_articles(
        self, parse: Parse, tokens: Iterable[Token], text: str
    ) -> dict[int, str] | None:
        """Return where which article is missing, by the place of the phrase's first token.

        None where one is missing and it is not certain which: then the words stay as they are.

        Parameters
        ----------
        parse
            The sentence.
        tokens
            Those of its clause.
        text
            The article's own: a phrase has the determiner that it has there.
        """
        tokens = list(tokens)
        found: dict[int, str] = {}
        low = text.lower()
        if any(_noun_lacks_the(parse, token, text) for token in tokens):
            return None
        for noun in tokens:
            if (first := _superlative_of_noun(parse, noun)) is not None:
                found[first.place] = f"the {first.text}"
        for noun in tokens:
            phrase = _bare_noun_phrase(parse, noun)
            if phrase is None or phrase[0].place in found or not self.needs_article(noun.text):
                continue
            article = _own_article_of_noun(joined_tokens(phrase).lower(), low)
            if article == "":
                continue
            if article is None and self._share.get(noun.text, 0.0) >= COUNTABLE_SHOWN:
                shown = _is_shown_noun(parse, noun) and phrase[0].low not in _RANKED
                article = "a" if shown else None
            doubtful = len(phrase) == 1 and article == "the"  # "the bill": which?
            if article is None or doubtful or parse.children(noun, "conj"):
                return None
            first = phrase[0]
            if first.place and not _may_stand_before_noun(parse.tokens[first.place - 1]):
                return None
            found[first.place] = f"{_indefinite_before_noun(article, first.text)} {first.text}"
        return found


def _bare_noun_phrase(parse: Parse, noun: Token) -> list[Token] | None:
    """Return the phrase of a common noun in the singular that stands without a determiner."""
    alone = not parse.children(noun, "compound", "amod", "nmod", "prep")
    if noun.dep in {"nsubj", "nsubjpass"} and noun.lemma in MEDIA and alone:
        return None  # "photo shows" is written "a photo"
    if noun.tag != "NN" or noun.dep in {"compound", "nmod", "amod", "npadvmod", "det"}:
        return None
    if not noun.text.isalpha() or not noun.text.islower():
        return None
    after = parse.tokens[noun.place + 1 : noun.place + 2]
    if after and (after[0].text in {"-", "/", "&"} or after[0].tag == "NNP"):
        return None
    return _noun_phrase(parse, noun)


def _noun_lacks_the(parse: Parse, name: Token, text: str) -> bool:
    """Return whether a name stands without its "the": U.S., Supreme Court, what the text says."""
    if name.tag not in {"NNP", "NNPS"} or name.dep in {"compound", "nmod", "poss", "amod"}:
        return False
    if parse.children(name, "det", "poss", "nummod", "appos"):
        return False
    phrase = _noun_phrase(parse, name)
    if phrase is None or any(t.tag not in {"NNP", "NNPS", "HYPH"} for t in phrase):
        return False
    before = parse.tokens[phrase[0].place - 1].low if phrase[0].place else ""
    if before in {"the", "a", "an", "-", "/", "'s"} or parse.tokens[phrase[0].place].dep == "poss":
        return False
    written = joined_tokens(phrase)
    with_the = len(re.findall(rf"\b[Tt]he {re.escape(written)}(?![\w-]| [A-Z])", text))
    without = len(re.findall(rf"(?<=[a-z,] ){re.escape(written)}(?![\w-]| [A-Z])", text))
    bare = without - with_the
    if with_the or bare > 0:
        return with_the > max(bare, 0)
    return written.rstrip(".") in _NAMED_WITH_THE or phrase[-1].text in _BODIES


def _is_shown_noun(parse: Parse, noun: Token) -> bool:
    """Return whether the noun is what a picture shows, or who does something in it."""
    head = parse.tokens[noun.head]
    if noun.dep == "dobj":
        return head.lemma == "show"
    if noun.dep in {"nsubj", "nsubjpass"} and head.dep in {"ccomp", "xcomp"}:
        return parse.tokens[head.head].lemma == "show"
    return False


def _may_stand_before_noun(token: Token) -> bool:
    """Return whether an article may follow ``token``: no noun or adjective, which it would part."""
    return token.low not in {
        "per",
        "via",
        "under",
        "as",
        "'",
        '"',
        "’",
        "”",
        "‘",
        "“",
    } and token.tag not in {
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


def _superlative_of_noun(parse: Parse, noun: Token) -> Token | None:
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


def _noun_phrase(parse: Parse, noun: Token) -> list[Token] | None:
    """Return the noun with what stands before it; None where it has a determiner of some kind."""
    numbers = [n for n in parse.children(noun, "nummod") if not re.fullmatch(r"[12]\d{3}", n.text)]
    if noun.dep == "conj" or numbers or parse.children(noun, "det", "poss", "predet", "quantmod"):
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


def _own_article_of_noun(phrase: str, text: str) -> str | None:
    """Return "a" or "the" as ``text`` first writes before ``phrase``, "" where it has it bare.

    None where it does not have the phrase, or writes it in both ways.
    """
    found = re.findall(
        rf"\b(a|an|the|of|in|for|with|on|by|from|as|to|and)\s{re.escape(phrase)}\b", text
    )
    written = [word for word in found if word in {"a", "an", "the"}]
    if len(written) == len(found) > 0:
        return "the" if written[0] == "the" else "a"
    return "" if not written and len(found) >= MIN_BARE else None


def _indefinite_before_noun(article: str, following: str) -> str:
    """Return "a" or "an" as the next word wants it; "the" stays."""
    if article == "the":
        return article
    return (
        "an"
        if re.match(r"[aeiou8]|11|18|hour|honest|heir", following.lower())
        and not re.match(r"uni|use|eu|one|uk|us|u\.|once", following.lower())
        else "a"
    )
