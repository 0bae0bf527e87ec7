"""Is the schema what frontends were promised?"""

from pathlib import Path

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType, build_schema
from graphql.utilities import find_breaking_changes

from schema.build import build, printed

ROOT = Path(__file__).parent.parent.parent
CONTRACT = ROOT.parent / "shared" / "contract" / "schema.graphql"
LATER = {"ImportArticleInput", "ImportArticlePayload", "ImportOutcome", "RemoveArticlePayload", "InputError", "ArticleChange", "ChangeKind"}


def test_the_printed_schema_is_checked_in() -> None:
    """`broadsheet schema > schema.graphql` after a change."""
    assert (ROOT / "schema.graphql").read_text(encoding="utf-8") == printed(build())


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract is not beside this checkout")
def test_nothing_of_the_contract_is_missing_or_weakened() -> None:
    """All that is reachable from Query, and none of the index's nullable fields made non-null."""
    theirs, ours = build_schema(CONTRACT.read_text(encoding="utf-8")), build_schema(printed(build()))
    broken = [change.description for change in find_breaking_changes(theirs, ours)]
    assert [sentence for sentence in broken if sentence.split()[0] not in {*LATER, "Mutation", "Subscription"}] == []
    stricter = [change.description for change in find_breaking_changes(ours, theirs)]
    assert [sentence for sentence in stricter if "changed type" in sentence] == []


def test_every_type_is_described() -> None:
    """A docstring is the documentation: every type of ours has one."""
    schema = build_schema(printed(build()))
    for name, type_ in schema.type_map.items():
        if name.startswith("__") or not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            continue
        assert type_.description, name


def test_fields_that_two_kinds_of_block_share_have_one_type() -> None:
    """So that fragments on them never conflict."""
    schema = build_schema(printed(build()))
    for abstract in schema.type_map.values():
        if not isinstance(abstract, GraphQLInterfaceType | GraphQLUnionType):
            continue
        seen: dict[str, str] = {}
        for type_ in schema.get_possible_types(abstract):
            for name, field in type_.fields.items():
                if abstract.name == "Block":
                    assert seen.setdefault(name, str(field.type)) == str(field.type), f"{type_.name}.{name}"
