"""The user's data folder. Nothing in it leaves the machine, and no session fails because of it."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def where() -> Path:
    """The folder: `$XDG_DATA_HOME/voiceguide`, or what the system uses."""
    if home := os.environ.get("XDG_DATA_HOME"):
        return Path(home, "voiceguide")
    return platformdirs.user_data_path("voiceguide", appauthor=False)
