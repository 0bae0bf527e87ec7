"""How does Markdown become an article?

`read` takes a file with its front matter, `body` the Markdown alone. CommonMark with GFM's tables, task lists, strikethrough and bare
addresses, footnotes, definition lists, formulas between `$$`; HTML in it is read by the HTML importer; what templates call on (Hugo,
Jekyll, Zola, Go, MDX) becomes what it shows. Passes, each a file: `shortcodes` and `components` set calls aside, `parser` makes tokens,
`walk` goes through them, `prose`, `containers`, `markup` and `spans` say what becomes of each, `reading` puts the article together.
"""

from __future__ import annotations

from index.importers.markdown.body import body
from index.importers.markdown.reading import read, titled

__all__ = ["body", "read", "titled"]
