"""Which commands are there?

Each is a function in `gateway/commands/`, imported when it runs, so that `--help` is quick. Exit codes: 0 done; 1 done but something was
rejected, or a fault was found; 2 misuse.
"""

from __future__ import annotations

import io
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from gateway.settings import Misconfigured, Settings, load

app = typer.Typer(
    name="broadsheet",
    help="A GraphQL content gateway with search: point it at a pile of articles and query them as typed data.",
    epilog="Begin with: broadsheet import FOLDER, then: broadsheet serve. Every setting: broadsheet settings.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, globs; `-` is standard input.", show_default=False)]
Format = Annotated[
    str | None, typer.Option("--format", metavar="F", help="html, markdown, text, wxr, feed or json; else found from the content.")
]


def set_up(**flags: Any) -> Settings:
    """The settings, with this command's flags."""
    settings = load({name: value for name, value in flags.items() if value is not None})
    for name in settings.unknown:
        typer.echo(f"broadsheet: {name} is set, but there is no such setting. `broadsheet settings` lists them all.", err=True)
    return settings


@app.callback(invoke_without_command=True)
def broadsheet(
    context: typer.Context,
    home: Annotated[
        str | None, typer.Option("--home", metavar="DIR", help="Folder of the embedded store and index (default: ./var).")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Say the version, and end.")] = False,
) -> None:
    """What stands before every command."""
    if version:
        from gateway.version import version as release

        typer.echo(f"broadsheet {release()}")
        raise typer.Exit
    if home is not None:
        os.environ["BROADSHEET_HOME"] = str(Path(home).expanduser().absolute())
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(
    "import", epilog="Examples: broadsheet import articles/ · broadsheet import export.jsonl.gz --dry-run · broadsheet import site/ --prune"
)
def import_(
    paths: Paths,
    format: Format = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report; store nothing.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove articles whose source under PATH is gone.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Read what is unchanged all the same.")] = False,
) -> None:
    """Read, store and index articles. Ends with a count for each outcome and every rejection with its reason; exit 1 if there is one."""
    from gateway.commands.importing import run

    raise typer.Exit(run(set_up(), paths, format, dry_run=dry_run, prune=prune, force=force))


@app.command(epilog="Examples: broadsheet read page.html --json · broadsheet read archive/ --json | jq .title")
def read(
    paths: Paths,
    format: Format = None,
    json: Annotated[bool, typer.Option("--json", help="One document a line, as JSON.")] = False,
) -> None:
    """Read articles without storing them, and show what came out and what was guessed, mended or dropped."""
    from gateway.commands.reading import run

    raise typer.Exit(run(paths, format, json=json))


@app.command(epilog="Example: broadsheet watch site/content")
def watch(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Folders.", show_default=False)],
    format: Format = None,
) -> None:
    """Import folders, then follow them: import what changes, remove what vanishes, until Ctrl-C or SIGTERM."""
    from gateway.commands.watching import run

    raise typer.Exit(run(set_up(), paths, format))


@app.command(epilog="Examples: broadsheet serve · broadsheet serve --port 9000 --workers 2")
def serve(
    host: Annotated[str | None, typer.Option("--host", metavar="H", help="Address to listen on (default: 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option("--port", metavar="P", help="Port to listen on (default: 8000).")] = None,
    workers: Annotated[int | None, typer.Option("--workers", metavar="N", help="Processes that answer (default: 1).")] = None,
) -> None:
    """Answer GraphQL over HTTP, with GraphiQL at /graphiql and a page for people at /."""
    from gateway.commands.serving import run

    run(set_up(host=host, port=port, workers=workers))


@app.command(
    epilog="Examples: broadsheet search harbour -ferry · broadsheet search '\"night work\" -winter' --first 5",
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},  # `-ferry` is a word that must not be there
)
def search(
    query: Annotated[list[str], typer.Argument(metavar="QUERY…", help='Words, "phrases", -not, OR, prefix*, fuzzy~, title:word …')],
    first: Annotated[int, typer.Option("--first", metavar="N", min=1, max=100, help="Most hits to show.")] = 10,
    json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
) -> None:
    """Search from the terminal, with highlighted passages."""
    from gateway.commands.searching import run

    raise typer.Exit(run(set_up(), " ".join(query), first, json=json))


@app.command(epilog='Example: broadsheet explain page.graphql --variables \'{"slug": "storm"}\'')
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A GraphQL document; `-` is standard input.")],
    variables: Annotated[str, typer.Option("--variables", metavar="JSON", help="Values of its variables, as a JSON object.")] = "{}",
) -> None:
    """Say how an operation would run: its cost and limits, the code that it is compiled to, and what is not compiled and why."""
    from gateway.commands.explaining import run

    raise typer.Exit(run(set_up(), file, variables))


@app.command()
def reindex() -> None:
    """Build the index anew from the store, while the old one goes on answering."""
    from gateway.commands.maintaining import reindex as run

    raise typer.Exit(run(set_up()))


@app.command(epilog="Example: broadsheet export articles.jsonl.gz")
def export(path: Annotated[str, typer.Argument(metavar="PATH", help="A file (`.gz` compresses); `-` is standard output.")]) -> None:
    """Write every article as JSON lines that `import` reads back without loss."""
    from gateway.commands.exporting import run

    raise typer.Exit(run(set_up(), path))


@app.command()
def schema() -> None:
    """Print the GraphQL schema."""
    from schema.build import build, printed

    typer.echo(printed(build()), nl=False)


@app.command()
def check() -> None:
    """Verify that store and index are sound and agree; exit 1 and one line for each fault if not."""
    from gateway.commands.maintaining import check as run

    raise typer.Exit(run(set_up()))


documents = typer.Typer(name="documents", help="Keep GraphQL documents that requests may name.", no_args_is_help=True)
app.add_typer(documents)


@documents.command("add", epilog="Example: broadsheet documents add queries/*.graphql")
def documents_add(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE…", help="GraphQL documents, or Apollo's or Relay's lists of them (.json).", show_default=False),
    ],
) -> None:
    """Check documents and keep each under its file's name without the ending, those of a list under their ids there.

    None is kept if one has a fault (exit 1).
    """
    from gateway.commands.documents import add

    raise typer.Exit(add(set_up(), files))


@documents.command("list")
def documents_list() -> None:
    """One line for each: its name, its hash, and when it was added."""
    from gateway.commands.documents import show

    raise typer.Exit(show(set_up()))


@documents.command("remove")
def documents_remove(names: Annotated[list[str], typer.Argument(metavar="NAME…", show_default=False)]) -> None:
    """Forget documents; exit 1 if one was not there."""
    from gateway.commands.documents import remove

    raise typer.Exit(remove(set_up(), names))


@app.command()
def settings() -> None:
    """Every setting with its default, its value, where that came from, and help."""
    from gateway.commands.settings import run

    raise typer.Exit(run(set_up()))


def shadowed() -> str | None:
    """A sentence that says so where another installed package stands before one of ours (one on PyPI is called `schema`)."""
    here = Path(__file__).resolve().parent.parent
    for name in ("schema", "index"):
        found = find_spec(name)
        origin = None if found is None or found.origin is None else Path(found.origin).resolve().parent.parent
        if origin != here:
            return f"Another package called {name!r} ({origin}) hides Broadsheet's. Install Broadsheet alone, for example with pipx."
    return None


def main() -> None:
    """Run the command line; what goes wrong is a sentence, never a traceback."""
    from index.library import Behind
    from index.search.engine import IndexUnavailable
    from index.store.store import StoreError

    if (hidden := shadowed()) is not None:
        sys.exit(hidden)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that is not in UTF-8 shows what it can
    try:
        app()
    except (Misconfigured, StoreError, IndexUnavailable, Behind) as error:
        typer.echo(f"broadsheet: {error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        typer.echo("broadsheet: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:  # whoever read the output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except OSError as error:  # a full disk, a folder that may not be written; what was stored is stored
        where = f" ({error.filename})" if error.filename else ""
        typer.echo(f"broadsheet: {error.strerror or error}{where}. What was stored before is kept; mend this and try again.", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
