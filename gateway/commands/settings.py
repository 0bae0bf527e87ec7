"""`broadsheet settings`: what can be set, and to what is it set?"""

from __future__ import annotations

import typer

from gateway.settings import SETTINGS, Settings


def run(settings: Settings) -> int:
    """A line for each setting that is never cut, with where its value came from; then its default, if that is another, and what it is."""
    typer.echo("# A flag, an environment variable, or a line in broadsheet.toml such as `port = 8000`.")
    for setting in SETTINGS:
        value = str(settings.values[setting.name])
        shown = "•••" if setting.secret and value else value
        default = "" if value == str(setting.default) else f" Default: {setting.default or 'none'}."
        typer.echo(f"\n{setting.variable}={shown}  ({settings.origins[setting.name]})\n    {setting.help}{default}")
    return 0
