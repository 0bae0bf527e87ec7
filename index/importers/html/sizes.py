"""How large is a picture shown?"""

from __future__ import annotations

LARGEST = 20_000  # CSS pixels: more than any page is wide or long on purpose


def size(text: str) -> int | None:
    """A width or height in CSS pixels, as attributes give it; None where it is none."""
    number = text.removesuffix("px").strip()
    if not number.isascii() or not number.isdecimal() or len(number) > len(str(LARGEST)):
        return None
    return int(number) if 0 < int(number) <= LARGEST else None
