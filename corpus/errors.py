"""Errors of the archive: one line for people that says what, where and how to mend it."""

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot be used as asked; the message says where and how to mend it."""


class StoreError(ArchiveError):
    """The store cannot be opened, read or written; the message says where and how to mend it."""


class BuildError(ArchiveError):
    """A generation cannot be built; the message says why. What was in use stays in use."""
