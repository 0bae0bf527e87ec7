"""What can go wrong with a request, and what does the caller read?

GraphQLError
├── BadUserInput      BAD_USER_INPUT: an argument that cannot be answered
├── LimitExceeded     LIMIT_EXCEEDED: more was asked than one request may have
└── NotNow            INDEX_UNAVAILABLE or TIMEOUT: the same request may succeed later

Its law: every error that reaches a caller has `extensions.code` and a sentence that says what to do, and none shows our insides.
"""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError

from index.search.engine import IndexUnavailable, SearchTimeout
from index.store.store import StoreError, StoreTimeout


class BadUserInput(GraphQLError):
    """An argument that cannot be answered; the message says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT"})


class LimitExceeded(GraphQLError):
    """More was asked than one request may have; `limit` is the number that was exceeded."""

    def __init__(self, message: str, limit: int) -> None:
        super().__init__(message, extensions={"code": "LIMIT_EXCEEDED", "limit": limit})


class NotNow(GraphQLError):
    """The part of the service that should answer cannot at the moment."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message, extensions={"code": code})


def shown(error: GraphQLError) -> dict[str, Any]:
    """An error as its caller reads it: what we do not know stays in the log."""
    out = dict(error.formatted)
    original = error.original_error
    if isinstance(original, GraphQLError) and original.extensions:
        out["extensions"] = dict(original.extensions)
    elif isinstance(original, IndexUnavailable):
        out["extensions"] = {"code": "INDEX_UNAVAILABLE"}
    elif isinstance(original, SearchTimeout | StoreTimeout):
        out["extensions"] = {"code": "TIMEOUT"}
        out["message"] = str(original) or "This took longer than one search or read may take. Ask for less."
    elif isinstance(original, StoreError):
        out["extensions"] = {"code": "STORE_UNAVAILABLE"}
        out["message"] = "The document store cannot answer now. Try again in a moment."
    elif original is not None and not isinstance(original, GraphQLError):
        out["extensions"] = {"code": "INTERNAL"}
        out["message"] = "Something went wrong here that is not your fault. The log has it under this request's id."
    elif "extensions" not in out:
        out["extensions"] = {"code": "BAD_USER_INPUT"}  # a variable or an argument that is not of its type
    return out


def is_ours(error: GraphQLError) -> bool:
    """Whether an error is a defect here rather than something the caller can mend or wait for."""
    return bool(shown(error)["extensions"]["code"] == "INTERNAL")
