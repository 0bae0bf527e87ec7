"""What does the reading of one Markdown text share?

The parser and what it remembers of links and notes, the template calls that were set aside, the repairs, and the line that the text
starts on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token

from index.document import RepairKind
from index.importers.markdown.parser import Parser
from index.importers.markdown.shortcodes import OPEN, Calls
from index.importers.repairs import Repairs
from index.importers.urls import names_unsafe, safe_url

# an address that `safe_url` hands back as it is, whatever the base; four in five links of the sample archive are such
PLAIN_URL = re.compile(r"https?://(?:[a-z][a-z0-9-]*\.)+[a-z]{2,20}(?:[/?#][A-Za-z0-9\-._~:/?#@!$()*+,;=%]{0,2000})?")


@dataclass(slots=True)
class Sheet:
    """One text on its way to headings and blocks; `base` is the address that relative ones are made absolute against."""

    parser: Parser
    calls: Calls
    repairs: Repairs
    base: str | None = None
    first_line: int = 1
    env: dict[str, Any] = field(default_factory=dict)  # the library's own: references and footnotes

    def parse(self, content: str) -> list[Token]:
        """The tokens of running text."""
        return self.parser.parse_inline(content, self.env)

    def line(self, token: Token) -> int | None:
        """The line of the file that a token starts on."""
        return self.first_line + token.map[0] if token.map else None

    def url(self, address: str, what: str, line: int | None) -> str | None:
        """The address as it may stand in a document; None where it may not, and a repair where that is for what it would do."""
        if PLAIN_URL.fullmatch(address):
            return address
        if OPEN in address:
            address = self.calls.address(address) or "/"
        safe = safe_url(address, self.base)
        if safe is None and names_unsafe(address):
            self.repairs.add(RepairKind.UNSAFE_REMOVED, f"The address of {what} was removed: {address.strip()[:60]!r}.", line)
        return safe
