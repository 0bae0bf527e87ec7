"""What has been read from the store and still holds?"""

from index.recent import Recent


class Shelf:
    """Something that is read and written, and counts the reads."""

    def __init__(self) -> None:
        self.values = {"a": 1, "b": 2}
        self.writes = 0
        self.reads: list[list[str]] = []

    def write(self, **values: int) -> None:
        """Change values."""
        self.values.update(values)
        self.writes += 1

    def read(self, keys: list[str]) -> dict[str, int]:
        """The values of these keys."""
        self.reads.append(keys)
        return {key: self.values[key] for key in keys if key in self.values}


def test_values_are_read_once_until_somebody_writes() -> None:
    """In the order asked; what was not there is asked for again."""
    shelf = Shelf()
    recent = Recent()
    assert list(recent.some(shelf.writes, "n", ["b", "a", "z"], shelf.read).items()) == [("b", 2), ("a", 1)]
    assert list(recent.some(shelf.writes, "n", ["a", "b"], shelf.read).items()) == [("a", 1), ("b", 2)]
    assert recent.some(shelf.writes, "n", ["z", "a"], shelf.read) == {"a": 1}
    assert recent.some(shelf.writes, "m", ["a"], shelf.read) == {"a": 1}
    assert shelf.reads == [["b", "a", "z"], ["z"], ["a"]]
    shelf.write(a=7)
    assert recent.some(shelf.writes, "n", ["a"], shelf.read) == {"a": 7}


def test_what_was_read_before_a_write_is_not_kept() -> None:
    """Also where another request has seen the write meanwhile."""
    shelf = Shelf()
    recent = Recent()

    def slowly(keys: list[str]) -> dict[str, int]:
        read = shelf.read(keys)
        shelf.write(a=9)
        assert recent.some(shelf.writes, "n", ["b"], shelf.read) == {"b": 2}
        return read

    assert recent.some(shelf.writes, "n", ["a"], slowly) == {"a": 1}
    assert recent.some(shelf.writes, "n", ["a"], shelf.read) == {"a": 9}


def test_all_are_let_go_where_there_are_too_many() -> None:
    """So what is kept is bounded."""
    shelf = Shelf()
    recent = Recent(most=5)
    recent.some(0, "n", [str(number) for number in range(6)], lambda keys: dict.fromkeys(keys, 1))
    recent.some(0, "n", ["a"], shelf.read)
    recent.some(0, "n", ["a", "b"], shelf.read)
    assert shelf.reads == [["a"], ["b"]]
