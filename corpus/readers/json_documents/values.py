"""Values of JSON that should be objects: lists of them, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def mapping_or_empty(value: object) -> Mapping[str, object]:
    """Return an object as it is, an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def objects_in(value: object) -> Iterator[Mapping[str, object]]:
    """Yield the objects of a list; nothing for anything else."""
    for item in value if isinstance(value, list) else []:
        if isinstance(item, Mapping):
            yield item
