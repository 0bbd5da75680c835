"""Garbage is looked for afterwards, not meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def later() -> Iterator[None]:
    """A stretch in which Python does not look for circles of garbage.

    A session is a great many values without a circle among them. Looking through them again and
    again takes a fifth of planning a long one, and more the longer it is.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
