"""Which links lead to footnotes, and back?

A note is an element that running text links to by a raised or bracketed number, or by a link that names itself so. Its law: a link to a
note has the address `#fn-…`, whatever the page's own ids look like.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.importers.html.tree import Node
from index.slugs import slugify

REFERENCE = re.compile(r"foot-?note-?(?:ref|link|anchor)|noteref|fnref|footnote-reference|doc-noteref|\breference\b", re.IGNORECASE)
NOTE_ID = re.compile(r"^(?:_?ftn|fn|foot_?-?note|end_?-?note|note|cite_note|sdfootnote|reference|ref)[-_:.]*(?=.)", re.IGNORECASE)
BACK = re.compile(r"foot-?note-?back|fn-?back|reversefootnote|footnote-return|mw-cite-backlink", re.IGNORECASE)
BACK_TEXT = re.compile(r"[\s↩︎↑↵⤴⬆^️]+")
NUMBER = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|\*{1,3}|†|‡|note \d+)[\])]?", re.IGNORECASE)


def notes_of(root: Node) -> dict[str, str]:
    """The addresses (`#fn-…`) of notes by the ids that the page's links use: those that a reference leads to."""
    wanted: dict[str, None] = {}
    ids: set[str] = set()
    for node in root.walk():
        name = node.attributes.get("id") or (node.attributes.get("name") if node.tag == "a" else None)
        if name:
            ids.add(name)
        if node.tag == "a" and (target := _target(node)) and _is_reference(node):
            wanted[target] = None
    notes: dict[str, str] = {}
    taken: set[str] = set()
    for target in wanted:
        if target not in ids and not NOTE_ID.match(target):
            continue
        key = slugify(NOTE_ID.sub("", target), "note")
        while key in taken:
            key += "-2"
        taken.add(key)
        notes[target] = f"#fn-{key}"
    return notes


def note_of(link: Node, notes: Mapping[str, str]) -> str | None:
    """The address of the note that a link leads to, or None where it leads elsewhere."""
    if not notes:
        return None
    target = _target(link)
    return notes.get(target) if target and _is_reference(link) else None


def returns_from_note(link: Node) -> bool:
    """Whether a link only leads from a note back to its place in the text."""
    names = f"{link.get('class')} {link.get('role')} {link.get('rev')}"
    if BACK.search(names) or link.get("role") == "doc-backlink":
        return True
    text = link.text
    return bool(text) and link.get("href").startswith("#") and BACK_TEXT.fullmatch(text) is not None


def _target(link: Node) -> str:
    """The id within the page that a link leads to."""
    before, hash_, target = link.get("href").partition("#")
    return target if hash_ and (not before or before.startswith(("./", "/")) or before.endswith(".html")) else ""


def _is_reference(link: Node) -> bool:
    """Whether a link looks like a reference to a note: by its names, or as a number that is raised."""
    raised = link.parent is not None and (link.parent.tag == "sup" or (len(link.elements) == 1 and link.elements[0].tag == "sup"))
    around = "" if link.parent is None else f"{link.parent.get('class')} {link.parent.get('id')}"
    names = f"{link.get('class')} {link.get('role')} {link.get('rel')} {link.get('epub:type')} {link.get('id')} {around}"
    return (raised or REFERENCE.search(names) is not None) and NUMBER.fullmatch(link.text) is not None
