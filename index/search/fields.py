"""What of an article is searched, and with which weight?

One main field holds all the words of an article; each occurrence weighs by the part that it stands in, and weights add up before scoring
(BM25F: Robertson, Zaragoza and Taylor 2004). Narrow fields answer `title:`, `author:`, `category:`, `tag:` and `table:`.
"""

from __future__ import annotations

import enum


class SearchField(enum.Enum):
    """The parts of an article that answer a query."""

    TITLE = "TITLE"
    SUMMARY = "SUMMARY"
    HEADING = "HEADING"
    BODY = "BODY"
    LIST = "LIST"
    TABLE = "TABLE"
    CODE = "CODE"
    AUTHOR = "AUTHOR"
    CATEGORY = "CATEGORY"
    TAG = "TAG"


WEIGHTS = {
    SearchField.TITLE: 3.0,
    SearchField.SUMMARY: 1.5,
    SearchField.HEADING: 2.0,
    SearchField.BODY: 1.0,
    SearchField.LIST: 1.0,
    SearchField.TABLE: 1.0,
    SearchField.CODE: 0.5,
    SearchField.AUTHOR: 2.0,
    SearchField.CATEGORY: 2.0,
    SearchField.TAG: 2.0,
}
QUARTERS = 4  # weights are kept in these: they add up exactly, and in two bytes
NARROW = {
    "title": SearchField.TITLE,
    "author": SearchField.AUTHOR,
    "category": SearchField.CATEGORY,
    "tag": SearchField.TAG,
    "table": SearchField.TABLE,
}
