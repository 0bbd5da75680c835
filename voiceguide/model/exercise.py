"""An entry of the exercise library: one move, in words that stand without a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from voiceguide.model.routine import Order, Range, Sides, Starts

_SENTENCE = re.compile(r"[^\s.。][^.。]*[.。]?")

Area = Literal[
    "upper glutes", "glutes", "hamstrings", "lower back", "calves", "legs", "hips", "core",
    "upper body", "mobility", "run drill", "breath",
]  # fmt: skip
"""What a move is for; `legs` is the thighs, or the legs as a whole."""

Position = Literal["standing", "chair", "kneeling", "all fours", "front", "sitting", "side", "back"]
"""How a move begins, from standing down to the floor: a session in this order goes down once.

`chair` is on a seat, `sitting` on the floor; `front`, `side` and `back` are what one lies on.
"""

SessionPart = Literal["raise", "mobilise", "work", "cool-down"]
"""Where in a session a move belongs: it raises the pulse, loosens what is about to work, works, or
calms down afterwards."""

Kind = Literal["reps", "steps", "hold", "time"]
"""How the work is told: a count, a count of steps, holds, or a length alone."""


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
    areas: tuple[Area, ...] = ()
    """The first is the one it is most for."""
    parts: tuple[SessionPart, ...] = ("work",)
    effort: int = 2
    """How hard it is at its first level: 1 easy, 2 moderate, 3 hard."""
    travels: bool = False
    """Whether it needs a stretch of ground to go along."""
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
    position: Position = "standing"
    equipment: tuple[str, ...] = ()
    """Spoken names: "a loop band". A choice is one name: "a bench or a chair"."""
    setup: str
    """How to get into it and do one rep; may hold `{side}` and `{other_side}`."""
    setup_short: str
    """What may never be dropped, in under 4 s: all that is left of `setup` where time is short.

    So it holds the side to lie on, or the one form cue that matters: "Hips back, back straight."
    """
    cues: tuple[str, ...] = ()
    """Form cues of one idea each, spoken one a set; the first matters most."""
    breath: str | None = None
    """When to breathe, in a few words: one of those that all moves share."""
    mistakes: tuple[str, ...] = ()
    """What often goes wrong; shown, never spoken."""
    safety: str | None = None
    """Spoken once a session, before the first set, at every talk level."""
    levels: tuple[Level, ...] = ()
    """Level 1 first; empty where the move has only one."""
    not_with: tuple[str, ...] = ()
    """Ids of moves that should not come next to it: they ask the same of the same place."""

    @property
    def kind(self) -> Kind:
        """How its work is told."""
        if self.duration_ms is not None:
            return "time"
        if self.reps is None:
            return "hold"
        return "steps" if self.unit == "steps" else "reps"

    @property
    def on_the_other_side(self) -> bool:
        """Whether one lies on the side that does not work: its left side is the upper one then."""
        return self.position == "side" and "{other_side" in self.setup_short

    @property
    def tips(self) -> tuple[str, ...]:
        """What is spoken during the work, one a set: the form cues, then the breath."""
        return self.cues if self.breath is None else (*self.cues, self.breath)

    @property
    def safety_lines(self) -> tuple[str, ...]:
        """Its safety line by sentences: what was said of another move is not said again."""
        return tuple(_SENTENCE.findall(self.safety or ""))
