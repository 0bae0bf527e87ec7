"""Which release is this?"""

from __future__ import annotations

from importlib.metadata import version as installed


def version() -> str:
    """The distribution's version."""
    return installed("broadsheet")
