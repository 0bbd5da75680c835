"""A script before it is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

READ_AT_MOST = 2**21
"""Bytes. The reader refuses a script long before; an endless file must not be read to its end."""


@dataclass(frozen=True, slots=True)
class Source:
    """A script as bytes, and where the files that it names lie."""

    text: bytes
    origin: str
    """Its name in messages."""
    folder: Path
