"""How do the parts become a schema?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import strawberry
from strawberry.printer import print_schema
from strawberry.schema.config import StrawberryConfig

from schema import blocks
from schema.articles import Article
from schema.query import Query
from schema.sections import Section
from schema.tables import Table
from schema.times import DATE_TIME
from schema.topics import Author, Category, Tag

BLOCKS = [blocks.Paragraph, blocks.List, Table, blocks.Blockquote, blocks.Code, blocks.ImageBlock, blocks.Embed, blocks.ThematicBreak]


def build(**options: Any) -> strawberry.Schema:
    """The schema, with whatever options Strawberry's takes."""
    config = StrawberryConfig(auto_camel_case=True, scalar_map={dt.datetime: DATE_TIME})
    return strawberry.Schema(query=Query, types=[*BLOCKS, Article, Section, Author, Category, Tag], config=config, **options)


def printed(schema: strawberry.Schema) -> str:
    """The schema as GraphQL's own language has it, ended by a line break."""
    return print_schema(schema).rstrip() + "\n"
