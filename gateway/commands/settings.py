"""`broadsheet settings`: what can be set, and to what is it set?"""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from gateway.settings import SETTINGS, Settings


def run(settings: Settings) -> int:
    """A row for each setting."""
    table = Table(
        "Setting", "Value", "From", "Default", "What it is", title="Settings: a flag, an environment variable, or a line in broadsheet.toml"
    )
    for setting in SETTINGS:
        value = str(settings.values[setting.name])
        table.add_row(
            setting.variable,
            "•••" if setting.secret and value else value,
            settings.origins[setting.name],
            str(setting.default),
            setting.help,
        )
    Console().print(table)
    return 0
