"""The session: a routine unrolled into a flat row of parts, every default filled in.

A part is a segment that does not know its time yet. The lengths of some are known only once
their words have been spoken (`length_ms` is `None`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voiceguide.model.phrase import Phrase
from voiceguide.model.routine import Starts, Talk
from voiceguide.model.timeline import SegmentKind, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """What the coach is told for one part, with nothing left open (`docs/script-format.md`)."""

    talk: Talk = "full"
    countdown: int = 3
    countdown_voice: bool = False
    starts: bool = True
    count_reps: int | Literal["all", "none"] = 3
    halfway: bool = True
    tips: bool = True
    praise: bool = True
    remaining_ms: tuple[int, ...] = (10_000,)
    wake_ms: int = 500
    """0 for none."""
    earcon: bool = False

    @property
    def counts_aloud(self) -> bool:
        """Whether its countdowns are spoken numbers."""
        return self.countdown_voice and self.talk in {"full", "short"}


@dataclass(frozen=True, slots=True)
class BlockStart:
    """A block that begins."""

    name: str
    path: str
    """Path of keys to the block."""
    announced: bool
    """The session has not had it before, and its coach speaks."""

    def holds(self, part: Part) -> bool:
        """Whether a part lies in the block."""
        return part.path.startswith(f"{self.path}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCue:
    """A sound of the script, and then its words, at a moment of a part, in ms from its start."""

    at_ms: int
    say: Phrase | None = None
    sound: str | None = None
    sound_ms: int = 0
    """Length of the sound."""


AMRAP = "{amrap}"
"""The label of an `amrap`: a placeholder for words of the phrase book, which no script can use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One stretch of the session before it has a place in time."""

    kind: SegmentKind
    length_ms: int | None
    """None: as long as its words take (`say` without `within`, `prepare: auto`)."""
    coaching: Coaching
    line: int
    """Of its step in the script; of a step that is included, of the `include`."""
    included: str = ""
    """Where its step stands in an included file: `parts/warm-up.yaml, line 7`."""
    elastic: tuple[int, int] | None = None
    """A gap that may be from so many to so many ms long where the session is fitted."""
    label: str | None = None
    named: bool = False
    """Announced ahead: work, and rests that have a label."""
    exercise: str | None = None
    level: int | None = None
    block: str | None = None
    block_begins: tuple[BlockStart, ...] = ()
    """The blocks that begin here, outermost first; they make a chapter."""
    step_begins: tuple[str, ...] = ()
    """Here a top-level step with work begins: the names of its exercises."""
    side: Side | None = None
    second_side: bool = False
    """The other side of the same set, or the first set of the other side."""
    side_up: bool = False
    """The side that works is on top: one lies on the other."""
    both_sides: bool = False
    """One of two sides that each do the whole amount."""
    set: int | None = None
    sets: int | None = None
    first_set: bool = False
    """The first set of its step, on its first side: set-up words belong here."""
    loops: tuple[tuple[int, int], ...] = ()
    round_begins: bool = False
    reps: int | None = None
    reps_high: int | None = None
    """The upper end, where the script gives a range."""
    unit: str | None = None
    rep_ms: int | None = None
    hold_ms: int | None = None
    tempo: str | None = None
    starts: Starts | None = None
    own_pace: bool = False
    target: str | None = None
    distance: str | None = None
    say: Phrase | None = None
    """The script's own words: of a talk, a rest, or the set-up of an exercise."""
    within: bool = False
    """A talk whose length the script gives."""
    slot: int | None = None
    """Number of the slot it belongs to; nothing may be put into a slot."""
    fills: tuple[int, int] | None = None
    """What a slot leaves over: (length of the slot in ms, number of parts in it before this)."""
    path: str = ""
    """Path of keys to its step, for messages."""
    sound: str | None = None
    cues: tuple[PartCue, ...] = ()
    setup: str | None = None
    setup_short: str | None = None
    tips: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()
    """Safety lines of its moves; of a talk, those that it was made for."""
    told: tuple[Part, ...] = ()
    """What a round of an `amrap` is; told before it, and never laid out in time."""

    @property
    def where(self) -> str:
        """Where its step is written, for messages."""
        return self.included or f"line {self.line}"

    @property
    def is_safety_talk(self) -> bool:
        """Time of its own that the coach gave to a safety line."""
        return self.kind == "talk" and bool(self.safety)


def round_of(loops: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """The round, and of how many, that a listener counts: the innermost where there are several.

    A single slot within rounds is none.
    """
    counted = (loop for loop in reversed(loops) if loop[1] > 1)
    return next(counted, (1, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A routine, flat and complete, ready to be planned."""

    title: str
    language: str
    parts: tuple[Part, ...]
    equipment: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
