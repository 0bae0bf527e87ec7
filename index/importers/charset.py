"""Which characters do these bytes stand for?

Decided in this order: a byte order mark; the zeros of UTF-16 or UTF-32; bytes that are valid UTF-8 and not ASCII, whatever a
single-byte declaration says (real text in such an encoding is all but never valid UTF-8); what the caller was told, or the source says
of itself near its top; UTF-8 where most of what is not ASCII is valid; windows-1252. Its law: every byte string has a text, the same
each time. Labels mean what the WHATWG Encoding Standard says, so `latin1` is windows-1252 and `gb2312` is gb18030.
"""

from __future__ import annotations

import codecs
import re

NEAR_TOP = 1024  # bytes: as far as HTML lets a declaration stand

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

IN_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
IN_PROLOG = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]+)", re.IGNORECASE)
ASCII = bytes(range(128))

RENAMED = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
OF_ONE_BYTE = """
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 koi8-r koi8-u mac-roman mac-cyrillic
    iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16
"""
OF_SEVERAL = "utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be gb18030 big5hkscs cp932 cp949 euc_jp iso2022_jp"
SINGLE_BYTE = frozenset(OF_ONE_BYTE.split())
SEVERAL_BYTES = frozenset(OF_SEVERAL.split())


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of these bytes, without a byte order mark; `declared` is the charset that came with them, if any.

    Bytes that have no meaning in the encoding become U+FFFD.
    """
    for mark, name in BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    if wide := _by_zeros(content):
        return content.decode(wide, "replace")
    named = codec_of(declared) if declared else None
    return content.decode(_choose(content, named or codec_of(_near_top(content))), "replace").removeprefix("\ufeff")


def codec_of(label: str) -> str | None:
    """Python's name for the encoding with this label, or None where it is unknown or none that text arrives in."""
    try:
        name = codecs.lookup(label.strip().replace("x-sjis", "shift_jis").replace("x-mac-", "mac-")).name
    except (LookupError, ValueError):
        return None
    name = RENAMED.get(name, name)
    return name if name in SINGLE_BYTE or name in SEVERAL_BYTES else None


def _choose(content: bytes, named: str | None) -> str:
    """The encoding to read bytes in that have neither a mark nor zeros."""
    if named and named.startswith(("utf-16", "utf-32")):
        named = None  # its own bytes would have shown it
    utf8 = _is(content, "utf-8")
    if named in SEVERAL_BYTES and named != "utf-8" and (not utf8 or content.isascii()) and _is(content, named):
        return named
    if utf8:
        return "utf-8"
    if named and named != "utf-8":
        return named
    return "utf-8" if _mostly_utf8(content) else "cp1252"


def _is(content: bytes, name: str) -> bool:
    try:
        content.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(content: bytes) -> bool:
    """Whether more of the bytes that are not ASCII stand in valid sequences of UTF-8 than do not."""
    high = len(content.translate(None, ASCII))
    invalid = len(content) - len(content.decode("utf-8", "ignore").encode())
    return high > invalid * 2


def _near_top(content: bytes) -> str:
    """The charset that the source itself names, or nothing."""
    top = content[:NEAR_TOP]
    found = IN_PROLOG.search(top) or IN_META.search(top)
    return found.group(1).decode("ascii", "replace") if found else ""


def _by_zeros(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, as ASCII characters in it show: zeros at the same places of each group of bytes."""
    top = content[:256]
    groups = len(top) // 4
    if groups < 2 or 0 not in top:
        return None
    zeros = [top[i : groups * 4 : 4].count(0) / groups for i in range(4)]
    shape = "".join("0" if share > 0.7 else "x" if share < 0.3 else "?" for share in zeros)
    return {"x000": "utf-32-le", "000x": "utf-32-be", "x0x0": "utf-16-le", "0x0x": "utf-16-be"}.get(shape)
