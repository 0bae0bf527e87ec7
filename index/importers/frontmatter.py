"""Where does a file's front matter end, and what does it say?

YAML between `---`, TOML between `+++`, either or JSON between `---toml` and the like, or a JSON object at the top. Scalars of YAML stay
the text they were written as: `title: 2019` is “2019”, `version: 1.10` is “1.10”. Its law: a block that its own language refuses is read
key by key, and the lines that had to be mended are named; a block without a single key is no front matter, and stays in the body.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from index.document import RepairKind
from index.importers.repairs import Repairs

LONGEST = 200_000  # characters of front matter; what is longer is body
MOST_NODES = 20_000  # of YAML, each use of an alias counted: what makes bombs of aliases burst early
DEEPEST = 20  # levels of YAML
MOST_REPAIRS = 20  # lines named one by one; the rest are counted

OPENING = re.compile(
    r"(?P<lead>(?:[^\S\n]*\n)*)(?:(?P<fence>---|\+\+\+)[^\S\n]*(?P<language>[a-z]*)[^\S\n]*(?:\n|\Z)|(?P<json>\{))", re.IGNORECASE
)
CLOSING = {"---": re.compile(r"^(?:---|\.\.\.)[^\S\n]*$", re.MULTILINE), "+++": re.compile(r"^\+\+\+[^\S\n]*$", re.MULTILINE)}
KEY_LINE = re.compile(r"""(?P<key>[A-Za-z_][\w.\- ]{0,60}?|"[^"\n]{1,60}"|'[^'\n]{1,60}')[^\S\n]*(?:(?P<yaml>:)(?=\s|$)|(?P<toml>=))""")
TOML_TABLE = re.compile(r"\[{1,2}[\w.\-\" ]+\]{1,2}[^\S\n]*(?:#.*)?")
CONTINUED = re.compile(r"[^\S\n]+\S|-(?:\s|$)|#|[\]}]")
ITEM = re.compile(r"\s*-\s+(.*)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a file's front matter, the 1-based lines of its top-level keys, and the body with the line it starts on."""

    fields: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    body: str = ""
    first_line: int = 1


class _Refused(Exception):
    """The block is not what its language allows."""


def split(text: str, repairs: Repairs) -> FrontMatter:
    """The front matter and the body of a file whose lines end in `\\n`; no fields where there is no front matter."""
    opening = OPENING.match(text)
    if opening is None:
        return FrontMatter(body=text)
    if opening["json"]:
        return _json_object(text, opening.start("json"))
    end, start = _closed(text, opening) or _unclosed(text, opening, repairs) or (0, 0)
    block = text[opening.end() : end]
    if not start or not _is_fields(block):
        if block.strip() and not opening["lead"]:
            repairs.add(RepairKind.OTHER, "What stands between the rules at the top has no keys; it is kept as text.", 1, 0.7)
        return FrontMatter(body=text)
    first_line = text.count("\n", 0, opening.end()) + 1
    language = opening["language"].lower() or ("toml" if opening["fence"] == "+++" else "yaml")
    fields, lines = _read(block, language, first_line, repairs) if block.strip() else ({}, {})
    return FrontMatter(fields, lines, text[start:], text.count("\n", 0, start) + 1)


def _is_fields(block: str) -> bool:
    """Whether a block is empty, an object, or has more keys than lines that belong to none; prose between two rules has not."""
    lines = [line for line in block.split("\n") if line.strip()]
    keys = sum(KEY_LINE.match(line) is not None for line in lines)
    astray = sum(not (KEY_LINE.match(line) or CONTINUED.match(line) or TOML_TABLE.fullmatch(line)) for line in lines)
    return not lines or keys > astray or lines[0].lstrip().startswith("{")


def _closed(text: str, opening: re.Match[str]) -> tuple[int, int] | None:
    """Where a block ends and where the body starts, if it is closed."""
    closing = CLOSING[opening["fence"]].search(text, opening.end(), opening.end() + LONGEST)
    return (closing.start(), min(closing.end() + 1, len(text))) if closing else None


def _unclosed(text: str, opening: re.Match[str], repairs: Repairs) -> tuple[int, int] | None:
    """The same where nothing closes the block: it ends before the first line that is neither a key's nor belongs to one."""
    position, keys = opening.end(), 0
    for line in text[opening.end() : opening.end() + LONGEST].split("\n"):
        if KEY_LINE.match(line):
            keys += 1
        elif not (keys and CONTINUED.match(line)) and not TOML_TABLE.fullmatch(line):
            break
        position += len(line) + 1
    if not keys:
        return None
    position = min(position, len(text))
    repairs.add(RepairKind.OTHER, "The front matter is never closed; it is taken to end here.", text.count("\n", 0, position), 0.8)
    return position, position


def _json_object(text: str, start: int) -> FrontMatter:
    """A JSON object at the top of a file, if it is one and stands alone on its lines."""
    try:
        value, end = json.JSONDecoder().raw_decode(text[: start + LONGEST], start)
    except (ValueError, RecursionError):
        return FrontMatter(body=text)
    line = text.count("\n", 0, end) + 1
    rest = text[end:].partition("\n")
    if not isinstance(value, dict) or not value or rest[0].strip():
        return FrontMatter(body=text)
    return FrontMatter(value, dict.fromkeys(value, text.count("\n", 0, start) + 1), rest[2], line + 1)


def _read(block: str, language: str, first_line: int, repairs: Repairs) -> tuple[dict[str, object], dict[str, int]]:
    """The fields of a block and their lines, in whatever way it can be read."""
    lines = _key_lines(block, first_line)
    try:
        if language == "toml":
            return tomllib.loads(block), lines
        if language in ("json", "js"):
            value = json.loads(block if block.lstrip().startswith("{") else f"{{{block}}}")
            return (value, lines) if isinstance(value, dict) else ({}, lines)
        return _yaml(block, first_line, repairs), lines
    except (_Refused, tomllib.TOMLDecodeError, ValueError, RecursionError):
        return _key_by_key(block, language, first_line, repairs), lines


def _key_lines(block: str, first_line: int) -> dict[str, int]:
    """The line of each top-level key; of the last where it stands twice, whose value counts."""
    found = ((number, KEY_LINE.match(line)) for number, line in enumerate(block.split("\n"), first_line))
    return {match["key"].strip("\"'").strip(): number for number, match in found if match}


def _yaml(block: str, first_line: int, repairs: Repairs | None) -> dict[str, object]:
    """The mapping that YAML reads in a block; raises `_Refused`."""
    try:
        node = yaml.compose(block, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _Refused from error
    if not isinstance(node, yaml.MappingNode):
        raise _Refused
    reader = _Nodes(first_line, repairs)
    value = reader.value(node, 0)
    assert isinstance(value, dict)
    return value


class _Nodes:
    """Turns YAML's nodes into plain values, within bounds."""

    def __init__(self, first_line: int, repairs: Repairs | None) -> None:
        self.first_line = first_line
        self.repairs = repairs
        self.left = MOST_NODES

    def value(self, node: yaml.Node, depth: int) -> object:
        """A text, None, a list or a dict; raises `_Refused` for what is too much or too deep."""
        self.left -= 1
        if self.left < 0 or depth > DEEPEST:
            raise _Refused
        if isinstance(node, yaml.SequenceNode):
            return [self.value(inner, depth + 1) for inner in node.value]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        return None if node.tag == "tag:yaml.org,2002:null" else node.value

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, object]:
        """A mapping's entries; `<<` gives what the mapping itself does not; of a key that stands twice the last counts."""
        out: dict[str, object] = {}
        merged: dict[str, object] = {}
        for key, inner in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else str(self.value(key, depth + 1))[:100]
            value = self.value(inner, depth + 1)
            if name == "<<" and isinstance(value, dict):
                merged |= value
                continue
            if name in out and self.repairs is not None:
                line = self.first_line + key.start_mark.line
                self.repairs.add(RepairKind.OTHER, f"“{name}” stands in the front matter twice; the last one counts.", line, 0.8)
            out[name] = value
        return merged | out


def _key_by_key(block: str, language: str, first_line: int, repairs: Repairs) -> dict[str, object]:
    """The fields of a block that its language refuses: each key's lines on their own, as that language or else as they stand."""
    fields: dict[str, object] = {}
    mended: list[tuple[int, str]] = []
    for number, lines in _chunks(block, first_line):
        match = KEY_LINE.match(lines[0])
        if match is None:
            if text := " ".join(filter(None, map(str.strip, lines)))[:80]:
                mended.append((number, f"“{text}” in the front matter is no key and value, and is left out."))
            continue
        name = match["key"].strip("\"'").strip()
        if name in fields:
            mended.append((number, f"“{name}” stands in the front matter twice; the last one counts."))
        try:
            fields[name] = _chunk_value("\n".join(lines), language, name)
            if language != "toml" and any(line.startswith("\t") for line in lines):
                mended.append((number, f"“{name}” in the front matter is indented with tabs, which are read as blanks."))
        except (_Refused, tomllib.TOMLDecodeError, RecursionError):
            fields[name] = _literal(lines, match.end())
            mended.append((number, f"“{name}” in the front matter is not {language.upper()}; its value is taken as it stands."))
    for number, message in mended[:MOST_REPAIRS]:
        repairs.add(RepairKind.OTHER, message, number, 0.8)
    if len(mended) > MOST_REPAIRS:
        repairs.add(
            RepairKind.OTHER, f"{len(mended) - MOST_REPAIRS} more lines of the front matter had to be mended.", mended[MOST_REPAIRS][0], 0.8
        )
    return fields


def _chunks(block: str, first_line: int) -> list[tuple[int, list[str]]]:
    """The lines of each top-level key, with the number of the first; comments and empty lines between keys left out."""
    chunks: list[tuple[int, list[str]]] = []
    for number, line in enumerate(block.split("\n"), first_line):
        if not line.strip() or line.startswith("#") or TOML_TABLE.fullmatch(line):
            if chunks and not line.strip():
                chunks[-1][1].append("")
        elif KEY_LINE.match(line) or not chunks or not CONTINUED.match(line):
            chunks.append((number, [line]))
        else:
            chunks[-1][1].append(line)
    return chunks


def _chunk_value(text: str, language: str, name: str) -> object:
    """The value of one key's lines in its block's language; raises `_Refused`."""
    values: Mapping[str, object]
    if language == "toml":
        values = tomllib.loads(text)
    else:
        values = _yaml(re.sub(r"^\t+", lambda tabs: "  " * len(tabs[0]), text, flags=re.MULTILINE), 1, None)
    if len(values) != 1:
        raise _Refused
    return values.get(name)


def _literal(lines: list[str], start: int) -> object:
    """A value as it stands: the items of a list, else the text without its quotes."""
    text = lines[0][start:].strip().rstrip(",")
    items = [match[1].strip().strip("\"'") for match in map(ITEM.fullmatch, lines[1:]) if match]
    if not text and items:
        return items
    text = " ".join(filter(None, [text, *map(str.strip, lines[1:])]))
    if text[:1] == "[" and text[-1:] == "]":
        return [part.strip().strip("\"'") for part in text[1:-1].split(",") if part.strip()]
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        text = text[1:-1]
    return text.strip('"') if text.count('"') == 1 else text
