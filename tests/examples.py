"""How many examples does a property need?"""

from __future__ import annotations

from hypothesis import settings


def multiple(number: int) -> settings:
    """So many times as many as the profile has: of the seeded slice, and of the long runs."""
    return settings(max_examples=number * settings().max_examples)
