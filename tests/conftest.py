"""What all tests share: how hypothesis searches, and a running service over the sample archive."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.service import Service, running

# the same examples in every run; `make test-all` sets HYPOTHESIS_PROFILE=long, which looks further and elsewhere each time
settings.register_profile("seeded", derandomize=True, deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
settings.register_profile("long", deadline=None, max_examples=2000, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "seeded"))

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def sample_archive() -> Path:
    """The folder of sample articles."""
    return ROOT / "examples" / "archive"


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, sample_archive: Path) -> Service:
    """A real server process over a home that holds the sample archive; stopped at the end of the session."""
    with running(tmp_path_factory.mktemp("home"), sample_archive) as service:
        yield service
