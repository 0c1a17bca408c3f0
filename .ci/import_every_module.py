"""Import every module of the program, as an installation without any extra must be able to."""

from __future__ import annotations

import importlib
import pkgutil
import sys

LAYERS = ("corpus", "index", "recommender", "api")


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
            failures.append(f"{name}: {error}")
    print(f"{len(names) - len(failures)} of {len(names)} modules imported", *failures, sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
