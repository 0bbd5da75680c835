"""A composed session: moves in order, each with its times and the reasons for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from voiceguide.compose.choice import Choice
from voiceguide.compose.wishes import Wishes

Why = Literal[
    "raises", "loosens", "practises", "works", "hard", "easier", "begins", "stays", "moves",
    "lower level", "longer rest", "fewer sets", "stretches", "fills",
    "once down", "once up", "one place", "areas in turn", "one area", "others",
]  # fmt: skip
BlockName = Literal["warm_up", "work", "standing", "floor", "cool_down"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is; `about` are the words that it is told with."""

    why: Why
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A move with its times."""

    choice: Choice
    prepare_ms: int
    sets: int
    work_ms: int
    """One side of one set."""
    switch_ms: int
    rest_ms: int
    """Between sets."""
    timed: bool = False
    """Whether `work_ms` is a length of this session's own, in place of the library's amount."""
    reasons: tuple[Reason, ...] = ()
    length_ms: int = field(init=False)
    """From the beginning of its `prepare` to the end of its last set; asked for very often."""

    def __post_init__(self) -> None:
        a_set = self.n_sides * self.work_ms + (self.n_sides - 1) * self.switch_ms
        length_ms = self.prepare_ms + self.sets * a_set + (self.sets - 1) * self.rest_ms
        object.__setattr__(self, "length_ms", length_ms)

    @property
    def n_sides(self) -> int:
        """How many sides work one after the other."""
        return 2 if self.choice.move.sides in {"left-right", "right-left"} else 1


@dataclass(frozen=True, slots=True)
class Block:
    """A named part of the session."""

    name: BlockName
    slots: tuple[Slot, ...]

    @property
    def length_ms(self) -> int:
        """How long it lasts."""
        return sum(slot.length_ms for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Texts:
    """What the script says in words of its own, in the language of the session."""

    title: str
    welcome: str
    """With the note on safety."""
    finish: str
    blocks: Mapping[BlockName, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A whole session."""

    wishes: Wishes
    welcome_ms: int
    blocks: tuple[Block, ...]
    finish_ms: int
    rest_ms: int
    """Between sets, as a rule."""
    reasons: tuple[Reason, ...] = ()
    """Why the session as a whole is as it is."""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All moves in order."""
        return tuple(slot for block in self.blocks for slot in block.slots)

    @property
    def work(self) -> tuple[Slot, ...]:
        """The moves between warm-up and cool-down."""
        return tuple(slot for block in self.blocks[1:-1] for slot in block.slots)

    @property
    def equipment(self) -> tuple[str, ...]:
        """All that is needed, in the words of the session, in the order in which it comes."""
        return tuple(dict.fromkeys(item for s in self.slots for item in s.choice.move.equipment))

    @property
    def length_ms(self) -> int:
        """How long it lasts."""
        return self.welcome_ms + sum(block.length_ms for block in self.blocks) + self.finish_ms
