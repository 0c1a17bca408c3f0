"""Exceptions of the archive; each message is one line: what failed, where, and the remedy."""

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot be used as requested; the message says where, and what to do."""


class StoreError(ArchiveError):
    """The store cannot be opened, read or written; the message says where, and what to do."""


class BuildError(ArchiveError):
    """A generation cannot be built; the message says why. The one in use stays in use."""
