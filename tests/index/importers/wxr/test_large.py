"""How an export of any size passes through the memory of a few of its items."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.service import ROOT

MEASURED = """
import io, resource, sys
from index.importers import wxr

HEAD = b"<rss><channel><title>Big</title><wp:wxr_version>1.2</wp:wxr_version>"
WORDS = b"Words of a post that is as long as posts are, give or take some. " * 120
class Export(io.RawIOBase):
    def __init__(self, size):
        self.size = size
        self.seek(0)
    def seek(self, offset, whence=0):
        assert (offset, whence) == (0, 0)
        self.made, self.left = 0, HEAD
        return 0
    def read(self, wanted):
        while len(self.left) < wanted and self.made < self.size:
            number = b"%d" % self.made
            self.left += b"<item><title>Post " + number + b"</title><wp:post_id>" + number + b"</wp:post_id><content:encoded><![CDATA["
            self.left += WORDS + b"]]></content:encoded></item>\\n"
            self.made += len(WORDS)
        data, self.left = self.left[:wanted], self.left[wanted:]
        return data
count = sum(1 for _ in wxr.parts(Export(int(sys.argv[1]) * 2**20)))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def measured(mebibytes: int) -> tuple[int, int]:
    """How many items an export of this size has, and the most memory that cutting it up took, in KiB."""
    command = [sys.executable, "-c", MEASURED, str(mebibytes)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    items, most = done.stdout.split()
    return int(items), int(most)


def test_an_export_is_cut_up_as_a_stream() -> None:
    """One thirty times as large takes no more memory; where all random searches run, three hundred times."""
    large = 1024 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 96
    (few, little), (many, much) = measured(3), measured(large)
    assert many == pytest.approx(few * large / 3, rel=0.01)
    assert much - little < 4096
