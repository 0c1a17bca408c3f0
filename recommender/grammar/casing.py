"""Sentence case for headlines in Title Case, by how the archive itself writes a word.

Inside sentences of bodies a common word is written small and a name with its capital. The article's
own text decides first (a pair of words before a single one), then the table of the whole archive.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

MAX_CHARACTERS = 2_000  # of each body that are read: names are introduced early
MAX_WORDS = 150_000  # kept in a table: 12 MB; the rarest beyond are left out
MIN_COUNT = 2  # sightings inside sentences: one may be a slip
MAX_PAIRS = 60_000  # names of two words, one of which is a common word
MIN_TOGETHER = 0.3  # of the sightings of the rarer word with a capital: beside the other
MIN_NAMING = 0.03  # share of capitals from which a common word can be part of a name
MAX_SMALL = 0.01  # share of small forms of a word that is always written with a capital
MAX_ACRONYM = 4  # letters of a word in capitals that is taken for one: MSG, WHO
MIN_NAME = 5  # letters of a name that is restored: shorter ones are words as well
SURE_PAIR = 5  # times that two words have capitals for each time that one has not
MIN_PAIR = 4  # bodies that have such a name
MIN_CAPITALS = 0.85  # share of capital words from which a headline is in Title Case
MIN_AGAINST = 3  # sightings in the article itself that go against the archive's usual form
MIN_LOWER = 0.5  # share of small forms from which a word is written small

_INSIDE = re.compile(r"(?<=[a-z,;0-9] )[^\W\d_][\w’'-]*")
_NAME = re.compile(r"(?<=[a-z,;0-9] )([A-Z][a-z’'-]+)(?= ([A-Z][a-z-]+))")
_SMALL_PAIR = re.compile(r"(?<=[a-z,;0-9] )([A-Za-z][a-z’'-]+)(?= ([a-z][a-z-]+))")
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_MINOR = frozenset(
    """a an the of in on at by for to from with and or nor but as if is are was were be been being
    am do does did not no has have had will would can could may might must shall should than that
    this these those it its he his him she her they their them there then into onto over under
    about after before between during against without within through up down out off so what
    which who whom whose when where why how all any some more most many much such only own same
    other another each every both few several
    says said say claims claimed claim shows show showing via per just still also
    ever never being because while until since""".split()
)
"""Words that are never names in a headline; "May" and "Will" are told by the parser."""
_BEFORE_MONTH = frozenset("in on of since until by from late early last".split())
_TITLES = frozenset(
    """senator president governor mayor justice judge minister king queen prince princess pope
    general captain colonel sir lady speaker chairman congressman congresswoman representative
    professor doctor pastor bishop archbishop cardinal sheriff""".split()
)
_SHOUTED = frozenset("""fake false true real old new said dead alive video photo image""".split())
_NAMED_THE = frozenset("Hague Gambia Bahamas Beatles Onion".split())
_MONTHS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december""".split()
)


class CasingTable:
    """How words are written inside sentences; built from bodies, bounded in memory."""

    def __init__(
        self, forms: Mapping[str, str], pairs: Collection[str] = (), always: Collection[str] = ()
    ) -> None:
        """Use ``CasingTable.learn``.

        ``forms`` maps a word in lower case to its usual form; ``pairs`` are two words of a name,
        ``always`` words that are hardly ever written small.
        """
        self._forms, self._pairs = forms, frozenset(pairs)
        self._always = frozenset(always)

    @staticmethod
    def learn(texts: Iterable[str]) -> CasingTable:
        """Return the table of ``texts``; the same texts give the same table."""
        seen: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        beginnings = [text[:MAX_CHARACTERS] for text in texts]
        for text in beginnings:
            seen.update(_INSIDE.findall(text))
            pairs.update({f"{one} {other}" for one, other in _NAME.findall(text)})
        common = {pair.lower() for pair, n in pairs.items() if n >= MIN_PAIR}
        small: Counter[str] = Counter()
        for text in beginnings:
            found = {f"{one} {other}".lower() for one, other in _SMALL_PAIR.findall(text)}
            small.update(found & common)
        by_word: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for form, n in seen.items():
            by_word[form.lower()].append((n, form))
        kept = sorted(by_word.items(), key=lambda item: (-sum(n for n, _ in item[1]), item[0]))
        return CasingTable(
            {
                word: _usual_casing(word, forms)
                for word, forms in kept[:MAX_WORDS]
                if sum(n for n, _ in forms) >= MIN_COUNT
            },
            [
                pair.lower()
                for pair, n in pairs.most_common(MAX_PAIRS)
                if n >= max(MIN_PAIR, small[pair.lower()])
                and (n >= SURE_PAIR * small[pair.lower()] or _is_cased_name(pair, n, seen))
            ],
            [
                word
                for word, forms in kept[:MAX_WORDS]
                if len(word) >= MIN_NAME
                and seen[word] <= MAX_SMALL * sum(n for n, _ in forms)
                and sum(n for n, _ in forms) >= 10 * MIN_COUNT
            ],
        )

    def to_json(self) -> dict[str, Any]:
        """Return the table as JSON values."""
        return {
            "forms": dict(self._forms),
            "pairs": sorted(self._pairs),
            "always": sorted(self._always),
        }

    def form(self, word: str) -> str | None:
        """Return how the archive writes ``word`` inside a sentence, None where it never does."""
        return self._forms.get(word.lower())

    def sentence_case(self, headline: str, text: str) -> str:
        """Return ``headline`` as it would stand inside a sentence, first word included.

        A headline that is in sentence case already keeps its capitals, but for its first word and
        for words in full capitals that the archive writes otherwise.
        """
        title = is_title_case(headline)
        result = headline
        found = list(_WORD.finditer(headline))
        sought = found if title else [m for m in found if m.group().isupper() or m is found[0]]
        own = OwnForms((m.group() for m in sought), text[: 2 * MAX_CHARACTERS])
        for n, match in enumerate(found):
            word = match.group()
            before, after = (
                found[place].group() if 0 <= place < len(found) else "" for place in (n - 1, n + 1)
            )
            quoted = re.search(r"[,:] [\"“‘']$", headline[: match.start()]) is not None
            form = word if quoted else self._cased_word(word, (before, after), own, title or n == 0)
            named = after[:1].isupper() and self.form(after) != after.lower()
            given = word == "Bill" and (named or after in {"de", "and"})
            if given or (n == 0 and word[0].isupper() and own.only_capital(word.lower())):
                form = word
            result = result[: match.start()] + form + result[match.end() :]
        return result

    def restore_names(self, question: str) -> str:
        """Return ``question`` with capitals for small words that the archive writes with one."""

        def restored(match: re.Match[str]) -> str:
            word = match.group()
            form = self._forms.get(word, word)
            return form if word in self._always and not form.isupper() else word

        return re.sub(r"(?<![\w'’-])[a-z]+(?![\w-])", restored, question)

    def small_second(self, question: str) -> str:
        """Return the question with a small second word where that is no name."""
        said = question.split(" ")
        if len(said) < 3:
            return question
        second, third = said[1], said[2]
        if (
            not second.isalpha()
            or not second[0].isupper()
            or (second.isupper() and len(second) > 1)
        ):
            return question
        if second == "The":
            small = third not in _NAMED_THE
        else:
            small = self.form(second) == second.lower() and third[:1].islower()
        if small:
            said[1] = second.lower()
        return " ".join(said)

    def _cased_word(  # noqa: C901
        self, word: str, nearby: tuple[str, str], own: OwnForms, free: bool
    ) -> str:
        """Return the form of one word; ``free``: its capital may be the headline's alone."""
        low = word.lower()
        if word.islower():
            return word
        shouted = len(word) > 1 and word.isupper()
        if not free and not shouted:
            return word
        before, after = nearby
        named = word[0].isupper() and own.named(low, _word_without_casing(after))
        common = self.form(low) == low and self.form(
            _word_without_casing(after)
        ) == _word_without_casing(after)
        if named and not common and not {low, _word_without_casing(after)} & _MINOR:
            return word
        if word[0].isupper() and self._cased_in_name(low, before, after):
            return word.capitalize() if shouted and own.form(low, nearby) is None else word
        if shouted and low not in _MINOR | {"up"} and own.count(low, word):
            return word
        if own.in_name(before, low, word) and self.form(before) != before.lower():
            return word
        named = after[:1].isupper() and self.form(after) not in {None, after.lower()}
        if low in _TITLES and word[0].isupper() and named and not shouted:
            return word
        if low == "may" and (after[:1].isdigit() or before.lower() in _BEFORE_MONTH):
            return "May"
        if low in _MINOR and (not shouted or low not in {"it", "who", "us", "may", "up"}):
            return low
        if low in _MONTHS:
            return word.capitalize()
        usual = self.form(low) or self._cased_by_stem(low)
        known = own.form(low, nearby)
        if known is None or usual == low:
            known = usual or known
        if shouted and own.count(low, word):
            return word
        if shouted and low not in _SHOUTED and len(word) <= MAX_ACRONYM:
            return word
        if shouted:
            return known if known is not None and known.lower() == low else word
        if known is None:
            return word
        if known.isupper() and len(known) > 1:
            return word if not word.isupper() else known
        return known if known.islower() or known[0].isupper() else word

    def _cased_in_name(self, low: str, before: str, after: str) -> bool:
        """Return whether the word and a neighbour are a name: New Orleans, White House."""
        return (before[:1].isupper() and f"{before.lower()} {low}" in self._pairs) or (
            after[:1].isupper() and f"{low} {_word_without_casing(after)}" in self._pairs
        )

    def _cased_by_stem(self, low: str) -> str | None:
        for ending in ("'s", "’s"):
            if low.endswith(ending) and (form := self._forms.get(low[: -len(ending)])):
                return form + ending
        if low.endswith("s") and self._forms.get(low[:-1]) == low[:-1]:
            return low
        parts = low.split("-")
        if len(parts) > 1 and all(parts):
            forms = [self._forms.get(part) for part in parts]
            if all(form is not None and form.islower() for form in forms):
                return low
        return None


class OwnForms:
    """How one article writes the words of its headline inside its sentences."""

    def __init__(self, said: Iterable[str], text: str) -> None:
        self._words: dict[str, Counter[str]] = defaultdict(Counter)
        self._pairs: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._names: Counter[tuple[str, str]] = Counter()
        sought = sorted({re.escape(w.lower()) for w in said if w.lower() not in _MINOR})
        if not sought:
            return
        pattern = rf"([\w,;’'\"-]+) ({'|'.join(sought)})(?![\w-])(?= ?([\w-]*))"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            before, word, after = match.groups()
            title = before[0].isupper() and word[0].isupper() and before.lower() not in _MINOR
            if title and (after[:1].isupper() or not after):
                self._names[word.lower(), _word_without_casing(after)] += 1
                continue  # a name of many words, or a heading in Title Case: teaches no single word
            self._words[word.lower()][word] += 1
            self._pairs[before.lower(), word.lower()][word] += 1
            if word[0].isupper() and after[:1].isupper():
                self._names[word.lower(), _word_without_casing(after)] += 1

    def named(self, low: str, following: str) -> bool:
        """Return whether the article has both words beside each other with capitals."""
        return self._names[low, following] >= 2  # one may be a heading

    def in_name(self, before: str, low: str, form: str) -> bool:
        """Return whether the article writes the word so, and never otherwise, after ``before``.

        Parameters
        ----------
        before
            The word before it.
        low
            The word in lower case.
        form
            The word as it stands in the headline.
        """
        counts = self._pairs.get((before.lower(), low))
        return bool(counts) and before[:1].isupper() and set(counts or ()) == {form}

    def count(self, low: str, form: str) -> int:
        """Return how often the article writes the word in this form."""
        return self._words.get(low, Counter())[form]

    def only_capital(self, low: str) -> bool:
        """Return whether the article has the word inside sentences, and never small."""
        counts = self._words.get(low)
        return counts is not None and not counts[low] and sum(counts.values()) >= 2

    def form(self, low: str, nearby: tuple[str, str]) -> str | None:
        """Return the form of ``low`` after the same word as here, else anywhere, else None."""
        for counts in (self._pairs.get((nearby[0].lower(), low)), self._words.get(low)):
            if counts:
                return _usual_casing(low, [(n, form) for form, n in counts.items()])
        return None


def _is_cased_name(pair: str, n: int, seen: Mapping[str, int]) -> bool:
    """Return whether two capitals beside each other are a name, not a piece of a heading."""
    one, other = pair.split()
    if one.lower() in _MINOR or other.lower() in _MINOR:
        return False
    if not seen.get(one.lower()) and not seen.get(other.lower()):
        return False  # neither word is a common one: single words decide
    for word in (one, other):
        small = seen.get(word.lower(), 0)
        if seen.get(word, 0) < MIN_NAMING * (small + seen.get(word, 0)):
            return False  # "Tested Positive" comes from headings
    rarer = min(seen.get(one, 0) or n, seen.get(other, 0) or n)
    return bool(n >= MIN_TOGETHER * rarer)


def _word_without_casing(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s")


def is_title_case(headline: str) -> bool:
    """Return whether most of the words that could be small begin with a capital."""
    said = [w for w in _WORD.findall(headline)[1:] if w.lower() not in _MINOR and len(w) > 1]
    plain = [w for w in said if not (w.isupper() and len(w) > 1)]
    if not plain:
        return bool(said) and headline.isupper()
    return bool(sum(w[0].isupper() for w in plain) >= MIN_CAPITALS * len(plain))


def _usual_casing(word: str, forms: Iterable[tuple[int, str]]) -> str:
    """Return the small form where it is usual, else the most frequent other."""
    forms = list(forms)
    total = sum(n for n, _ in forms)
    lower = sum(n for n, form in forms if form.islower())
    if lower >= MIN_LOWER * total:
        return word
    return max((f for f in forms if not f[1].islower()), key=lambda f: (f[0], f[1]))[1]
