"""What of a page could run, or be filled in?

Nothing of it is part of an article: no handler makes anything of it. It is counted here, so that its absence is said.
"""

from __future__ import annotations

from index.document import RepairKind
from index.importers.html.tree import Tree
from index.importers.repairs import Repairs

DATA = ("json", "template", "x-tmpl", "handlebars", "math/")  # types of scripts that are data
CONTROLS = ("input", "select", "textarea", "button")


def report(page: Tree, repairs: Repairs) -> None:
    """Say that scripts, handlers and form controls were removed, with their number and the line of the first of each."""
    scripts = [node for node in page.all("script") if not any(word in node.get("type").lower() for word in DATA)]
    controls = [node for node in page.all(*CONTROLS) if node.get("type").lower() not in ("hidden", "checkbox")]
    for what, found in (("Scripts", scripts), ("Event handlers of elements", page.handled), ("Form controls", controls)):
        if found:
            line = min(node.line for node in found)
            repairs.add(RepairKind.UNSAFE_REMOVED, f"{what} were removed: {len(found)}.", line or None)
