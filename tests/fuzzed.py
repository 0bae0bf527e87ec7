"""What is thrown at an importer when it is fuzzed, and what is a defect there?

An exception is one, a rejection that names a defect of this program, and an article that its own JSON does not give back, or whose HTML a
sanitiser would change.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

from index.document import SourceFormat
from index.encoding import from_json, to_json
from index.importers.archives import Found, opened
from index.importers.dispatch import read
from index.importers.files import File
from index.importers.finish import finish, shown
from index.importers.material import Material, Reading, Rejection, Unreadable
from schema.renderings.html import article_html
from tests.sanitiser import sanitised

SNIFFED = 4  # of so many inputs, one is read as what it is found to be
DEFECT = "defect of this program"

NAMES = {
    SourceFormat.HTML: "a.html",
    SourceFormat.MARKDOWN: "2021-03-04-a.md",
    SourceFormat.TEXT: "a.txt",
    SourceFormat.WXR: "a.xml",
    SourceFormat.FEED: "feed.xml",
    SourceFormat.JSON: "a.json",
}
"""Each format with the name by which its files are known."""


class Defect(Exception):
    """What an importer must never do; the message says what it did."""


def read_as(format: SourceFormat) -> Callable[[bytes], None]:
    """What reads an input as this format, now and then as what it is found to be; raises `Defect`."""

    def one(content: bytes) -> None:
        sniffed = zlib.crc32(content) % SNIFFED == 0
        read_through(content, None if sniffed else format, NAMES[format])

    return one


def read_through(content: bytes, format: SourceFormat | None, name: str) -> int:
    """Read an input as an import does, and give the number of its articles; raises `Defect`, or what the importer raised."""
    material, count = Material(content, name, name, "fuzz"), 0
    for outcome in read(material, format):
        if isinstance(outcome, Rejection) and DEFECT in outcome.reason:
            raise Defect(outcome.reason)
        if isinstance(outcome, Reading):
            count += 1
            article = shown(finish(outcome, material))
            if from_json(to_json(article)) != article:
                raise Defect("The JSON of the article does not give it back.")
            html = article_html(article)
            if sanitised(html) != html:
                raise Defect("The HTML of the article is not safe, or not well formed.")
    return count


def unpack(content: bytes) -> None:
    """Read an input as a packed file, whatever is in it."""
    with tempfile.NamedTemporaryFile(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as file:
        file.write(content)
        file.flush()
        for found in opened(File(file.name, "a.zip", "a.zip")):
            if isinstance(found, Found):
                try:
                    found.stream.read()
                except Unreadable:
                    return


TARGETS: dict[str, Callable[[bytes], None]] = {format.value.lower(): read_as(format) for format in NAMES} | {"packed": unpack}
"""What is fuzzed, by the name of its folder in the corpus."""
