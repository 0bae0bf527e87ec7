"""On what was this measured?"""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys


def described() -> str:
    """Today's date, the system, its cores, and the interpreter with where it is installed: one built without optimisation is slower."""
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        system = platform.system()
    cores = len(os.sched_getaffinity(0))
    interpreter = f"{platform.python_implementation()} {platform.python_version()} of {sys.base_prefix}"
    return f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {system}, {platform.machine()}, {cores} cores, {interpreter}"
