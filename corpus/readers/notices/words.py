"""Words of notices in every language, as parts of patterns; the table is ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("words.toml")

_ANY_APOSTROPHE = "['’\u02bc]"


@cache
def notice_words() -> dict[str, dict[str, list[str]]]:
    """Return the words by language and kind, as they stand in the table."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def words_pattern(*kinds: str) -> str:
    """Return a regular expression, without groups that count, for the words of some kinds.

    Longer ones come first, so that a label is not taken for another that begins it. Blanks of the
    text must be single.
    """
    words = {word for kind in kinds for one in notice_words().values() for word in one[kind]}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(_spelt, ordered))})"


@cache
def words_of(kind: str) -> re.Pattern[str]:
    """Return the pattern of the words of one kind, whatever their case."""
    return re.compile(words_pattern(kind), re.IGNORECASE)


def _spelt(word: str) -> str:
    return re.escape(word).replace(r"\ ", "[ -]").replace("'", _ANY_APOSTROPHE)
