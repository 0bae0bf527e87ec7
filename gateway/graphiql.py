"""How do developers explore the API? GraphiQL, from local files only.

The files are bundled from npm packages when the package is built (`hatch_build.py`). The page's policy lets it load nothing from anywhere
else.
"""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from gateway.assets import Assets

FILES = Path(__file__).parent / "static" / "graphiql"
# Monaco sets styles from scripts, and GraphiQL's style sheet holds its fonts
POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {"content-security-policy": POLICY, "referrer-policy": "no-referrer", "x-content-type-options": "nosniff"}
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphiQL · Broadsheet</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/files/main.css">
<link rel="stylesheet" href="/assets/graphiql.css">
</head>
<body>
<div id="root" data-endpoint="/graphql"><noscript>GraphiQL needs JavaScript. The schema is at /schema.graphql.</noscript></div>
<script type="module" src="/graphiql/files/main.js"></script>
</body>
</html>
"""
MISSING = """GraphiQL is not built into this installation. In a checkout run `pip install --no-deps -e .` (it needs an npm registry);
a wheel that was built without BROADSHEET_NO_GRAPHIQL has it. The schema is at /schema.graphql, the API at /graphql.
"""


def routes(files: Path = FILES) -> list[BaseRoute]:
    """The page, or how to build what it needs, and its files."""

    def page(_request: Request) -> Response:
        if not (files / "main.js").is_file():
            return PlainTextResponse(MISSING, 503)
        return HTMLResponse(PAGE, headers=HEADERS)

    return [Route("/graphiql", page), Mount("/graphiql/files", Assets(directory=files, check_dir=False))]
