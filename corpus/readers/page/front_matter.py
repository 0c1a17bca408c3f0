"""Front matter: the block of ``key: value`` lines between two ``---`` at the top of a page.

Not YAML: a claim such as ``claim: Prices: up 5 %`` is a plain value here and an error there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_FENCE = "---"
_MAX_LINES = 100  # a longer block is text between two rules
_PAIR = re.compile(r"([A-Za-z][\w -]{0,40}?)\s*:(?:\s+(.*))?")
_YES = frozenset({"true", "yes", "1"})
_NO = frozenset({"false", "no", "0"})


def split_front_matter(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """Return the values by lower-case key, and the number of lines of the block; ({}, 0) for none.

    A line that is indented or begins with ``- `` continues the value before it, list items
    separated by commas. Of two equal keys the first counts. Other lines are ignored.
    """
    start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines) or lines[start].strip() != _FENCE:
        return {}, 0
    values: dict[str, str] = {}
    key = ""
    for i in range(start + 1, min(len(lines), start + _MAX_LINES)):
        line = lines[i]
        if line.strip() == _FENCE:
            return {k: _unquote_front_matter(v) for k, v in values.items()}, i + 1
        item = line.strip().removeprefix("- ")
        if line[:1].isspace() or line.startswith("- "):
            if key and item:
                separator = ", " if item != line.strip() else " "
                values[key] += (separator if values[key] else "") + item
        elif found := _PAIR.fullmatch(line.rstrip()):
            key = found[1].lower().replace("-", "_").replace(" ", "_")
            if key in values:
                key = ""
            else:
                values[key] = (found[2] or "").strip()
    return {}, 0


def split_front_matter_list(value: str) -> tuple[str, ...]:
    """Return the parts of a comma-separated list, ``[a, b]`` too, without repeats."""
    parts = (_unquote_front_matter(part.strip()) for part in value.strip("[] ").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def front_matter_flag(values: Mapping[str, str], key: str, default: bool) -> bool:
    """Return the Boolean value of a key, ``default`` where it is missing or empty.

    Parameters
    ----------
    values
        Front matter by key.
    key
        The key; "true", "yes", "1" and "false", "no", "0" are its values, in any case.
    default
        The value of a missing key.

    Raises
    ------
    ValueError
        The value is neither: an article must not be published by a typing error.
    """
    value = values.get(key, "").casefold()
    if not value:
        return default
    if value in _YES | _NO:
        return value in _YES
    raise ValueError(f"{key} is {value[:40]!r}, neither true nor false")


def _unquote_front_matter(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value
