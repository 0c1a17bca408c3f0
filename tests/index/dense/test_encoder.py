"""Encoder: what has its attributes and methods is one, for the type checker and when it runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import numpy as np

from index.dense.encoder import Encoder, Kind, Matrix


class Ones:
    """The least that an encoder is."""

    name = "ones"
    dim = 3

    def encode(self, texts: Sequence[str], *, kind: Kind = "passage") -> Matrix:
        return np.full((len(texts), self.dim), 3**-0.5, np.float32)

    def close(self) -> None: ...


def test_a_class_with_these_members_is_an_encoder() -> None:
    encoder: Encoder = Ones()
    for kind in get_args(Kind):
        vectors = encoder.encode(["bats", "owls"], kind=kind)
        assert vectors.shape == (2, encoder.dim)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, rtol=1e-6)
