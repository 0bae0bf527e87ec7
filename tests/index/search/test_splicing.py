"""Is what is cut out of an array, or put into one, as numpy has it?"""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.search.splicing import FEW, inserted, without


@given(st.integers(0, 200), st.integers(0, 2 * FEW))
def test_few_places_are_as_many(size: int, number: int) -> None:
    """However many there are, at the ends and side by side."""
    values = np.arange(size, dtype=np.int32)
    random = np.random.default_rng(number)
    cut = np.sort(random.permutation(size)[:number])
    assert without(values, cut).tolist() == np.delete(values, cut).tolist()
    put = np.sort(random.integers(0, size + 1, number))
    assert inserted(values, put, put + 1000).tolist() == np.insert(values, put, put + 1000).tolist()
    assert inserted(values, put, put + 1000).dtype == values.dtype
