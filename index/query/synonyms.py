"""Synonyms and stop words that operators edit as plain text, in force without a rebuild."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import stem, tokenize, words
from corpus.models import BadRecord
from index.query.joined_spellings import spelt_words

SYNONYMS_FILE = "synonyms.txt"
STOPWORDS_FILE = "stopwords.txt"

MAX_VARIANTS = 4  # of one query; its cost must not grow with the operators' list
_MAX_NAMES = 16  # names on one line
_MAX_NAME_WORDS = 8  # words of one name
_MAX_FILE_BYTES = 1 << 20  # far above any list written by hand

Name = tuple[str, ...]  # the terms of one name
SpeltName = tuple[Name, str]  # and how it is written


@dataclass(frozen=True, slots=True)
class SynonymTable:
    """Contents of the files: by name its other names and its spelling; stop words of queries."""

    others: dict[Name, tuple[Name, ...]] = field(default_factory=dict)
    spelt: dict[Name, str] = field(default_factory=dict)
    stopwords: frozenset[str] = STOPWORDS
    problems: tuple[BadRecord, ...] = ()

    def variants(self, text: str) -> tuple[str, ...]:
        """Return ``text`` with synonyms in the place of its names, at most ``MAX_VARIANTS``.

        One name is replaced at a time, those of earlier words first; where there are several, the
        last variant has the first synonym of each. A longer name wins over one inside it.
        """
        if not self.others:
            return ()
        found = list(self._synonyms_in(text))
        single = [
            f"{text[:start]}{self.spelt[other]}{text[end:]}"
            for start, end, name in found
            for other in self.others[name]
        ]
        if len(found) < 2:
            return tuple(dict.fromkeys(single[:MAX_VARIANTS]))
        every = text
        for start, end, name in reversed(found):
            every = f"{every[:start]}{self.spelt[self.others[name][0]]}{every[end:]}"
        return tuple(dict.fromkeys([*single[: MAX_VARIANTS - 1], every]))

    def _synonyms_in(self, text: str) -> Iterator[tuple[int, int, Name]]:
        """Yield (start, end, name) of the names in ``text`` that have synonyms."""
        spelt = spelt_words(text)
        terms = [stem(one.word) for one in spelt]
        position = 0
        while position < len(terms):
            for length in range(min(_MAX_NAME_WORDS, len(terms) - position), 0, -1):
                name = tuple(terms[position : position + length])
                if name in self.others:
                    last = spelt[position + length - 1]
                    yield spelt[position].start, last.end, name
                    position += length
                    break
            else:
                position += 1


class Synonyms:
    """The synonyms and stop words of one folder, read again when a file there has changed.

    ``synonyms.txt`` has a line per group: ``covid, coronavirus, sars-cov-2`` may stand for each
    other, ``fema => federal emergency management agency`` adds the right for the left, not back.
    ``stopwords.txt`` has a word a line and replaces the built-in list. ``#`` begins a comment. A
    missing file is an empty one; a missing ``stopwords.txt`` leaves the built-in list.

    One object serves all threads: the table is replaced as a whole.
    """

    def __init__(self, folder: Path) -> None:
        self._files = (folder / SYNONYMS_FILE, folder / STOPWORDS_FILE)
        self._read: tuple[object, SynonymTable] = (None, SynonymTable())

    @property
    def table(self) -> SynonymTable:
        """Return what the files say now; ``problems`` names the lines that were skipped."""
        stamp = tuple(_synonym_file_stamp(path) for path in self._files)
        if self._read[0] != stamp:
            self._read = (stamp, _read_synonym_table(*self._files))
        return self._read[1]


def _synonym_file_stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _read_synonym_table(synonyms: Path, stopwords: Path) -> SynonymTable:
    problems: list[BadRecord] = []
    others: dict[Name, dict[Name, None]] = {}  # a dict keeps the order of the file
    spelt: dict[Name, str] = {}
    for number, line in _synonym_lines(synonyms, problems):
        try:
            for left, right in _synonym_pairs(line):
                others.setdefault(left[0], {})[right[0]] = None
                spelt.setdefault(*right)
        except ValueError as error:
            problems.append(_synonym_problem(synonyms, number, str(error)))
    stopping: set[str] = set()
    for number, line in _synonym_lines(stopwords, problems):
        found = words(line)
        if len(found) == 1:
            stopping.add(found[0])
            continue
        problems.append(_synonym_problem(stopwords, number, f"{line[:60]!r} is not one word"))
    return SynonymTable(
        {name: tuple(more) for name, more in others.items()},
        spelt,
        frozenset(stopping) if _synonym_file_stamp(stopwords) else STOPWORDS,
        tuple(problems),
    )


def _synonym_lines(path: Path, problems: list[BadRecord]) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each line that says something."""
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(_synonym_problem(path, 0, f"the file cannot be read ({error.strerror})"))
        return
    if len(content) > _MAX_FILE_BYTES:
        problems.append(
            _synonym_problem(path, 0, f"only the first {_MAX_FILE_BYTES} bytes were read")
        )
        content = content[:_MAX_FILE_BYTES]
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        try:
            line = raw.decode("utf-8").partition("#")[0].strip()
        except UnicodeDecodeError:
            problems.append(_synonym_problem(path, number, "the line is not UTF-8"))
            continue
        if line:
            yield number, line


def _synonym_pairs(line: str) -> Iterable[tuple[SpeltName, SpeltName]]:
    """Return the (name, other name) pairs of one line, each with its spelling.

    Raises
    ------
    ValueError
        The line says nothing that can be used, or too much.
    """
    left, arrow, right = line.partition("=>")
    if "=>" in right:
        raise ValueError("more than one =>")
    sources = _synonym_names(left)
    targets = _synonym_names(right) if arrow else sources
    pairs = [(a, b) for a in sources for b in targets if a[0] != b[0]]
    if not pairs:
        raise ValueError("a line needs two different names")
    return pairs


def _synonym_names(side: str) -> list[SpeltName]:
    parts = side.split(",")
    if len(parts) > _MAX_NAMES:
        raise ValueError(f"more than {_MAX_NAMES} names")
    names = {tuple(tokenize(part)): part.strip() for part in reversed(parts)}
    if () in names:
        raise ValueError("a name without a word")
    if any(len(name) > _MAX_NAME_WORDS for name in names):
        raise ValueError(f"a name of more than {_MAX_NAME_WORDS} words")
    return list(reversed(names.items()))


def _synonym_problem(path: Path, line: int, reason: str) -> BadRecord:
    remedy = (
        "Write one word a line"
        if path.name == STOPWORDS_FILE
        else 'Write "name, other name" or "name => other name"; commas part names'
    )
    return BadRecord(path.name, line, reason, remedy)
