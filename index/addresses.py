"""Addresses: which article has a web address, in any of its forms, and which are of a site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.web_addresses import canonical_address
from index.storage.arrays import (
    array_path,
    check_array_ids,
    check_array_shape,
    open_arrays,
    save_arrays,
)

_NAME = "addresses"


@dataclass(frozen=True, eq=False, slots=True)
class AddressIndex:
    """Hash of an address or a host → rows: ``keys`` uint64 ascending, ``rows`` int64, both [n].

    64 bits of a hash: two addresses of a million share one by chance in one of 10^7 archives.
    """

    keys: NDArray[np.uint64]
    rows: NDArray[np.int64]

    @classmethod
    def build(cls, addresses: Sequence[str]) -> AddressIndex:
        """Return the index of the address of each row, "" for one without."""
        pairs = []
        for row, address in enumerate(addresses):
            if canonical := canonical_address(address):
                host = canonical.partition("/")[0]
                pairs += [(_address_key(key), row) for key in {canonical, host}]
        pairs.sort()
        keys = np.fromiter((key for key, _ in pairs), np.uint64, len(pairs))
        return cls(keys, np.fromiter((row for _, row in pairs), np.int64, len(pairs)))

    def find(self, address: str) -> NDArray[np.int64]:
        """Return the rows of the articles with an address, or of a site by its host, ascending."""
        canonical = canonical_address(address)
        if not canonical:
            return np.zeros(0, np.int64)
        key = np.uint64(_address_key(canonical))
        first, last = (int(np.searchsorted(self.keys, key, side)) for side in ("left", "right"))
        return self.rows[first:last]

    def followed_by(self, other: AddressIndex, first: int) -> AddressIndex:
        """Return this index and ``other``, whose rows begin at ``first``."""
        at = np.searchsorted(self.keys, other.keys, side="right")
        return AddressIndex(
            np.insert(self.keys, at, other.keys), np.insert(self.rows, at, other.rows + first)
        )

    def save(self, folder: Path) -> None:
        """Write the arrays into ``folder``, which exists."""
        save_arrays(folder, _NAME, keys=self.keys, rows=self.rows)

    @classmethod
    def open(cls, folder: Path, n_articles: int) -> AddressIndex:
        """Return what ``save`` wrote for ``n_articles`` articles, memory-mapped.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        found = open_arrays(folder, _NAME, keys=(np.uint64, 1), rows=(np.int64, 1))
        path = array_path(folder, _NAME, "rows")
        check_array_shape(path, found["rows"], len(found["keys"]))
        check_array_ids(path, found["rows"], n_articles)
        return cls(**found)


def _address_key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())
