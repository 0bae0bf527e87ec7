"""How are many arrays kept in one file?"""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.arrays import Damaged, read, string, strings, write
from index.search.segments import gather


def test_arrays_read_back_as_they_were_written(tmp_path: Path) -> None:
    """Type, shape and values, empty ones too."""
    arrays = {"a": np.arange(5, dtype=np.int32), "b": np.zeros((2, 3), np.float32), "c": np.zeros(0, np.int64), "d": np.array([True])}
    write(tmp_path / "x", arrays)
    found = read(tmp_path / "x")
    assert list(found) == list(arrays)
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array)


def test_every_flipped_byte_is_noticed(tmp_path: Path) -> None:
    """And so is a file that is cut, empty or not there."""
    path = tmp_path / "x"
    write(path, {"a": np.arange(40)})
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Damaged):
            read(path)
    for cut in (0, 10, len(whole) - 1):
        path.write_bytes(whole[:cut])
        with pytest.raises(Damaged):
            read(path)
    with pytest.raises(Damaged, match="cannot be read"):
        read(tmp_path / "nothing")


@given(st.lists(st.binary(max_size=9), max_size=9))
def test_texts_are_kept_as_one_array(texts: list[bytes]) -> None:
    """Each is found by its place."""
    data, at = strings(texts)
    assert [string(data, at, index) for index in range(len(texts))] == texts


@given(st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=8), st.randoms(use_true_random=False))
def test_runs_are_put_in_another_order(runs: list[list[int]], random: object) -> None:
    """Each run stays whole."""
    order = list(range(len(runs)))
    random.shuffle(order)  # type: ignore[attr-defined]
    values = np.array([value for run in runs for value in run], np.int64)
    moved = gather(values, np.array([len(run) for run in runs], np.int64), np.array(order, np.int64))
    assert moved.tolist() == [value for place in order for value in runs[place]]
