"""Where files lie: those that we ship (routine scripts, programmes, sounds), and our caches.

A wheel carries them inside the package; in a checkout (and an editable install, which has no
included files) they lie beside it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def shipped(kind: Literal["scripts", "programmes", "sounds"]) -> Path:
    """The folder of our routine scripts, our programmes, or our sounds."""
    included = _PACKAGE / "_shipped" / kind
    return included if included.is_dir() else _PACKAGE.parent / kind


def caches() -> Path:
    """The folder of all our caches: `$XDG_CACHE_HOME/voiceguide`, or what the system uses."""
    if home := os.environ.get("XDG_CACHE_HOME"):
        return Path(home, "voiceguide")
    import platformdirs  # noqa: PLC0415 - `--help` is not to wait

    return platformdirs.user_cache_path("voiceguide", appauthor=False)
