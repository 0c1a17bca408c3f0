"""JSON files of a generation: word lists, ids and settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from index.storage.generation_format import damaged_file


def save_json(folder: Path, name: str, value: object) -> None:
    """Write ``<name>.json`` into ``folder``, which exists.

    Parameters
    ----------
    folder
        A generation under construction.
    name
        Name of the file, without its ending.
    value
        What is written.
    """
    (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")


def open_json_object(folder: Path, name: str) -> dict[str, Any]:
    """Return a dictionary that ``save_json`` wrote, whatever its keys.

    Raises
    ------
    ArchiveError
        The file is missing or damaged.
    """
    return dict(_open_json(folder, name, dict))


def open_json(folder: Path, name: str, *keys: str) -> Any:
    """Return what ``save_json`` wrote: a dictionary with all of ``keys``, a list without any.

    Raises
    ------
    ArchiveError
        The file is missing or damaged, or a key is missing.
    """
    path = folder / f"{name}.json"
    value = _open_json(folder, name, dict if keys else list)
    if missing := [key for key in keys if key not in value]:
        raise damaged_file(path, f"is damaged (no {missing[0]!r})")
    return value


def _open_json(folder: Path, name: str, kind: type) -> Any:
    path = folder / f"{name}.json"
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise damaged_file(path, "is missing") from None
    except (OSError, ValueError) as error:
        raise damaged_file(path, f"is damaged ({error})") from error
    if not isinstance(value, kind):
        raise damaged_file(path, "is damaged (another kind of JSON value)")
    return value
