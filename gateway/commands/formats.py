"""Which format does `--format` name?"""

from __future__ import annotations

from gateway.settings import Misconfigured
from index.document import SourceFormat


def named(format: str | None) -> SourceFormat | None:
    """The format of this name, whatever its case; raises `Misconfigured`."""
    if format is None:
        return None
    try:
        return SourceFormat(format.upper())
    except ValueError:
        known = ", ".join(one.value.lower() for one in SourceFormat)
        raise Misconfigured(f"--format is {format!r}; it may be {known}.") from None
