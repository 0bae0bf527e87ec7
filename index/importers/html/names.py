"""Which elements does HTML know, and of what kind is each?

The lists are the HTML Living Standard's, with the elements that older pages still have.
"""

from __future__ import annotations

from collections.abc import Mapping

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])

_VOID = "area base basefont bgsound br col command embed frame hr img input keygen link meta param source track wbr"
_BLOCKS = """
    address article aside audio blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
    frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe li main menu nav object ol p pre section summary table tbody td tfoot th
    thead tr ul video caption colgroup search legend embed
"""
_ENDS_PARAGRAPH = "article aside details dialog figcaption figure footer header hgroup main nav search section"
_NEVER_SHOWN = """
    applet area base basefont bgsound canvas command datalist frame head keygen link meta noframes script style
    template title
"""
_MEANINGFUL = "canvas dialog form frameset label map marquee menuitem meter noframes progress rb rt ruby"
_IN_HEAD = "base basefont bgsound command link meta noframes noscript script style template title"
_PHRASING = """
    abbr audio b bdo big br button cite code data datalist dfn em embed font i img input kbd label mark math meter mjx-container noscript
    object output progress q ruby s samp script select small span strike strong sub sup textarea time tt u var wbr
"""
_CONTROLS = "button fieldset input keygen label optgroup option output progress meter select textarea legend"

VOID = frozenset(_VOID.split())
"""Elements without content."""
ITEMS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol", "menu", "dir"])),
    "dt": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "dd": (frozenset(["dt", "dd"]), frozenset(["dl"])),
}
"""Elements that end those before them which were left open, up to the list that holds them."""
BLOCKS = frozenset(_BLOCKS.split())
"""Elements that stand apart from running text."""
ENDS_PARAGRAPH = frozenset(_ENDS_PARAGRAPH.split())
"""Elements that close an open paragraph and are newer than the parser's own list."""
NEVER_SHOWN = frozenset(_NEVER_SHOWN.split())
"""Elements of which a reader sees nothing."""
CONTROLS = frozenset(_CONTROLS.split())
"""Elements that a reader types into or presses."""
PHRASING = frozenset(_PHRASING.split())
"""Elements of running text that hold only such."""
MEANINGFUL = frozenset(_MEANINGFUL.split())
"""Elements that mean something for which an article has no place."""
IN_HEAD = frozenset(_IN_HEAD.split())
"""Elements that a head may hold: any other begins the body."""
