"""An entry of the exercise library: one move, in words that stand without a picture."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.model.routine import Order, Range, Sides, Starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What changes at one progression of a move; `None` and empty keep the entry's own."""

    name: str
    spoken: str | None = None
    """What the coach calls it at this level."""
    setup: str | None = None
    setup_short: str | None = None
    cues: tuple[str, ...] = ()
    safety: str | None = None
    equipment: tuple[str, ...] | None = None
    sides: Sides | None = None
    switch_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move of the library."""

    id: str
    name: str
    """What the coach calls it: "Bulgarian split squat"."""
    aliases: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    reps: int | Range | None = None
    unit: str = "reps"
    duration_ms: int | None = None
    hold_ms: int | None = None
    sets: int = 1
    pace_ms: int | None = None
    tempo: str | None = None
    starts: Starts = "down"
    rest_ms: int | None = None
    sides: Sides = "none"
    order: Order | None = None
    switch_ms: int | None = None
    position: str = "standing"
    equipment: tuple[str, ...] = ()
    """Spoken names: "a loop band". A choice is one name: "a bench or a chair"."""
    setup: str
    """How to get into it and do one rep; may hold `{side}` and `{other_side}`."""
    setup_short: str
    """The part that may never be dropped, in under 4 s."""
    cues: tuple[str, ...] = ()
    """Form cues of one idea each, spoken one a set."""
    safety: str | None = None
    """Spoken once a session, before the first set, at every talk level."""
    levels: tuple[Level, ...] = ()
    """Level 1 first; empty where the move has only one."""
