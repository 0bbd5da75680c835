"""What a script asks for: rows, each of which must be one segment of the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from contract.scalars import duration_ms

Cue = dict[str, Any]
Segment = dict[str, Any]

TIED = frozenset({"start", "rest", "switch", "finish"})
"""Roles of the tones that sound on a boundary."""
GAPS = frozenset({"prepare", "rest", "switch", "talk"})
"""Kinds of segments in which the coach can speak ahead."""


def moment_ms(at: str, segment: Segment) -> int:
    """The moment of a cue in a segment, in ms of the session."""
    start, end = int(segment["start_ms"]), int(segment["end_ms"])
    if at == "half":
        return (start + end) // 2
    return end - duration_ms(at[1:]) if at.startswith("-") else start + duration_ms(at)


def name_of(segment: Segment) -> str:
    """A segment as the findings call it."""
    label = f" {segment['label']}" if segment["label"] else ""
    return f"segment {segment['index']} ({segment['kind']}{label}, {segment['start_ms']} ms)"


@dataclass(frozen=True, slots=True)
class Coaching:
    """The `coach` keys that hold for one row; the defaults are those of the contract."""

    talk: str = "full"
    countdown: int = 3
    countdown_voice: bool = False
    starts: bool = True
    count_reps: str = "last-3"
    halfway: bool = True
    tips: bool = True
    praise: bool = True
    remaining: tuple[int, ...] = (10_000,)
    wake_ms: int = 500
    earcon: bool = False

    def told(self, keys: dict[str, Any]) -> Coaching:
        """These, with what a nearer `coach` says instead."""
        read: dict[str, Any] = {}
        for key, value in keys.items():
            if key == "remaining":
                read[key] = tuple(duration_ms(item) for item in value)
            elif key == "wake":
                read["wake_ms"] = {"true": 500, "false": 0}.get(value)
                if read["wake_ms"] is None:
                    read["wake_ms"] = duration_ms(value)
            elif key == "countdown":
                read[key] = int(value)
            else:
                read[key] = {"true": True, "false": False}.get(value, value)
        return replace(self, **read)

    @property
    def breathes(self) -> bool:
        """Words on the boundary, and no tones but perhaps a lead-in."""
        return self.talk == "names" and not (self.countdown or self.starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One segment as the script has it."""

    kind: str
    length_ms: int | None
    """None: as long as its words take, or what a slot leaves over."""
    coach: Coaching
    top: int
    """Which step of the top level it comes from."""
    label: str | None = None
    named: bool = False
    side: str | None = None
    set: int | None = None
    sets: int | None = None
    loops: tuple[tuple[int, int], ...] | None = None
    """None where the contract does not say: between rounds, before a slot."""
    blocks: tuple[str, ...] = ()
    """Those around it, outermost first."""
    silent: tuple[str, ...] = ()
    """Those of them whose own coach says nothing."""
    begins: tuple[str, ...] = ()
    """The blocks that begin with it."""
    reps: int | None = None
    rep_ms: int | None = None
    hold_ms: int | None = None
    release_ms: int = 0
    own_pace: bool = False
    target: str | None = None
    distance: str | None = None
    say: str | None = None
    cues: tuple[tuple[str, str, str], ...] = ()
    """(at, say, sound), as written; empty where there is none."""
    fills: int | None = None
    """The slot it fills up."""
    slots: tuple[tuple[int, int], ...] = ()
    """(number, length in ms) of each slot around it."""
    safety: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """What the words on a round of an `amrap` hold, in this order."""

    @property
    def timed(self) -> bool:
        """Timed work: neither reps, nor holds, nor the listener's pace."""
        return self.kind == "work" and not (self.reps or self.hold_ms or self.own_pace)

    @property
    def marks_ms(self) -> tuple[int, ...]:
        """Starts of the reps or holds, from the start of the row."""
        if self.rep_ms is None or self.own_pace:
            return ()
        return tuple(turn * self.rep_ms for turn in range(self.reps or 1))


@dataclass(frozen=True, slots=True)
class Plan:
    """A timeline and what it is the plan of, row by row."""

    script: dict[str, Any]
    pairs: list[tuple[Row | None, Segment]]
    """Every segment with its row; None beside a talk that the coach had to add."""
    timeline: dict[str, Any]

    @property
    def duration_ms(self) -> int:
        return int(self.timeline["duration_ms"])

    @property
    def rows(self) -> dict[int, Row]:
        """Rows by the index of their segment."""
        return {seg["index"]: row for row, seg in self.pairs if row is not None}

    @property
    def coaching(self) -> dict[int, Coaching]:
        """By index of the segment; an added talk takes that of the next row."""
        known: dict[int, Coaching] = {}
        last = self.pairs[-1][0].coach if self.pairs and self.pairs[-1][0] else Coaching()
        for row, seg in reversed(self.pairs):
            last = row.coach if row else last
            known[seg["index"]] = last
        return known

    @property
    def segments(self) -> list[Segment]:
        """Segments that last."""
        return [seg for _, seg in self.pairs]

    def speech(self, *roles: str) -> list[Cue]:
        """Spoken cues, of these roles or of all."""
        return list(self._cues("speech", roles))

    def tones(self, *roles: str) -> list[Cue]:
        """Tone cues, of these roles or of all."""
        return list(self._cues("tone", roles))

    def dropped(self, index: int, *roles: str, gone: bool = False) -> list[dict[str, Any]]:
        """What was shortened or left out (with `gone`, only what was left out) of a segment."""
        return [
            item
            for item in self.timeline["dropped"]
            if item["segment"] == index
            and item["role"] in roles
            and not (gone and item.get("form"))
        ]

    def _cues(self, kind: str, roles: tuple[str, ...]) -> Iterator[Cue]:
        for cue in self.timeline["cues"]:
            if cue["kind"] == kind and (not roles or cue["role"] in roles):
                yield cue
