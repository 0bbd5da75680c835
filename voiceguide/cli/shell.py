"""Lines to be typed into a shell."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path


def quoted(*words: str | Path) -> str:
    """Words as they are typed into the shell of this system."""
    if sys.platform == "win32":
        return subprocess.list2cmdline(list(map(str, words)))
    return shlex.join(map(str, words))
