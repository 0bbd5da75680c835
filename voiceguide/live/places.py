"""Places of a session by what a listener calls them."""

from __future__ import annotations

import difflib

from voiceguide.model.errors import UsageError
from voiceguide.model.timeline import Timeline


def named(timeline: Timeline, name: str) -> int:
    """Where a block, else an exercise, first begins, in ms. Case does not count.

    Raises:
        UsageError: there is neither.
    """
    blocks: dict[str, tuple[str, int]] = {}
    exercises: dict[str, tuple[str, int]] = {}
    for segment in timeline.segments:
        for found, label in ((blocks, segment.block), (exercises, segment.label)):
            if label:
                found.setdefault(label.casefold(), (label, segment.start_ms))
    known = {**exercises, **blocks}
    wanted = name.strip().casefold()
    if wanted in known:
        return known[wanted][1]
    near = difflib.get_close_matches(wanted, known, n=1)
    told = ", ".join(label for label, _ in (blocks or exercises).values())
    raise UsageError(
        f"--from {name}: the session has no such time, block or exercise",
        f"Did you mean {known[near[0]][0]}?" if near else f"There is: {told}.",
    )
