"""A session in a few lines: its blocks, and what is done in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voiceguide.model.timeline import Segment, Side, Timeline
from voiceguide.model.wording import clock, counted_reps

LONG_MS = 120_000
"""Work from so long on is told in minutes: `9:00 min`."""


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of a block, with all its sets and rounds."""

    block: str | None
    label: str
    amount: str
    """`2 x 8 reps, each side`."""


def outline(timeline: Timeline) -> tuple[Item, ...]:
    """The exercises of a session, in the order in which they first come."""
    groups: dict[tuple[str | None, str], list[Segment]] = {}
    for segment in timeline.segments:
        if segment.kind == "work":
            groups.setdefault((segment.block, segment.label or "work"), []).append(segment)
    return tuple(
        Item(block, label, _amount(segments)) for (block, label), segments in groups.items()
    )


def _amount(segments: Sequence[Segment]) -> str:
    sides = {segment.side for segment in segments}
    # Where both sides work, one of them stands for the set.
    counted = [s for s in segments if s.side != "right"] if {"left", "right"} <= sides else segments
    efforts = [_effort(segment) for segment in counted]
    same = len(set(efforts)) == 1
    several = f"{len(efforts)} x " if len(efforts) > 1 else ""
    return ", ".join([several + efforts[0] if same else _joined(efforts), *_sides(sides)])


def _effort(segment: Segment) -> str:
    if segment.hold_ms is not None:
        holds = f"{segment.reps} x " if (segment.reps or 1) > 1 else ""
        return f"{holds}{segment.hold_ms / 1000:g} s hold"
    if segment.reps is not None:
        return counted_reps(segment.reps, segment.unit)
    if segment.distance:
        return segment.distance
    if segment.length_ms >= LONG_MS:
        return f"{clock(segment.length_ms)} min"
    return f"{segment.length_ms / 1000:g} s"


def _joined(efforts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(efforts))


def _sides(sides: set[Side | None]) -> list[str]:
    if {"left", "right"} <= sides:
        return ["each side"]
    return ["sides in turn" if side == "alternate" else side for side in sides if side]
