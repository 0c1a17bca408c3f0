"""How are arrays and strings stored on disk and memory-mapped?"""

from index.storage.arrays import frozen_array, open_arrays, save_arrays
from index.storage.generation_format import (
    FORMAT,
    open_manifest,
    seal_generation,
    verify_generation,
)
from index.storage.packed_strings import PackedStrings

__all__ = [
    "FORMAT",
    "PackedStrings",
    "frozen_array",
    "open_arrays",
    "open_manifest",
    "save_arrays",
    "seal_generation",
    "verify_generation",
]
