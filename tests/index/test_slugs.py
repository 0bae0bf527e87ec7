"""How does a name become part of an address?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.slugs import LONGEST, fold, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Harbour Council Approves", "harbour-council-approves"),
        ("Zoë’s  Straße_№1", "zoes-strasse-no1"),
        ("C'est l’été!", "cest-lete"),
        ("水産 市場", "水産-市場"),
        ("--", ""),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 200, "x" * LONGEST),
    ],
)
def test_a_slug_is_the_folded_words(text: str, slug: str) -> None:
    """Joined by hyphens, cut between words."""
    assert slugify(text) == slug


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    """Slugs of slugs change nothing, and none is too long."""
    slug = slugify(text, "untitled")
    assert slugify(slug) == slug
    assert 0 < len(slug) <= LONGEST


def test_folding_leaves_letters_of_other_scripts() -> None:
    """Only case and accents go."""
    assert fold("ÀÉÎ Ωμέγα 水") == "aei ωμεγα 水"
