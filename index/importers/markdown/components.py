"""What of MDX is no Markdown, and what becomes of it?

Imports and exports are left out, comments too, and what an expression would compute; a component's tag becomes what a template's call of
that name would (`inserts`), and what it holds stays; attributes in braces become HTML's, or go. Code and formulas are passed over. Its law:
lines keep their numbers, and what is left out is named.
"""

from __future__ import annotations

import re

from index.document import RepairKind, Span
from index.importers.markdown.inserts import Call, Insert, insert
from index.importers.markdown.shortcodes import CODE, FENCE, Calls, short

MODULE = (
    r"(?P<module>^(?:import\s+(?:[\"'][^\n]*|(?:[\w*$, \t]|\{[^{}]*\}){1,200}\bfrom\s*[\"'][^\n]*)"
    r"|export\s+(?:default|const|let|function|async|\{)[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*))"
)
COMMENT = r"(?P<comment>\{/\*(?:(?!\{/\*).)*?\*/\})"
BRACED = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\}){0,400}\}){0,400}\}"
VALUE = rf"\"[^\"]*\"|'[^']*'|{BRACED}"
ATTRIBUTE = rf"\s+(?:[A-Za-z_][\w:.-]*(?:\s*=\s*(?:{VALUE}))?|{BRACED})"
TAG = rf"(?P<tag><(?P<name>[A-Za-z][\w.]*)(?P<attributes>(?:{ATTRIBUTE}){{0,60}})\s*(?P<closed>/?)>|</(?P<end>[A-Z][\w.]*)\s*>)"
# one on its own, not a heading's anchor, a template's call, or part of a formula; what holds elements stays as it stands
EXPRESSION = (
    r"(?P<formula>\$\$[^$]{1,4000}\$\$|\$[^$\n]{1,400}\$)"
    r"|(?P<expression>(?<![\\$=])\{(?![#.:%{/])(?:[^{}<]|\{[^{}<]{0,200}\}){1,400}\}(?!\}))"
)
SCAN = re.compile(f"{FENCE}|{CODE}|{MODULE}|{COMMENT}|{TAG}", re.MULTILINE | re.DOTALL)
SCAN_MDX = re.compile(f"{SCAN.pattern}|{EXPRESSION}", re.MULTILINE | re.DOTALL)
ONE_ATTRIBUTE = re.compile(rf"(?P<key>[A-Za-z_][\w:.-]*)(?:\s*=\s*(?P<value>{VALUE}))?|{BRACED}", re.DOTALL)
LITERAL = re.compile(
    r"\{\s*(?:(?P<quote>[\"'`])(?P<text>[^\"'`$]*)(?P=quote)|(?P<number>\d+)|require\(\s*[\"'](?P<path>[^\"']*)[\"']\s*\)[^{}]*)\s*\}",
    re.DOTALL,
)
CAPITAL = re.compile(r"<[A-Z]")
OPENED = re.compile(r"<([A-Z][\w.]*)(?:\s[^<>]*)?/>|<([A-Z][\w.]*)\s[^<>]*[={][^<>]*>")
SAID = re.compile(r"^import\s[^\n]*\bfrom\s+[\"']|^import\s+[\"']|^export\s+(?:default|const)\s", re.MULTILINE)


def set_aside(calls: Calls, mdx: bool) -> None:
    """Set aside from the text of `calls` what MDX adds to Markdown; `mdx` says that it is known to be that."""
    text = calls.text
    if not (mdx or "={" in text or "{/*" in text or CAPITAL.search(text) or _has_module(text)):
        return
    mdx = mdx or SAID.search(text) is not None
    components = {opened[1] or opened[2] for opened in OPENED.finditer(text)}

    def become(match: re.Match[str]) -> str:
        if match["module"] is not None:
            return _left_out(match, calls) if mdx else match[0]
        if match["comment"] is not None:
            return calls.add(Insert(match[0]))
        if match["tag"] is not None:
            return _tag(match, calls, mdx or (match["name"] or match["end"]) in components)
        if mdx and match["expression"] is not None:
            return _expression(match, calls)
        return match[0]

    calls.text = (SCAN_MDX if mdx else SCAN).sub(become, text)


def _has_module(text: str) -> bool:
    """Whether some line may be an import or export."""
    return text.startswith(("import", "export")) or "\nimport" in text or "\nexport" in text


def _left_out(match: re.Match[str], calls: Calls) -> str:
    message = f"{short(match[0])} is code of the site, and is left out."
    return calls.add(Insert(match[0]), message, match.start(), RepairKind.MARKUP_DROPPED)


def _expression(match: re.Match[str], calls: Calls) -> str:
    """An expression in braces: a literal is its text, what is computed is left out."""
    if literal := LITERAL.fullmatch(match[0]):
        return calls.add(Insert(match[0], (Span(literal["text"] or literal["number"] or literal["path"] or ""),)))
    message = f"{short(match[0])} is worked out by the site, and is left out."
    return calls.add(Insert(match[0]), message, match.start(), RepairKind.MARKUP_DROPPED)


def _tag(match: re.Match[str], calls: Calls, component: bool) -> str:
    """A component's tag set aside; HTML's with its attributes in braces mended; a word in angle brackets as it stands."""
    name, attributes = match["name"] or "", match["attributes"] or ""
    if match["end"] is None and not name[0].isupper():
        return _html(match) if "{" in attributes else match[0]
    if not component:
        return match[0]
    if match["end"] is not None:
        return calls.add(Insert(match[0]))
    named = {key.lower(): value for key, value in _attributes(attributes) if value}
    become = insert(Call(_words(name), named), match[0], calls.base)
    if not become.empty:
        return calls.add(become, f"The component {short(match[0])} is kept as what it shows.", match.start(), confidence=0.9)
    stays = "" if match["closed"] else ", and what it holds stays"
    return calls.add(become, f"The component {short(match[0])} is left out{stays}.", match.start(), RepairKind.MARKUP_DROPPED)


def _html(match: re.Match[str]) -> str:
    """An element of HTML with JSX's attributes: literals in braces become HTML's values, what is computed goes.

    A line that goes leaves an attribute without a meaning: an empty one would end the element's block.
    """
    named = [(key, value) for key, value in _attributes(match["attributes"]) if value is not None and '"' not in value]
    kept = "".join(f' {key}="{value}"' if value else f" {key}" for key, value in named)
    return f"<{match['name']}{kept}" + "\nx" * (match[0].count("\n") - kept.count("\n")) + ("/>" if match["closed"] else ">")


def _attributes(text: str) -> list[tuple[str, str | None]]:
    """The attributes of a tag; the value is None where it is computed, empty where there is none."""
    found: list[tuple[str, str | None]] = []
    for match in ONE_ATTRIBUTE.finditer(text):
        if match["key"] is not None:
            value = match["value"]
            if value and value[0] == "{":
                literal = LITERAL.fullmatch(value)
                value = (literal["text"] or literal["number"] or literal["path"] or "") if literal else None
            else:
                value = value[1:-1] if value else ""
            found.append(("class" if match["key"] == "className" else match["key"], value))
    return found


def _words(name: str) -> str:
    """A component's name as a template's call would have it: `YouTube` is one word, `LiteYouTube` and `BlogImage` are two."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name.replace("YouTube", "Youtube").replace("CodePen", "Codepen")).lower()
