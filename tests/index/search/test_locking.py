"""Who may write?"""

import threading
from pathlib import Path

import pytest

from index.search.locking import FileLock


def test_a_lock_that_cannot_be_tried_is_left_to_others(tmp_path: Path) -> None:
    """Once its folder can be made, any thread may take it."""
    (tmp_path / "index").write_text("in the way")
    lock = FileLock(tmp_path / "index" / "lock")
    with pytest.raises(OSError, match="exists"):
        lock.take(0)
    (tmp_path / "index").unlink()
    taken: list[bool] = []

    def take() -> None:
        taken.append(lock.take(0))
        lock.release()

    other = threading.Thread(target=take)
    other.start()
    other.join()
    assert taken == [True]
