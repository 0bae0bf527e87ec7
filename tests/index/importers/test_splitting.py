"""How JSON files are taken apart."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.importers import splitting
from index.importers.material import Unreadable
from index.importers.splitting import TOO_LONG, Record, records

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(['"', "\\", "}{", "],[", "\n"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
objects = st.lists(st.dictionaries(st.text(max_size=4), values, min_size=1, max_size=3), min_size=1, max_size=5)


def split(content: str | bytes) -> list[Record]:
    """The records of a file."""
    return list(records(io.BytesIO(content.encode() if isinstance(content, str) else content)))


def test_each_line_is_a_record_with_its_number() -> None:
    """Blank lines count, but are none; line breaks of any system will do."""
    assert split('{"a": 1}\n\n{"b": 2}\r\nbroken\n') == [Record(b'{"a": 1}', 1), Record(b'{"b": 2}', 3), Record(b"broken", 4)]


def test_commas_and_separators_around_a_line_are_none_of_it() -> None:
    """Hand-made files and RFC 7464 have them."""
    assert [record.content for record in split('\ufeff\x1e{"a": 1},\n\x1e{"b": 2},\n')] == [b'{"a": 1}', b'{"b": 2}']


def test_each_element_of_an_array_is_a_record() -> None:
    """On whatever lines it stands."""
    assert split('[{"a": "]"},\n  {"b": [1,\n {"c": 2}]}\n, 5, "x,y"]') == [
        Record(b'{"a": "]"}', 1),
        Record(b'{"b": [1,\n {"c": 2}]}', 2),
        Record(b"5", 4),
        Record(b'"x,y"', 4),
    ]


def test_one_object_over_several_lines_is_one_record() -> None:
    """Though some of its lines look like records."""
    content = '{\n "items": [\n  {"a": 1},\n  {"b": 2}\n ]\n}\n'
    assert split(content) == [Record(content.strip().encode(), 1)]


def test_objects_over_several_lines_may_follow_one_another() -> None:
    """As programs print them."""
    assert split('{\n "a": 1\n}\n{\n "b": 2\n}') == [Record(b'{\n "a": 1\n}', 1), Record(b'{\n "b": 2\n}', 4)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_become_utf_8(encoding: str) -> None:
    """A file of lines as well as an array."""
    assert split('{"a": "ü"}\n{"b": 1}'.encode(encoding)) == [Record('{"a": "ü"}'.encode(), 1), Record(b'{"b": 1}', 2)]


def test_a_large_file_in_another_encoding_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would have to be held as a whole."""
    monkeypatch.setattr(splitting, "LONGEST_WHOLE", 10)
    with pytest.raises(Unreadable, match="not in UTF-8"):
        split('{"a": 1}'.encode("utf-16"))


def test_an_empty_array_has_no_records() -> None:
    """Nor has one with nothing between its commas."""
    assert split("[]") == split("[ , ,\n]") == []


def test_an_array_that_ends_early_keeps_what_was_complete() -> None:
    """The rest is a record too, for its fault to be said."""
    assert split('[{"a": 1}, {"b": "') == [Record(b'{"a": 1}', 1), Record(b'{"b": "', 1)]


def test_brackets_too_many_do_no_harm() -> None:
    """What follows an array is read as well."""
    assert [record.content for record in split('[{"a": 1}]]]\n[{"b": 2}]')] == [b'{"a": 1}', b'{"b": 2}']


def test_a_line_that_is_too_long_is_refused_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without being held as a whole."""
    monkeypatch.setattr(splitting, "LONGEST_RECORD", 20)
    monkeypatch.setattr(splitting, "CHUNK", 8)
    long = '{"a": "' + "x" * 50 + '"}'
    assert split(f'{{"a":1}}\n{long}\n{{"b":2}}') == [Record(b'{"a":1}', 1), Record(b"", 2, TOO_LONG), Record(b'{"b":2}', 3)]


def test_an_element_that_is_too_long_ends_an_array(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows cannot be found without reading it."""
    monkeypatch.setattr(splitting, "LONGEST_RECORD", 20)
    monkeypatch.setattr(splitting, "CHUNK", 8)
    first, fault = split('[{"a":1}, {"b": "' + "x" * 50 + '"}, {"c":2}]')
    assert first == Record(b'{"a":1}', 1)
    assert fault.fault.startswith(TOO_LONG)


@given(objects, st.booleans(), st.sampled_from([1, 2, 3, 7, 64]))
def test_lines_come_out_as_they_went_in(written: list[object], ascii: bool, chunk: int) -> None:
    """Whatever is in them."""
    content = "".join(json.dumps(value, ensure_ascii=ascii) + "\n" for value in written)
    assert [json.loads(record.content) for record in split(content)] == written


@given(objects, st.booleans(), st.sampled_from([None, 0, 2]), st.sampled_from([1, 2, 3, 7, 64]))
def test_arrays_come_out_as_they_went_in(written: list[object], ascii: bool, indent: int | None, chunk: int) -> None:
    """However they are broken into lines, and wherever the pieces end in which they are read; lines are right."""
    content = json.dumps(written, ensure_ascii=ascii, indent=indent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splitting, "CHUNK", chunk)
        found = split(content)
    assert [json.loads(record.content) for record in found] == written
    lines = content.split("\n")
    assert all(lines[record.line - 1].lstrip(" [,").startswith("{") for record in found)
