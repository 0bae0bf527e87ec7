"""What has a global id?

https://relay.dev/graphql/objectidentification.htm
"""

from __future__ import annotations

import strawberry

from schema.describing import interface


@interface
class Node:
    """Whatever can be fetched again by its id."""

    id: strawberry.ID

    @classmethod
    def resolve_type(cls, value: object, *_: object) -> str:
        """The name of a node's GraphQL type: that of its class."""
        return type(value).__name__
