"""Keys of the API: what each allows, kept as hashes in one file of the archive.

A key is 32 random bytes, so that a plain hash keeps it as safe as a slow one would.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

import orjson

from api.security.scopes import SCOPES, Scope
from corpus.errors import ArchiveError
from corpus.storage.atomic import atomic_writer

NAME = "keys.json"
PREFIX = "dd_"  # so that a key is known for one wherever it turns up
KEY_BYTES = 32
MAX_NAME_CHARACTERS = 60
_FORMAT = 1
_KEY_NAME = re.compile(rf"[\w.@-][\w .@-]{{0,{MAX_NAME_CHARACTERS - 1}}}")


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name, the SHA-256 of its secret, what it allows, when it was made."""

    name: str
    hash: str
    scopes: frozenset[Scope]
    created: str


def new_key(name: str, scopes: Iterable[str]) -> tuple[str, Key]:
    """Return a new secret, which is shown once, and the key that is kept of it.

    Raises
    ------
    ValueError
        The name cannot be used, or there is no such scope.
    """
    wanted = frozenset(scopes)
    if unknown := sorted(wanted - set(SCOPES)):
        raise ValueError(f"there is no scope {unknown[0]!r}; scopes are {', '.join(SCOPES)}")
    if not wanted:
        raise ValueError(f"a key allows something; scopes are {', '.join(SCOPES)}")
    if not _KEY_NAME.fullmatch(name):
        raise ValueError(
            f"the name {name!r} has other signs than letters, digits, . @ _ - and spaces"
        )
    secret = PREFIX + secrets.token_urlsafe(KEY_BYTES)
    created = datetime.now(UTC).isoformat(timespec="seconds")
    return secret, Key(name, _key_hash(secret), wanted, created)  # type: ignore[arg-type]


class KeyRing:
    """The keys of an archive; a change of the file is seen with the next request."""

    def __init__(self, folder: Path) -> None:
        """Read the file in ``folder``, which may be missing."""
        self._path = folder / NAME
        self._state: tuple[int, int] | None = None
        self._keys: tuple[Key, ...] = ()

    def keys(self) -> tuple[Key, ...]:
        """Return the keys in the order in which they were made.

        Raises
        ------
        ArchiveError
            The file is damaged: then nobody is let in.
        """
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            self._state, self._keys = None, ()
            return ()
        state = (stat.st_mtime_ns, stat.st_size)
        if state != self._state:
            self._keys = self._read()
            self._state = state
        return self._keys

    def scopes_of(self, secret: str) -> frozenset[Scope]:
        """Return what a secret allows, nothing for an unknown one; takes the same time for all."""
        digest, allowed = _key_hash(secret), frozenset[Scope]()
        for key in self.keys():
            if compare_digest(key.hash, digest):
                allowed = key.scopes
        return allowed

    def add(self, key: Key) -> None:
        """Keep a key; ValueError where its name is taken."""
        keys = self.keys()
        if any(other.name == key.name for other in keys):
            raise ValueError(f"there is a key {key.name!r} already; remove it, or choose a name")
        self._write((*keys, key))

    def remove(self, name: str) -> bool:
        """Remove a key by its name; return whether there was one."""
        keys = self.keys()
        kept = tuple(key for key in keys if key.name != name)
        if len(kept) != len(keys):
            self._write(kept)
        return len(kept) != len(keys)

    def _read(self) -> tuple[Key, ...]:
        try:
            values = orjson.loads(self._path.read_bytes())
            if values["format"] != _FORMAT:
                raise ValueError(f"format {values['format']}")
            return tuple(
                Key(
                    str(one["name"]),
                    str(one["hash"]),
                    frozenset(s for s in SCOPES if s in one["scopes"]),
                    str(one["created"]),
                )
                for one in values["keys"]
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ArchiveError(
                f"{self._path}: the keys cannot be read ({error}). Restore the file, or delete it "
                "and make new keys"
            ) from error

    def _write(self, keys: tuple[Key, ...]) -> None:
        values = {
            "format": _FORMAT,
            "keys": [
                {"name": k.name, "hash": k.hash, "scopes": sorted(k.scopes), "created": k.created}
                for k in keys
            ],
        }
        with atomic_writer(self._path) as file:
            file.write(orjson.dumps(values, option=orjson.OPT_INDENT_2))
        self._path.chmod(0o600)


def _key_hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
