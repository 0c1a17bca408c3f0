"""Front matter: what stands above the text of a page, in YAML, TOML, JSON or lines of our own.

Between two ``---`` stand lines ``key: value``. They are read as YAML, and where that fails, line
by line: a claim such as ``claim: Prices: up 5 %`` is a plain value here and an error there. Between
two ``+++`` stands TOML, and a page may begin with an object of JSON: so write Hugo and Jekyll.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import time

import orjson
import yaml

_FENCE = "---"
_TOML_FENCE = "+++"
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


def read_front_matter(lines: Sequence[str]) -> tuple[dict[str, object], int]:
    """Return the values by lower-case key, and the number of lines of the block; ({}, 0) for none.

    Values are texts, numbers, true and false, days, lists and objects. Keys of an object within
    ``params``, ``extra`` or ``taxonomies`` stand beside the others.
    """
    start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    first = lines[start].strip() if start < len(lines) else ""
    if first == _TOML_FENCE:
        return _toml_block(lines, start)
    if first.startswith("{") and not first.startswith(("{{", "{%")):
        return _json_block(lines, start)
    values, end = split_front_matter(lines)
    if not end:
        return {}, 0
    block = [line for line in lines[start : end - 1] if line.strip() != _FENCE]
    try:
        found = yaml.load("\n".join(block), _Loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return dict(values), end
    if not isinstance(found, dict):
        return dict(values), end
    return _flattened({str(key): value for key, value in found.items()}, values), end


class _Loader(yaml.SafeLoader):
    """YAML without aliases, which can grow a page without end, and without sexagesimal numbers."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def _flattened(
    values: Mapping[str, object], written: Mapping[str, str] | None = None
) -> dict[str, object]:
    """Return values by plain key; numbers, true and false keep the form of ``written``.

    YAML reads a verdict ``False`` as a truth value, and 1:30 as ninety.
    """
    found: dict[str, object] = {}
    for key, value in values.items():
        plain = key.strip().lower().replace("-", "_").replace(" ", "_")
        if plain in _NESTED and isinstance(value, Mapping):
            for inner, item in _flattened({str(k): v for k, v in value.items()}).items():
                found.setdefault(inner, item)
        elif isinstance(value, int | float) and written:
            text = written.get(plain, "").partition(" #")[0].strip()
            found[plain] = text or str(value)
        elif isinstance(value, time):
            found[plain] = value.isoformat()
        else:
            found[plain] = value
    return found


_NESTED = ("params", "extra", "taxonomies")


def _toml_block(lines: Sequence[str], start: int) -> tuple[dict[str, object], int]:
    for i in range(start + 1, min(len(lines), start + _MAX_LINES)):
        if lines[i].strip() == _TOML_FENCE:
            try:
                found = tomllib.loads("\n".join(lines[start + 1 : i]))
            except (tomllib.TOMLDecodeError, RecursionError):
                return {}, i + 1
            return _flattened(found), i + 1
    return {}, 0


def _json_block(lines: Sequence[str], start: int) -> tuple[dict[str, object], int]:
    text = ""
    for i in range(start, min(len(lines), start + _MAX_LINES)):
        text += lines[i] + "\n"
        if lines[i].rstrip().endswith("}"):
            try:
                found = orjson.loads(text)
            except orjson.JSONDecodeError:
                continue
            return (_flattened(found), i + 1) if isinstance(found, dict) else ({}, 0)
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
