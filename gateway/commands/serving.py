"""`broadsheet serve`: how is the service started by a person?"""

from __future__ import annotations

import typer

from gateway.serving import serve
from gateway.settings import Settings


def run(settings: Settings) -> None:
    """Say where everything is, and answer until stopped."""

    def tell(base: str) -> None:
        typer.echo(
            f"Broadsheet, home {settings.home}\n"
            f"  page for people  {base}/\n"
            f"  GraphiQL         {base}/graphiql\n"
            f"  GraphQL          {base}/graphql",
            err=True,
        )

    serve(settings, tell)
