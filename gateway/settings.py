"""What can be set, how, and to what is it set?

A setting is a row of data with its help. It is, first found, a flag, an environment variable `BROADSHEET_…`, a line in
`broadsheet.toml` in the working directory, or its default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

FILE = "broadsheet.toml"
PREFIX = "BROADSHEET_"


class Misconfigured(Exception):
    """A setting that cannot be used; the message says which, why, and what to write instead."""


class Setting(NamedTuple):
    """One thing that can be set.

    `least` is the least that a number may be; `choices` are all that a word may be; a `secret` is not shown.
    """

    name: str
    default: str | int | float
    help: str
    least: float = 0
    choices: tuple[str, ...] = ()
    secret: bool = False

    @property
    def variable(self) -> str:
        """Its environment variable."""
        return PREFIX + self.name.upper()

    def read(self, given: Any, origin: str) -> str | int | float:
        """The value that somebody gave, of the default's type; raises `Misconfigured`."""
        kind = type(self.default)
        try:
            value = kind(given)
        except (TypeError, ValueError):
            kinds = {int: "a whole number", float: "a number"}
            raise Misconfigured(f"{self.name} is {given!r} ({origin}); it must be {kinds.get(kind, 'a text')}.") from None
        if not isinstance(value, str) and not value >= self.least:
            raise Misconfigured(f"{self.name} is {given!r} ({origin}); it may not be below {self.least:g}.")
        if self.choices and value not in self.choices:
            raise Misconfigured(f"{self.name} is {given!r} ({origin}); it may be {' or '.join(self.choices)}.")
        return value


SETTINGS = (
    Setting("home", "./var", "Folder in which the embedded store and index live."),
    Setting("store", "sqlite:///broadsheet.db", "Address of the document store; a relative path is in the home."),
    Setting("index", "whoosh:///index", "Address of the full-text index; a relative path is in the home."),
    Setting("synonyms", "", "File of synonyms for searches, in Solr's format; a relative path is in the home. Empty: none."),
    Setting("host", "127.0.0.1", "Address to listen on."),
    Setting("port", 8000, "Port to listen on; 0 takes a free one."),
    Setting("workers", 1, "Processes that answer requests.", least=1),
    Setting("title", "Broadsheet", "The archive's name, as `site.title` and the front page show it."),
    Setting("description", "", "A sentence about the archive, as `site.description` shows it."),
    Setting("url", "", "The archive's own address on the web, as `site.url` shows it."),
    Setting(
        "response_cache",
        "on",
        "Whether answers are kept until a change touches what they hold; off: every one is computed.",
        choices=("on", "off"),
    ),
    Setting("response_cache_bytes", 67_108_864, "Most bytes that the kept answers of one process take."),
    Setting(
        "surrogate_keys",
        "surrogate-key",
        "The header in which caches on the way find the keys of what an answer holds.",
        choices=("surrogate-key", "cache-tag", "off"),
    ),
    Setting("purge_url", "", "Where the keys of every change are posted, for a cache on the way to drop; empty: nowhere."),
    Setting("purge_secret", "", "What those messages are signed with.", secret=True),
    Setting(
        "documents_only", "off", "Whether only documents that `broadsheet documents add` has kept are answered.", choices=("on", "off")
    ),
    Setting("batching", 0, "Most operations in one request, as a JSON array; 0: batches are not answered."),
    Setting("compiled", "on", "Whether selections are compiled, or completed by graphql-core alone.", choices=("on", "off")),
    Setting("cors_origins", "*", "Origins whose pages may ask, separated by commas; `*` is any, empty is none but this service's own."),
    Setting("log_requests", "failed", "Which requests are logged: those that fail or are slow, or all.", choices=("failed", "all")),
    Setting("slow_request", 1.0, "Seconds after which a request counts as slow."),
    Setting("limit_body", 1_048_576, "Most bytes of a request's body."),
    Setting("limit_sockets", 1_000, "Most WebSockets that one process holds open at once; 0: none."),
    Setting("limit_characters", 100_000, "Most characters of a GraphQL document.", least=1),
    Setting("limit_tokens", 2_000, "Most tokens of a GraphQL document.", least=1),
    Setting("limit_depth", 20, "Most levels of a GraphQL operation, the leaf counted.", least=1),
    Setting("limit_fields", 5_000, "Most fields of a GraphQL operation, fragments counted as if inlined.", least=1),
    Setting("limit_aliases", 30, "Most aliases of a GraphQL operation."),
    Setting("limit_directives", 8, "Most directives on one thing of a GraphQL document."),
    Setting("limit_same_keys", 30, "Most equal response keys side by side.", least=1),
    Setting("limit_root_fields", 20, "Most root fields of a GraphQL operation.", least=1),
    Setting("limit_cost", 10_000, "Highest cost of a GraphQL operation.", least=1),
    Setting("limit_validation_errors", 5, "Most validation errors in one answer.", least=1),
    Setting("limit_search_seconds", 2.0, "Longest time of one search.", least=0.01),
    Setting("limit_store_seconds", 2.0, "Longest time of one read of the store.", least=0.01),
    Setting("limit_request_seconds", 10.0, "Longest time of one request.", least=0.01),
)


class Settings:
    """Every setting's value and where it came from; `unknown` are the variables of our prefix that set nothing."""

    def __init__(self, values: Mapping[str, str | int | float], origins: Mapping[str, str], unknown: tuple[str, ...] = ()) -> None:
        self.values = values
        self.origins = origins
        self.unknown = unknown

    def text(self, name: str) -> str:
        """The value of a setting that is a text."""
        return str(self.values[name])

    def whole(self, name: str) -> int:
        """The value of a setting that is a whole number."""
        return int(self.values[name])

    def number(self, name: str) -> float:
        """The value of a setting that is a number."""
        return float(self.values[name])

    @property
    def home(self) -> Path:
        """The folder of the embedded store and index, absolute."""
        return Path(self.text("home")).expanduser().absolute()


def load(flags: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings as flags (None: not given), environment and file have them; raises `Misconfigured`."""
    environment = os.environ if environment is None else environment
    file = _read_file((folder or Path.cwd()) / FILE)
    values: dict[str, str | int | float] = {}
    origins: dict[str, str] = {}
    for setting in SETTINGS:
        given, origin = next(
            (
                (where[key], origin)
                for where, key, origin in (
                    (flags or {}, setting.name, "flag"),
                    (environment, setting.variable, "environment"),
                    (file, setting.name, FILE),
                )
                if where.get(key) is not None
            ),
            (setting.default, "default"),
        )
        values[setting.name] = setting.read(given, origin)
        origins[setting.name] = origin
    return Settings(values, origins, _unknown(environment))


def _read_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Misconfigured(f"{path.name} cannot be read: {error}. It holds lines like `port = 8000`.") from None
    unknown = sorted(given.keys() - {setting.name for setting in SETTINGS})
    if unknown:
        raise Misconfigured(f"{path.name} sets {unknown[0]!r}, which is no setting. `broadsheet settings` lists them all.")
    return given


def _unknown(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The variables that look like settings and are none: misspelt, or of another release."""
    known = {setting.variable for setting in SETTINGS} | {PREFIX + "NO_GRAPHIQL"}
    return tuple(sorted(name for name in environment if name.startswith(PREFIX) and name not in known))
