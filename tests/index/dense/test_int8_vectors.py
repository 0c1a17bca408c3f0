"""Law: products of chosen rows are those of plain NumPy, up to the rounding to one byte."""

from __future__ import annotations

import numpy as np
import pytest

from index.dense.int8_vectors import PREFETCH_DISTANCE, QUERY_STEPS, Int8Vectors, int8_products

RNG = np.random.default_rng(5)
MATRIX = RNG.normal(size=(40, 70)).astype(np.float32)  # rows are longer than one cache line
MATRIX /= np.linalg.norm(MATRIX, axis=1, keepdims=True)
MATRIX[3] = 0.0


@pytest.mark.parametrize("n", [0, 1, PREFETCH_DISTANCE, 2 * PREFETCH_DISTANCE + 3])
def test_products_of_some_rows_are_put_at_their_places(n: int) -> None:
    vectors, rows = Int8Vectors.of(MATRIX), RNG.permutation(40)[:n].astype(np.uint32)
    found = np.full(40, 9.0, np.float32)
    query = np.rint(MATRIX[7] * QUERY_STEPS).astype(np.int16)
    int8_products(vectors.codes, vectors.scales, rows, query, found)
    expected = np.full(40, 9.0, np.float32)
    expected[rows] = (MATRIX @ MATRIX[7])[rows]
    np.testing.assert_allclose(found, expected, atol=0.01)


def test_cosines_are_those_of_all_rows_and_0_for_an_empty_text() -> None:
    cosines = Int8Vectors.of(MATRIX).cosines(MATRIX[7])
    np.testing.assert_allclose(cosines, MATRIX @ MATRIX[7], atol=0.01)
    assert cosines[3] == 0.0
    assert cosines.argmax() == 7
