"""How is a formula written down?

As TeX where the page holds it (an annotation, or a picture's alternative text), else as one line made of MathML's parts.
"""

from __future__ import annotations

import re

from index.importers.html.tree import Node

TEX = ("application/x-tex", "text/x-tex", "latex", "tex")
PICTURE = re.compile(r"(?:^|[\s/_-])(?:math|tex|latex|equation)(?:[\s/_-]|$)|mathtex|codecogs", re.IGNORECASE)
TEX_LIKE = re.compile(r"[\\^_{}=]|^\S{1,3}$")
DISPLAY = re.compile(r"^\{\\(?:display|text)style\s(.*)\}$", re.DOTALL)
SPAN = re.compile(r"(?:^|\s)(?:math|tex|arithmatex)(?:\s|$)")
DELIMITED = re.compile(r"\\\(.*\\\)|\\\[.*\\\]|\$.*\$", re.DOTALL)
TOKENS = frozenset(["mi", "mn", "mo", "ms", "mtext"])


def formula_of(node: Node) -> str | None:
    """The formula that a `math` element, a span of class `math` or a picture of a formula shows; None for anything else."""
    if node.tag == "span":
        return tidy(node.text) if SPAN.search(node.get("class")) and DELIMITED.fullmatch(node.text) else None
    if node.tag == "math":
        annotation = next((n for n in node.walk() if n.tag == "annotation" and n.get("encoding").lower() in TEX), None)
        return tidy(annotation.text) if annotation is not None else " ".join(_linear(node).split())
    alt = node.get("alt")
    names = f"{node.get('class')} {node.get('src')}"
    return tidy(alt) if alt and PICTURE.search(names) and TEX_LIKE.search(alt) else None


def tidy(tex: str) -> str:
    """TeX without what only says how large it is set, and without dollars around it."""
    tex = " ".join(tex.split())
    if DELIMITED.fullmatch(tex):
        tex = tex.strip("$") if tex.startswith("$") else tex[2:-2]
    found = DISPLAY.match(tex)
    return (found.group(1) if found else tex).strip()


def _linear(node: Node) -> str:
    """MathML on one line: `a^(b)`, `(a)/(b)`, `√(a)`."""
    if node.tag in TOKENS:
        return f"{node.text} "
    if node.tag in ("annotation", "annotation-xml"):
        return ""
    parts = [_linear(child).strip() for child in node.elements]
    if len(parts) == 2 and node.tag in ("msup", "msub", "mfrac"):
        sign = {"msup": "^", "msub": "_", "mfrac": "/"}[node.tag]
        return f"{_grouped(parts[0])} {sign} {_grouped(parts[1])} "
    if node.tag == "msqrt":
        return f"√({' '.join(parts)}) "
    return " ".join(filter(None, parts)) + " "


def _grouped(part: str) -> str:
    return f"({part})" if " " in part else part
