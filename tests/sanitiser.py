"""What does a sanitiser that is not ours leave of our HTML?"""

from __future__ import annotations

import nh3

ALLOWED = {
    "a": {"href"},
    "code": {"class"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
TAGS = {*ALLOWED, *"blockquote br caption cite em figcaption figure hr li mark p pre s strong sub sup table tbody thead tr u ul".split()}  # noqa: SIM905  (as they are read)
SCHEMES = {"http", "https", "mailto", "tel"}


def sanitised(html: str) -> str:
    """The HTML with nothing but tags, attributes and addresses that can do no harm, as nh3 writes it."""
    return nh3.clean(html, tags=TAGS, attributes=ALLOWED, link_rel=None, url_schemes=SCHEMES)
