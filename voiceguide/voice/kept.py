"""Where the clip of a phrase is kept, so that it can be heard again without being planned."""

from __future__ import annotations

from typing import NamedTuple


class Kept(NamedTuple):
    """A clip in the cache."""

    name: str
    """Its key in the cache of clips; empty where there is nothing to be spoken."""
    digest: str
    """Of its bytes."""
    length_ms: int
    """What a timeline is planned with."""
