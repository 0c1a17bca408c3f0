"""Import every module of the program, as an installation without any extra must be able to.

A room that is there for one extra may ask for its package, and for nothing else.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

LAYERS = ("corpus", "index", "recommender", "api")
ROOMS_OF_EXTRAS = {"api.mcp": "mcp"}


def main() -> int:
    """Import all modules; print how many there are, and each one that fails."""
    names = [
        name
        for layer in LAYERS
        for name in (
            layer,
            *(
                found.name
                for found in pkgutil.walk_packages(
                    importlib.import_module(layer).__path__, f"{layer}."
                )
            ),
        )
    ]
    failures: list[str] = []
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError as error:
            room = ".".join(name.split(".")[:2])
            if (error.name or "").partition(".")[0] != ROOMS_OF_EXTRAS.get(room):
                failures.append(f"{name}: {error}")
    print(f"{len(names) - len(failures)} of {len(names)} modules imported", *failures, sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
