"""Sentence encoders: the interface of whatever turns texts into vectors of their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Kind = Literal["query", "passage"]
Matrix = NDArray[np.float32]


class Encoder(Protocol):
    """Makes vectors of texts, whose inner product says how similar they are.

    Safe for several threads.
    """

    @property
    def name(self) -> str:
        """Return a name of the vectors: another one where the same text gets another vector."""
        ...

    @property
    def dim(self) -> int:
        """Return the length of a vector."""
        ...

    def encode(self, texts: Sequence[str], *, kind: Kind = "passage") -> Matrix:
        """Return one row for each text, float32 [n, dim], of length 1; zeros for an empty text.

        ``query`` is what a person asks, ``passage`` what the archive holds.
        """
        ...

    def close(self) -> None:
        """Release the memory; an encoder that was closed raises RuntimeError."""
        ...
