import hashlib

from index.store.persisted import hash_of
from index.store.store import PersistedDocument

TEXT = "{ site { title } }"


def test_a_hash_is_the_one_of_graphql_over_http():
    """The example of its appendix on persisted documents."""
    text = "query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}"
    assert hash_of(text) == "sha256:7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e"


def test_a_document_is_found_by_its_name_and_its_hash(store, day):
    """And by nothing else; all of them stand by name."""
    store.persist_documents({"b": TEXT, "a": "{ __typename }"}, day(1))
    hash = "sha256:" + hashlib.sha256(TEXT.encode()).hexdigest()
    assert [store.persisted_document(id) for id in ("b", hash, hash[7:], "c", "")] == [TEXT, TEXT, None, None, None]
    assert [document.name for document in store.persisted_documents()] == ["a", "b"]
    assert store.persisted_documents()[1] == PersistedDocument("b", hash, TEXT, day(1))


def test_a_name_that_is_taken_gets_the_new_text(store, day):
    """The old one is gone, its hash too."""
    store.persist_documents({"a": "{ a }"})
    store.persist_documents({"a": TEXT}, day(2))
    assert store.persisted_document(hash_of("{ a }")) is None
    assert [(document.text, document.added_at) for document in store.persisted_documents()] == [(TEXT, day(2))]


def test_what_is_removed_is_found_no_more(store):
    """Only what there was is named; other documents stay, a text under another name too."""
    store.persist_documents({"a": TEXT, "b": TEXT, "c": "{ c }"})
    assert store.forget_documents(["c", "nothing", "a"]) == ["a", "c"]
    assert [store.persisted_document(id) for id in ("a", "b", "c", hash_of(TEXT))] == [None, TEXT, None, TEXT]


def test_nothing_of_it_is_a_change_of_an_article(store):
    """The index has nothing to follow."""
    store.persist_documents({"a": TEXT})
    assert store.revision() == 0
    assert store.check() == []
