"""Chapters of a session: its blocks, or its steps where it has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from voiceguide.coach.frame import Stretch
from voiceguide.model.timeline import Chapter

MAX_CHAPTERS = 255
"""A CTOC frame counts its entries in one byte (ID3v2 Chapter Frame Addendum, 3.2)."""
_NAMED = 3
"""So many exercises are named in the title of a step."""

Fill = Callable[[str, int], str]


def chapters(title: str, stretches: Sequence[Stretch], fill: Fill) -> tuple[Chapter, ...]:
    """The chapters of a session, touching, the first from 0."""
    if not stretches:
        return ()
    if any(stretch.part.block_begins for stretch in stretches):
        begins = _of_blocks(title, stretches, fill)
    else:
        begins = _of_steps(title, stretches, fill)
    ends = [*(start for start, _ in begins[1:]), stretches[-1].end_ms]
    return _joined([Chapter(title=name, start_ms=start, end_ms=end)
                    for (start, name), end in zip(begins, ends, strict=True)])  # fmt: skip


def _of_blocks(title: str, stretches: Sequence[Stretch], fill: Fill) -> list[tuple[int, str]]:
    begins = [
        (stretch.start_ms, ": ".join(fill(begins.name, stretch.part_index) for begins in blocks))
        for stretch in stretches
        if (blocks := stretch.part.block_begins)
    ]
    return begins if begins[0][0] == 0 else [(0, title), *begins]


def _of_steps(title: str, stretches: Sequence[Stretch], fill: Fill) -> list[tuple[int, str]]:
    begins = [
        (stretch.start_ms, _listed([fill(name, stretch.part_index) for name in names]))
        for stretch in stretches
        if (names := stretch.part.step_begins)
    ]
    return [(0, begins[0][1]), *begins[1:]] if begins else [(0, title)]


def _listed(names: list[str]) -> str:
    more = ["…"] if len(names) > _NAMED else []
    return ", ".join(names[:_NAMED] + more)


def _joined(found: list[Chapter]) -> tuple[Chapter, ...]:
    """At most `MAX_CHAPTERS`: neighbours are joined evenly, under the title of the first."""
    if len(found) <= MAX_CHAPTERS:
        return tuple(found)
    cuts = [round(i * len(found) / MAX_CHAPTERS) for i in range(MAX_CHAPTERS + 1)]
    return tuple(
        Chapter(title=found[a].title, start_ms=found[a].start_ms, end_ms=found[b - 1].end_ms)
        for a, b in pairwise(cuts)
    )
