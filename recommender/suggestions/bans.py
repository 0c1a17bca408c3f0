"""Bans: questions and articles that operators keep out of all suggestions, by a plain text file.

``bans.txt`` in the archive's folder, one ban a line, in force without a rebuild::

    # comments begin with a number sign
    article: old-check-of-2016
    question: Did the mayor really say that?
    question: 3f9c0a1b7d2e4c55
    words: royal baby
    made questions: Daily Example

``article`` bans by id: the article is suggested nowhere, neither under the related articles nor as
the answer of a question. ``question`` bans one question by its id or its text, in any case and
punctuation. ``words`` bans every question, and every related article by its headline, that has
these words side by side. ``made questions`` bans the questions that were made from the checks of a
publisher, or ``*``, of all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.analysis.tokenizer import tokenize
from corpus.models import BadRecord

BANS_FILE = "bans.txt"
MAX_FILE_BYTES = 1 << 20  # some 20,000 lines; more is a wrong file
_REMEDY = (
    'Write "article: ID", "question: TEXT or ID", "words: WORDS" or "made questions: PUBLISHER"'
)


@dataclass(frozen=True, slots=True)
class BanList:
    """What a file bans; ``problems`` name the lines that were skipped."""

    articles: frozenset[str] = frozenset()
    question_ids: frozenset[str] = frozenset()
    questions: frozenset[tuple[str, ...]] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    made_from: frozenset[str] = frozenset()
    problems: tuple[BadRecord, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything is banned."""
        return bool(
            self.articles or self.question_ids or self.questions or self.phrases or self.made_from
        )

    def bans_question(self, question_id: str, text: str) -> bool:
        """Return whether a question is banned by its id, its text or words in it."""
        if question_id in self.question_ids:
            return True
        if not (self.questions or self.phrases):
            return False
        terms = tuple(tokenize(text))
        return terms in self.questions or self._has_banned_phrase(terms)

    def bans_made_questions(self, publisher: str) -> bool:
        """Return whether the questions made from a publisher's checks are banned."""
        return "*" in self.made_from or publisher.casefold() in self.made_from

    def bans_article(self, article_id: str, headline: str = "") -> bool:
        """Return whether an article is banned by its id, or by words in its headline."""
        if article_id in self.articles:
            return True
        return bool(
            self.phrases and headline and self._has_banned_phrase(tuple(tokenize(headline)))
        )

    def _has_banned_phrase(self, terms: tuple[str, ...]) -> bool:
        return any(
            terms[start : start + len(phrase)] == phrase
            for phrase in self.phrases
            for start in range(len(terms) - len(phrase) + 1)
        )


class Bans:
    """The ban list of one archive, read again when its file has changed.

    One object serves all threads: the list is replaced as a whole. A missing file bans nothing. A
    file that was there and cannot be read any more keeps the list of before, and says so: what an
    editor banned must not come back because of a slip.
    """

    def __init__(self, folder: Path) -> None:
        """Read ``bans.txt`` in ``folder``, the archive's."""
        self._path = folder / BANS_FILE
        self._read: tuple[object, BanList] = ("", BanList())

    @property
    def current(self) -> BanList:
        """Return what the file bans now."""
        try:
            status = self._path.stat()
            stamp: object = (status.st_mtime_ns, status.st_size, status.st_ino)
        except FileNotFoundError:
            stamp = None
        except OSError:
            return self._read[1]
        if stamp != self._read[0]:
            self._read = (stamp, self._parsed_bans() if stamp else BanList())
        return self._read[1]

    @property
    def stamp(self) -> str:
        """Return what differs whenever the file does."""
        _ = self.current  # the file is looked at
        return str(self._read[0])

    def _parsed_bans(self) -> BanList:
        try:
            with self._path.open("rb") as file:
                content = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            reason = f"the file cannot be read ({error.strerror}); the bans of before stay"
            before = self._read[1]
            problem = BadRecord(BANS_FILE, 0, reason, "Make it readable for the server")
            return replace(before, problems=(problem,))
        return parse_bans(content)


def parse_bans(content: bytes) -> BanList:
    """Return the bans in the bytes of a file; lines that cannot be used are named, not obeyed."""
    articles: set[str] = set()
    ids: set[str] = set()
    questions: set[tuple[str, ...]] = set()
    phrases: dict[tuple[str, ...], None] = {}
    made_from: set[str] = set()
    problems: list[BadRecord] = []
    if len(content) > MAX_FILE_BYTES:
        reason = f"only the first {MAX_FILE_BYTES} bytes were read"
        problems.append(BadRecord(BANS_FILE, 0, reason, _REMEDY))
        content = content[:MAX_FILE_BYTES].rpartition(b"\n")[0]
    for number, line in _ban_lines(content, problems):
        kind, _, value = (part.strip() for part in line.partition(":"))
        terms = tuple(tokenize(value))
        if kind.lower() == "made questions" and value:
            made_from.add(value.casefold())
        elif kind.lower() == "article" and value:
            articles.add(value)
        elif kind.lower() == "question" and value:
            ids.add(value)
            if terms:
                questions.add(terms)
        elif kind.lower() == "words" and terms:
            phrases[terms] = None
        else:
            reason = f"{line[:60]!r} bans nothing"
            problems.append(BadRecord(BANS_FILE, number, reason, _REMEDY))
    return BanList(
        frozenset(articles),
        frozenset(ids),
        frozenset(questions),
        tuple(phrases),
        frozenset(made_from),
        tuple(problems),
    )


def _ban_lines(content: bytes, problems: list[BadRecord]) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line that is neither empty nor a comment."""
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        try:
            line = raw.decode("utf-8").strip()
        except UnicodeDecodeError:
            problems.append(BadRecord(BANS_FILE, number, "the line is not UTF-8", _REMEDY))
            continue
        if line and not line.startswith("#"):
            yield number, line
