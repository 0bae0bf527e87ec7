"""Who may ask how much at once?

Limits are checked before validation, in one walk in which every fragment is visited once however often it is spread, so that a small
document that spreads to a huge one costs no more than a small one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from gateway.settings import Settings
from schema.errors import LimitExceeded


class Limits(NamedTuple):
    """The most that one document may have; see the settings `limit_…`."""

    characters: int = 100_000
    tokens: int = 2_000
    depth: int = 20
    fields: int = 5_000
    aliases: int = 30
    directives: int = 8
    same_keys: int = 30
    root_fields: int = 20
    cost: int = 10_000
    validation_errors: int = 5

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits that are set."""
        return cls(**{name: settings.whole(f"limit_{name}") for name in cls._fields})


class Size(NamedTuple):
    """How large a selection is once its fragments are inlined. `keys` says how often each response key is selected side by side."""

    fields: int
    aliases: int
    depth: int
    same_keys: int
    keys: dict[str, int]


NOTHING = Size(0, 0, 0, 0, {})


class Measure:
    """The sizes of a document's operations."""

    def __init__(self, document: DocumentNode) -> None:
        self.fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self._sizes: dict[str, Size] = {}
        self._open: set[str] = set()
        self.directives = 0

    def fragment(self, name: str) -> Size:
        """The size of a fragment, worked out once; one that is unknown, or spreads itself, is left to validation."""
        if name not in self._sizes:
            if name in self._open or name not in self.fragments:
                return NOTHING
            self._open.add(name)
            self._note_directives(self.fragments[name])
            self._sizes[name] = self.selection(self.fragments[name].selection_set)
            self._open.discard(name)
        return self._sizes[name]

    def selection(self, selected: SelectionSetNode) -> Size:
        """The size of a selection."""
        fields = aliases = depth = same = 0
        keys: dict[str, int] = {}
        for node in selected.selections:
            self._note_directives(node)
            if isinstance(node, FieldNode):
                inner = self.selection(node.selection_set) if node.selection_set else NOTHING
                own = Size(inner.fields + 1, inner.aliases + (node.alias is not None), inner.depth + 1, inner.same_keys, {_key(node): 1})
            elif isinstance(node, FragmentSpreadNode):
                own = self.fragment(node.name.value)
            else:
                own = self.selection(node.selection_set)  # type: ignore[attr-defined]  # the third and last kind is an inline fragment
            fields, aliases, depth, same = fields + own.fields, aliases + own.aliases, max(depth, own.depth), max(same, own.same_keys)
            for key, count in own.keys.items():
                keys[key] = keys.get(key, 0) + count
        return Size(fields, aliases, depth, max([same, *keys.values()]), keys)

    def _note_directives(self, node: object) -> None:
        self.directives = max(self.directives, len(getattr(node, "directives", None) or ()))


def _key(node: FieldNode) -> str:
    return node.alias.value if node.alias else node.name.value


def counts(document: DocumentNode, limits: Limits) -> Iterator[tuple[str, int, int]]:
    """What is limited, how much of it there is in each operation and fragment, and how much there may be."""
    measure = Measure(document)
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            measure._note_directives(definition)  # noqa: SLF001  (of the class above)
            for variable in definition.variable_definitions or ():
                measure._note_directives(variable)  # noqa: SLF001  (likewise)
            size = measure.selection(definition.selection_set)
            yield "root fields", sum(size.keys.values()), limits.root_fields
        elif isinstance(definition, FragmentDefinitionNode):
            size = measure.fragment(definition.name.value)
        else:
            continue
        yield "fields", size.fields, limits.fields
        yield "aliases", size.aliases, limits.aliases
        yield "levels", size.depth, limits.depth
        yield "equal response keys side by side", size.same_keys, limits.same_keys
    yield "directives on one thing", measure.directives, limits.directives


def check_size(document: DocumentNode, limits: Limits) -> LimitExceeded | None:
    """The first limit that a document exceeds."""
    for what, found, most in counts(document, limits):
        if found > most:
            many = str(found) if found < 10**9 else "over 10⁹"
            return LimitExceeded(f"The operation has too many {what}: {many}; allowed are {most}. Ask for less at once.", most)
    return None
