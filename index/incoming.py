"""What do importers hand to the store?"""

from __future__ import annotations

import msgspec

from index.document import Article


class Incoming(msgspec.Struct, frozen=True):
    """An article to be stored: complete but for its final slug and anchors.

    The article's slug is the one that its source gives, else empty: then it is made of the title once and kept. Its id counts where it is
    one of ours that does not derive from the key: then it goes before the key. `origin` is the absolute path it came from, for `--prune`
    (empty: none); `fingerprint` is what "unchanged" goes by (empty: it is never unchanged).
    """

    article: Article
    key: str
    fingerprint: str = ""
    origin: str = ""
