"""Which links lead to footnotes, and back?

A note is an element that running text links to by a raised or bracketed number, or by a link that names itself so. Its law: a link to a
note has the address `#fn-…`, whatever the page's own ids look like.
"""

from __future__ import annotations

import re
from collections import Counter
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
    wanted: dict[str, bool] = {}
    ids: set[str] = set()
    for node in root.walk():
        name = node.attributes.get("id") or (node.attributes.get("name") if node.tag == "a" else None)
        if name:
            ids.add(name)
        if node.tag == "a" and (target := _target(node)) and _is_reference(node):
            wanted[target] = wanted.get(target, False) or node.get("href").startswith("#")
    notes: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for target, is_within in wanted.items():
        if target not in ids and not (is_within and NOTE_ID.match(target)):
            continue
        key = slugify(NOTE_ID.sub("", target), "note")
        taken[key] += 1
        notes[target] = f"#fn-{key}" if taken[key] == 1 else f"#fn-{key}-{taken[key]}"
    return notes


def left_behind(body: Node, content: Node) -> list[Node]:
    """The lists of notes on the page that links in the content lead to and that are not in the content."""
    targets = {target for link in content.walk() if link.tag == "a" and (target := _target(link)) and _is_reference(link)}
    if not targets:
        return []
    kept = {node.origin for node in content.walk()}
    lists: dict[Node, None] = {}
    for node in body.walk():
        if node.get("id") in targets and node not in kept:
            around = next((above for above in node.above() if above.tag in ("ol", "ul", "dl")), node)
            if around not in kept:
                lists[around] = None
    return list(lists)


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
    """The id that a link leads to, on whatever page: saved pages name themselves in their links."""
    return link.get("href").partition("#")[2]


def _is_reference(link: Node) -> bool:
    """Whether a link looks like a reference to a note: by its names, or as a number that is raised."""
    raised = link.parent is not None and (link.parent.tag == "sup" or (len(link.elements) == 1 and link.elements[0].tag == "sup"))
    around = "" if link.parent is None else f"{link.parent.get('class')} {link.parent.get('id')}"
    names = f"{link.get('class')} {link.get('role')} {link.get('rel')} {link.get('epub:type')} {link.get('id')} {around}"
    return (raised or REFERENCE.search(names) is not None) and NUMBER.fullmatch(link.text) is not None
