"""What do lists, definitions, quotations, tables and footnotes become?"""

from __future__ import annotations

import re

from markdown_it.token import Token

from index.document import Block, Blockquote, Cell, Column, List, ListItem, Mark, Row, Span, Table
from index.importers.flow import Heading
from index.importers.markdown.prose import line_of, settled
from index.importers.markdown.spans import pieces
from index.importers.markdown.walk import Flow, Handler, Walk, opened, strong
from index.inline import running

TASK = re.compile(r"\[([ xX])\](?:[ \t]+|$)")
ATTRIBUTION = re.compile(r"(?:\A|\n)[ \t]*(?P<mark>\*{0,3}|_{0,2})(?:—|–|―|--)[ \t]*(?P<name>[^\s—–―-][^\n]{0,150})\Z")
ALERT = re.compile(r"\[!(?P<kind>\w{3,12})\][-+]?[ \t]*(?P<title>[^\n]*)(?:\n|\Z)")


def _list(walk: Walk, token: Token) -> Flow:
    """A list; `start` is the first number where that is not 1."""
    ordered = token.type == "ordered_list_open"
    end = "ordered_list_close" if ordered else "bullet_list_close"
    items: list[ListItem] = []
    while walk.at < len(walk.tokens):
        walk.at += 1
        if walk.tokens[walk.at - 1].type == end:
            break
        checked = _task(walk)
        text, spans, blocks = walk.content("list_item_close")
        items.append(ListItem(text, spans, checked, blocks))
    start = token.attrs.get("start")
    return [List(ordered, int(start) if start is not None and int(start) != 1 else None, tuple(items))]


def _task(walk: Walk) -> bool | None:
    """Whether the item that begins is a task, and done; its box is taken off."""
    if walk.at + 1 >= len(walk.tokens) or walk.tokens[walk.at].type != "paragraph_open":
        return None
    inline = walk.tokens[walk.at + 1]
    box = TASK.match(inline.content)
    if box is None:
        return None
    inline.content = inline.content[box.end() :]
    return box[1] != " "


def _definitions(walk: Walk, _token: Token) -> Flow:
    """A definition list: its items are the terms, strong, the definitions nested."""
    items: list[ListItem] = []
    while walk.at < len(walk.tokens):
        token = walk.tokens[walk.at]
        walk.at += 1
        if token.type == "dl_close":
            break
        if token.type == "dt_open":
            spans, blocks = line_of(walk.inline().content, walk.sheet, walk.sheet.line(token))
            marked = (Span(span.text, (Mark.STRONG, *span.marks), span.href, span.image) for span in spans)
            items.append(ListItem(*running(marked), None, tuple(blocks)))
        elif token.type == "dd_open":
            last = items.pop() if items else ListItem()
            items.append(ListItem(last.text, last.spans, None, (*last.blocks, *walk.nested("dd_close"))))
    return [List(items=tuple(items))]


def _quotation(walk: Walk, token: Token) -> Flow:
    """A quotation; a last line behind a dash says whom it is from. GitHub's alerts begin with their kind, strong."""
    alert = _alert(walk)
    attribution = _attribution(walk, token)
    blocks = [*alert, *walk.nested("blockquote_close")]
    return [Blockquote(attribution, tuple(blocks))] if blocks else []


def _alert(walk: Walk) -> list[Block]:
    """The heading of an alert, whose mark is taken off its text."""
    if walk.at + 1 >= len(walk.tokens) or walk.tokens[walk.at].type != "paragraph_open":
        return []
    inline = walk.tokens[walk.at + 1]
    mark = ALERT.match(inline.content)
    if mark is None:
        return []
    inline.content = inline.content[mark.end() :]
    return [strong(Heading(mark["title"].strip() or mark["kind"].capitalize()))]


def _attribution(walk: Walk, token: Token) -> str | None:
    """Whom a quotation is from, taken off its last paragraph."""
    end = walk.at
    while walk.tokens[end].type != "blockquote_close" or walk.tokens[end].level != token.level:
        end += 1
    if end - 1 < walk.at or walk.tokens[end - 1].type != "paragraph_close" or walk.tokens[end - 1].level != token.level + 1:
        return None
    inline = walk.tokens[end - 2]
    found = ATTRIBUTION.search(inline.content)
    if found is None or (found.start() == 0 and end - 3 == walk.at):
        return None
    inline.content = inline.content[: found.start()].rstrip()
    spans, _ = line_of(found["mark"] + found["name"], walk.sheet, walk.sheet.line(inline))
    return running(spans)[0]


def _table(walk: Walk, _token: Token) -> Flow:
    """A table; a header row without a word is none."""
    columns: tuple[Column, ...] = ()
    rows: list[Row] = []
    cells: list[Cell] = []
    while walk.at < len(walk.tokens):
        token = walk.tokens[walk.at]
        walk.at += 1
        if token.type in ("th_open", "td_open"):
            spans, blocks = line_of(walk.inline().content, walk.sheet, walk.sheet.line(walk.tokens[walk.at - 2]))
            cells.append(Cell(*running(spans), tuple(blocks)))
        elif token.type == "tr_close":
            rows.append(Row(tuple(cells)))
            cells = []
        elif token.type == "thead_close":
            header = rows.pop().cells
            if any(cell.text or cell.spans or cell.blocks for cell in header):
                columns = tuple(Column(cell.text, cell.spans) for cell in header)
        elif token.type == "table_close":
            break
    return [Table(None, columns, tuple(rows))]


def _note(walk: Walk, token: Token) -> Flow:
    """A footnote: kept for the end."""
    walk.notes[token.meta["label"]] = walk.until("footnote_reference_close")
    return []


def notes(walk: Walk) -> Flow:
    """The footnotes, an ordered list; those that nothing refers to come last."""
    items: list[ListItem] = []
    listed = walk.sheet.env.get("footnotes", {}).get("list", {})
    while len(items) < len(listed):  # a note may refer to further ones
        note = listed[len(items)]
        items.append(_item(walk, walk.notes.pop(note["label"], [])) if "label" in note else _inline_note(walk, note["tokens"]))
    while walk.notes:
        items.append(_item(walk, walk.notes.pop(next(iter(walk.notes)))))
    return [List(ordered=True, items=tuple(items))] if items else []


def _item(walk: Walk, tokens: list[Token]) -> ListItem:
    text, spans, blocks = walk.over(tokens).content()
    return ListItem(text, spans, None, blocks)


def _inline_note(walk: Walk, tokens: list[Token]) -> ListItem:
    text, spans, blocks = opened(settled(pieces(tokens, walk.sheet), walk.sheet, None))
    return ListItem(text, spans, None, blocks)


HANDLERS: dict[str, Handler] = {
    "bullet_list_open": _list,
    "ordered_list_open": _list,
    "dl_open": _definitions,
    "blockquote_open": _quotation,
    "table_open": _table,
    "footnote_reference_open": _note,
}
