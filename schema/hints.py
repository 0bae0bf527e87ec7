"""For how long may others keep an answer without asking again?

Seconds for each field that says so; an answer may be kept for as long as the most hasty of its fields. They say how soon a reader should
see a change; an answer that is asked for again is never older than its request, whatever stands here.
"""

from __future__ import annotations

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    visit,
)

MAX_AGES = {
    "Query.__schema": 300,
    "Query.__type": 300,
    "Query.site": 300,
    "Query.suggest": 300,
    "Query.archive": 60,
    "Query.archives": 60,
    "Query.article": 60,
    "Query.author": 60,
    "Query.authors": 60,
    "Query.categories": 60,
    "Query.category": 60,
    "Query.node": 60,
    "Query.nodes": 60,
    "Query.tag": 60,
    "Query.tags": 60,
    "Query.articles": 30,
    "Query.search": 30,
    "ArticleConnection.totalCount": 30,
    "Site.articleCount": 30,
    "Site.lastPublishedAt": 30,
}
"""By type and field; a field that is not named here goes by the one that it stands in."""


class _Fields(Visitor):
    """Notes the fields of a document, by their types."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types = types
        self.names: set[str] = set()

    def enter_field(self, node: FieldNode, *_: object) -> None:
        """Note one."""
        parent = self.types.get_parent_type()
        self.names.add(f"{parent.name if parent else ''}.{node.name.value}")


def max_ages(schema: GraphQLSchema, document: DocumentNode) -> dict[str, int]:
    """Seconds that the answers to a document's operations may be kept, by their names.

    All fragments of the document count, and what `@skip` leaves out.
    """
    fragments = [one for one in document.definitions if isinstance(one, FragmentDefinitionNode)]
    shared = _names(schema, *fragments)
    return {
        one.name.value if one.name else "": min((MAX_AGES[name] for name in shared | _names(schema, one) if name in MAX_AGES), default=0)
        for one in document.definitions
        if isinstance(one, OperationDefinitionNode)
    }


def _names(schema: GraphQLSchema, *definitions: OperationDefinitionNode | FragmentDefinitionNode) -> set[str]:
    """The fields that these select, by type and name."""
    fields = _Fields(types := TypeInfo(schema))
    for definition in definitions:
        visit(definition, TypeInfoVisitor(types, fields))
    return fields.names
