"""Data files that installed packages carry: found by the packages' own records, never imported."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from pathlib import Path


class NotPackaged(Exception):
    """The package or the file in it is missing; one line that says which."""


@dataclass(frozen=True, slots=True)
class Packaged:
    """One file that a package carries, and the SHA-256 sum that its content must have."""

    package: str
    version: str
    path: str
    sha256: str

    def locate(self) -> Path:
        """Return where the file is; NotPackaged where the package or the file is missing."""
        try:
            files = importlib.metadata.files(self.package) or ()
        except importlib.metadata.PackageNotFoundError:
            raise NotPackaged(f"the package {self.package} is not installed") from None
        for file in files:
            if file.as_posix() == self.path:
                return Path(str(file.locate()))
        raise NotPackaged(f"the package {self.package} has no file {self.path}")
