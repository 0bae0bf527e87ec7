"""How bytes become characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.importers.charset import codec_of, decode


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_marks_and_zeros_name_the_encoding(codec: str) -> None:
    """A byte order mark goes before all, and the zeros of ASCII characters show UTF-16 and UTF-32 without one."""
    text = "<!doctype html><p>naïve</p>"
    assert decode(text.encode(codec)) == text


def test_the_source_names_its_encoding() -> None:
    """A meta element or a prolog near the top is believed."""
    russian = "<meta charset='koi8-r'><p>Привет</p>"
    assert decode(russian.encode("koi8-r")) == russian
    http_equiv = '<META http-equiv="Content-Type" content="text/html; charset=gb2312"><p>中文的网页</p>'
    assert decode(http_equiv.encode("gbk")) == http_equiv
    prolog = '<?xml version="1.0" encoding="windows-1251"?><a>Привет</a>'
    assert decode(prolog.encode("cp1251")) == prolog
    japanese = '<meta charset="iso-2022-jp"><p>日本語</p>'
    assert decode(japanese.encode("iso2022_jp")) == japanese


def test_what_the_caller_was_told_goes_before_what_the_source_says() -> None:
    """The charset that came with the bytes is believed first."""
    text = "<meta charset='utf-8'>Привет"
    assert decode(text.encode("cp1251"), "windows-1251") == text


def test_a_declaration_far_down_does_not_count() -> None:
    """Only the first kilobyte is looked at."""
    assert decode(b" " * 1100 + b"<meta charset=koi8-r>\xf0").endswith("ð")


def test_valid_utf8_is_utf8_whatever_is_declared() -> None:
    """A single-byte declaration over bytes that are valid UTF-8 is a lie."""
    text = "<meta charset=iso-8859-1>“café”"
    assert decode(text.encode()) == text
    assert decode(text.encode(), "windows-1251") == text


def test_a_declared_utf16_that_is_none_is_passed_over() -> None:
    """Bytes that call themselves UTF-16 in ASCII are not."""
    assert decode(b"<meta charset=utf-16>plain") == "<meta charset=utf-16>plain"


def test_without_a_declaration_windows_1252_comes_last() -> None:
    """Bytes that are not UTF-8 are windows-1252, unless most of them are UTF-8 with a few torn."""
    assert decode(b"caf\xe9 \x96 na\xefve") == "café – naïve"
    assert decode("Grüße, Österreich".encode() + b" \xff") == "Grüße, Österreich \ufffd"


@pytest.mark.parametrize("label", ["utf-7", "rot13", "hex", "unicode_escape", "idna", "no-such", "a\x00b", ""])
def test_what_is_no_encoding_of_texts_is_not_used(label: str) -> None:
    """Python's codecs that are no charset of the web are refused."""
    assert codec_of(label) is None
    assert decode(b"+ADw-script", label) == "+ADw-script"


def test_labels_mean_what_the_web_means_by_them() -> None:
    """Old labels stand for the encodings that grew out of them."""
    assert [codec_of(x) for x in ("latin1", "us-ascii", "GBK", "x-sjis", "euc-kr")] == ["cp1252", "cp1252", "gb18030", "cp932", "cp949"]


@given(st.binary(), st.none() | st.text(max_size=12) | st.sampled_from(["utf-8", "gbk", "utf-16", "koi8-r"]))
def test_every_byte_string_has_a_text(content: bytes, declared: str | None) -> None:
    """Nothing that arrives raises, and the same comes each time."""
    assert decode(content, declared) == decode(content, declared)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\x00")))
def test_utf8_comes_back(text: str) -> None:
    """UTF-8 is read as what was written, if it says so or not."""
    assert decode(text.encode(), "utf-8") == text
