"""Where the files that we ship lie: routine scripts, programmes and sounds.

A wheel carries them inside the package; in a checkout (and an editable install, which has no
included files) they lie beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Kind = Literal["scripts", "programmes", "sounds"]

_PACKAGE = Path(__file__).resolve().parent


def shipped(kind: Kind) -> Path:
    """The folder of our routine scripts, our programmes, or our sounds."""
    included = _PACKAGE / "_shipped" / kind
    return included if included.is_dir() else _PACKAGE.parent / kind


def is_shipped(file: Path, kind: Kind) -> bool:
    """Whether a file is one of ours, by whatever path it is named."""
    return file.is_file() and file.resolve().parent == shipped(kind).resolve()
