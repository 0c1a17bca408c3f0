"""Synonyms and stop words that operators edit as plain text, in force without a rebuild."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import tokenize, words
from corpus.models import BadRecord

SYNONYMS_FILE = "synonyms.txt"
STOPWORDS_FILE = "stopwords.txt"

SYNONYM_WEIGHT = 0.5  # a word that the person did not type counts half
MAX_ADDED_TERMS = 24  # terms added to one query; its cost must not grow with the operators' list
_MAX_NAMES = 16  # names on one line
_MAX_NAME_WORDS = 8  # words of one name
_MAX_FILE_BYTES = 1 << 20  # far above any list written by hand

Name = tuple[str, ...]  # the terms of one name


@dataclass(frozen=True, slots=True)
class SynonymTable:
    """Contents of the files: by name its other names, and the stop words of queries."""

    others: dict[Name, tuple[Name, ...]] = field(default_factory=dict)
    stopwords: frozenset[str] = STOPWORDS
    problems: tuple[BadRecord, ...] = ()

    def expand(self, terms: Sequence[str]) -> list[tuple[str, float]]:
        """Return each distinct term once, as it comes, with 1.0, then the synonyms' terms.

        The terms of a synonym share ``SYNONYM_WEIGHT``, so that a long name does not outweigh a
        short one; stop words in it are left out. A longer name wins over one inside it. At most
        ``MAX_ADDED_TERMS`` terms are added, those of earlier words first; each once, with the
        highest weight that it has.
        """
        typed = dict.fromkeys(terms, 1.0)
        added: dict[str, float] = {}
        for name in self._synonyms_in(terms):
            for other in self.others[name]:
                informative = [t for t in other if t not in self.stopwords] or list(other)
                for term in informative:
                    if term not in typed and (term in added or len(added) < MAX_ADDED_TERMS):
                        share = SYNONYM_WEIGHT / len(informative)
                        added[term] = max(share, added.get(term, 0.0))
        return [*typed.items(), *added.items()]

    def _synonyms_in(self, terms: Sequence[str]) -> Iterator[Name]:
        if not self.others:
            return
        position = 0
        while position < len(terms):
            for length in range(min(_MAX_NAME_WORDS, len(terms) - position), 0, -1):
                name = tuple(terms[position : position + length])
                if name in self.others:
                    yield name
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

    def expand(self, terms: Sequence[str]) -> list[tuple[str, float]]:
        """Return ``SynonymTable.expand`` of the files as they are now."""
        return self.table.expand(terms)


def _synonym_file_stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _read_synonym_table(synonyms: Path, stopwords: Path) -> SynonymTable:
    problems: list[BadRecord] = []
    others: dict[Name, dict[Name, None]] = {}  # a dict keeps the order of the file
    for number, line in _synonym_lines(synonyms, problems):
        try:
            for left, right in _synonym_pairs(line):
                others.setdefault(left, {})[right] = None
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


def _synonym_pairs(line: str) -> Iterable[tuple[Name, Name]]:
    """Return the (name, other name) pairs of one line.

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
    pairs = [(a, b) for a in sources for b in targets if a != b]
    if not pairs:
        raise ValueError("a line needs two different names")
    return pairs


def _synonym_names(side: str) -> list[Name]:
    parts = side.split(",")
    if len(parts) > _MAX_NAMES:
        raise ValueError(f"more than {_MAX_NAMES} names")
    names = list(dict.fromkeys(tuple(tokenize(part)) for part in parts))
    if () in names:
        raise ValueError("a name without a word")
    if any(len(name) > _MAX_NAME_WORDS for name in names):
        raise ValueError(f"a name of more than {_MAX_NAME_WORDS} words")
    return names


def _synonym_problem(path: Path, line: int, reason: str) -> BadRecord:
    remedy = (
        "Write one word a line"
        if path.name == STOPWORDS_FILE
        else 'Write "name, other name" or "name => other name"; commas part names'
    )
    return BadRecord(path.name, line, reason, remedy)
