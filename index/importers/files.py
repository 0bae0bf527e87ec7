"""Which files do these paths stand for?

A path is a file, a folder, a pattern, or `-` for standard input. Folders are walked in the order of names, hidden things passed over.
Its law: a file that was named directly is always answered for; one that was come across in a folder is passed over, and counted, when its
name says that it is no article.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from index.importers.material import Rejection, Skipped

STDIN = "-"
HOME = "broadsheet.db"  # what a home holds: no archive, though it may stand in one
DEEPEST = 100  # folders within folders

# what stands beside articles in the folders of site generators and saved pages
_NO_ARTICLE = (
    "apng avif bmp cur eps gif heic ico jfif jpeg jpg png psd svg svgz tif tiff webp ai sketch fig "
    "aac aif aiff flac m4a mid mp3 oga ogg opus wav wma 3gp avi flv m4v mkv mov mp4 mpeg mpg ogv webm wmv "
    "eot otf ttf woff woff2 css less sass scss styl js cjs mjs jsx ts tsx map wasm vue svelte astro "
    "py pyc rb go rs java c cc cpp h hpp cs pl lua swift kt sh bash zsh fish ps1 bat cmd r ipynb sql "
    "yml yaml toml ini cfg conf lock env properties csv tsv xls xlsx ods parquet sqlite db bib tex "
    "pem key crt csr asc sig pdf exe dll so dylib bin iso dmg jar class o a log pid swp bak tmp part"
)
_NO_ARTICLE_NAMES = (
    "license licence copying notice authors contributors codeowners makefile dockerfile gemfile rakefile procfile cname "
    "robots.txt humans.txt ads.txt requirements.txt package.json package-lock.json composer.json tsconfig.json manifest.json thumbs.db"
)
_ARTICLE = "htm html xhtml md markdown mdown mkd mkdn mdx txt text json jsonl ndjson xml rss atom rdf wxr gz zip tar tgz"

NO_UTF8 = re.compile("[\udc80-\udcff]")  # as Python has such bytes in names
NO_ARTICLE = frozenset(_NO_ARTICLE.split())
NO_ARTICLE_NAMES = frozenset(_NO_ARTICLE_NAMES.split())
ARTICLE = frozenset(_ARTICLE.split())
"""Endings by which a file claims to hold articles: where it does not, that is a rejection even in a folder."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that may hold articles.

    `name` opens it; the others are what `Material` has, and `origin` the absolute path. `named` says that it was not come across in a
    folder but given by itself.
    """

    name: str
    location: str
    path: str
    publication: str = ""
    origin: str = ""
    named: bool = True


def files(paths: Iterable[str]) -> Iterator[File | Rejection | Skipped]:
    """The files that these paths stand for, in the order of the paths."""
    for path in paths:
        if path == STDIN:
            yield File(path, path, path)
        elif (mode := _mode(path)) is not None:
            yield from _of(path, mode)
        elif glob.has_magic(path) and (matches := sorted(glob.glob(path, recursive=True))):  # noqa: PTH207  (as a shell does it)
            for match in matches:
                yield from _of(match, _mode(match) or 0)
        else:
            yield Rejection(shown(path), _why_missing(path), is_gone=not os.path.lexists(path))


def shown(name: str) -> str:
    """A file's name as text: bytes that are no UTF-8 become percent escapes, so that no two names are one."""
    if name.isascii():
        return name
    # where the locale is not in UTF-8, all characters beyond ASCII are such bytes
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return NO_UTF8.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", text)


def place(path: str) -> str:
    """The absolute path of a file, as `File.origin` has it."""
    return shown(os.path.abspath(path))  # noqa: PTH100  (`Path.resolve` follows links, and the name that was given counts)


def among(origin: str, places: Collection[str]) -> bool:
    """Whether a file is at one of these places or under one."""
    return origin in places or any(str(folder) in places for folder in PurePath(origin).parents)


def ending(path: str) -> str:
    """What follows the last dot of a file's name, in lower case; empty where there is none."""
    stem, dot, last = path.rpartition("/")[2].rpartition(".")
    return last.lower() if stem and dot else ""


def no_article(path: str) -> str | None:
    """The phrase to count a file by whose name says that it is no article, or None."""
    name = path.rpartition("/")[2].lower()
    if name in NO_ARTICLE_NAMES or ending(name) in NO_ARTICLE:
        return f".{ending(name)} file" if ending(name) in NO_ARTICLE else f"file named {name}"
    return None


def hidden(path: str) -> bool:
    """Whether the last part of a path is one that is kept out of sight."""
    name = path.rstrip("/").rpartition("/")[2]
    return name.startswith(".") or name in ("__MACOSX", "node_modules", "__pycache__")


def _mode(path: str) -> int | None:
    """What kind of file stands there, or None where nothing can be reached."""
    try:
        return os.stat(path).st_mode  # noqa: PTH116  (a path may hold what `Path` would normalise away)
    except (OSError, ValueError):
        return None


def _of(path: str, mode: int) -> Iterator[File | Rejection | Skipped]:
    """What one path that exists stands for."""
    absolute = os.path.abspath(path)  # noqa: PTH100  (`Path.resolve` follows links, and the name that was given counts)
    name = os.path.basename(absolute)  # noqa: PTH119  (as above)
    if stat.S_ISDIR(mode):
        yield from _walk(path, absolute, shown(name))
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        yield File(path, shown(path), shown(name), "", shown(absolute))
    else:
        yield Rejection(shown(path), "This is neither a file nor a folder.")


def _why_missing(path: str) -> str:
    if os.path.islink(path):  # noqa: PTH114  (a path with a NUL in it is no error here)
        return "This link points to nothing that can be reached."
    if glob.has_magic(path):
        return "No file matches this pattern."
    return "There is no such file or folder. Check the path."


def _walk(folder: str, absolute: str, publication: str) -> Iterator[File | Rejection | Skipped]:
    """The files under a folder, by name; a link back to a folder above is passed over."""
    waiting: list[tuple[str, frozenset[tuple[int, int]]]] = [("", frozenset())]
    while waiting:
        relative, above = waiting.pop()
        path = os.path.join(folder, relative) if relative else folder  # noqa: PTH118  (keeps the path as it was given)
        file = File(path, shown(path), shown(relative), publication, shown(os.path.join(absolute, relative)), named=False)  # noqa: PTH118  (likewise)
        try:
            status = os.stat(path)  # noqa: PTH116  (as above)
            if stat.S_ISDIR(status.st_mode):
                here = (status.st_dev, status.st_ino)
                if here in above or len(above) >= DEEPEST:
                    yield Skipped(file.location, "link to a folder above" if here in above else f"folder more than {DEEPEST} deep")
                    continue
                names = sorted(os.listdir(path))  # noqa: PTH208  (only names are wanted)
                if relative and HOME in names:
                    yield Skipped(file.location, "folder that the program keeps its store in")
                    continue
                for name in filter(hidden, names):
                    yield Skipped(f"{file.location.rstrip('/')}/{shown(name)}", "hidden file or folder")
                waiting += [(f"{relative}/{name}" if relative else name, above | {here}) for name in reversed(names) if not hidden(name)]
            else:
                yield _come_across(file, status.st_mode)
        except OSError as error:
            yield Rejection(file.location, why(error))


def _come_across(file: File, mode: int) -> File | Skipped:
    """A file in a folder, unless its name or kind says that it is no article."""
    if not stat.S_ISREG(mode):
        return Skipped(file.location, "device, socket or pipe")
    phrase = no_article(file.path)
    return file if phrase is None else Skipped(file.location, phrase)


def why(error: OSError) -> str:
    """An error of the operating system as a sentence."""
    if isinstance(error, PermissionError):
        return "It may not be read. Check its permissions."
    if isinstance(error, FileNotFoundError):
        return "It is gone, or a link to nothing."
    return f"It cannot be read: {error.strerror or 'the system gives no reason'}."
