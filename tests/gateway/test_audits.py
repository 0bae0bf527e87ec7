"""Is it GraphQL over HTTP to the letter? The audit suite of `graphql-http` says so, one test an audit; `make audits` installs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.service import Service

FOLDER = Path(__file__).parent / "audits"
AUDITS = (FOLDER / "audits.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def results(service: Service) -> dict[str, Any]:
    """What each audit found, by its id and name."""
    assert (FOLDER / "node_modules").exists(), "The audits are missing: make audits"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # Node.js is one of the development packages
    command = ["node", "audits.mjs", f"{service.url}/graphql"]
    done = subprocess.run(command, cwd=FOLDER, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return {f"{found['id']} {found['name']}": found for found in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("audit", AUDITS)
def test_an_audit_passes(results: dict[str, Any], audit: str) -> None:
    """Every MUST, every SHOULD and every MAY."""
    assert results[audit]["status"] == "ok", results[audit]["reason"]


def test_no_audit_is_left_out(results: dict[str, Any]) -> None:
    """The list is the suite's own."""
    assert list(results) == AUDITS


def test_the_suite_is_pinned_to_one_version_and_its_hash() -> None:
    """And its lock file names no host."""
    asked = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in asked} == asked
    assert all("integrity" in package and "resolved" not in package for path, package in locked.items() if path)
