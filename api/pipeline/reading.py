"""Choices of how the files of an archive are read, kept beside its store."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import orjson

from corpus.analysis.dates import DayOrder
from corpus.errors import ArchiveError
from corpus.readers.mapping import parse_mapping
from corpus.storage.atomic import atomic_writer

NAME = "reading.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class ReadingChoices:
    """Field → column, kinds of entries that are articles, order of day and month or None."""

    mapping: dict[str, str] = field(default_factory=dict)
    types: tuple[str, ...] = ()
    day_order: DayOrder | None = None

    def changed(
        self, mapping: str | None, types: str | None, day_order: str | None
    ) -> ReadingChoices:
        """Return these choices with what an operator wrote in place of them.

        Parameters
        ----------
        mapping
            As ``parse_mapping`` reads it; "" takes the mapping back.
        types
            Names separated by commas; "" takes them back.
        day_order
            "day" or "month".

        Raises
        ------
        ValueError
            The mapping cannot be read.
        """
        found = self
        if mapping is not None:
            found = replace(found, mapping=parse_mapping(mapping) if mapping.strip() else {})
        if types is not None:
            found = replace(found, types=tuple(t.strip() for t in types.split(",") if t.strip()))
        if day_order is not None:
            order: Literal["day first", "month first"] = (
                "day first" if day_order == "day" else "month first"
            )
            found = replace(found, day_order=order)
        return found


def read_choices(folder: Path) -> ReadingChoices:
    """Return the choices that are kept in the folder of an archive, none where there are none.

    Raises
    ------
    ArchiveError
        The file is damaged.
    """
    path = folder / NAME
    try:
        values = orjson.loads(path.read_bytes())
        return ReadingChoices(
            mapping={str(key): str(name) for key, name in values["mapping"].items()},
            types=tuple(map(str, values["types"])),
            day_order=values["day_order"],
        )
    except FileNotFoundError:
        return ReadingChoices()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArchiveError(
            f"{path}: cannot be read ({error}). Delete it, and give --map or --types again"
        ) from error


def write_choices(folder: Path, choices: ReadingChoices) -> None:
    """Keep the choices for what is read into this archive from now on."""
    values = {
        "format": _FORMAT,
        "mapping": choices.mapping,
        "types": list(choices.types),
        "day_order": choices.day_order,
    }
    with atomic_writer(folder / NAME) as file:
        file.write(orjson.dumps(values, option=orjson.OPT_INDENT_2))
