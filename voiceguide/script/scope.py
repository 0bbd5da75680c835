"""What a step inherits from the steps around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voiceguide.model.routine import Defaults, Length, Number, Variable
from voiceguide.model.session import Coaching


@dataclass(frozen=True, slots=True)
class Scope:
    """What a step inherits from the steps around it."""

    coaching: Coaching
    defaults: tuple[Defaults, ...]
    """Nearest first."""
    level: int | str
    block: str | None = None
    loops: tuple[tuple[int, int], ...] = ()
    slot: int | None = None
    """Number of the outermost slot of an `every` around it."""

    def number(self, value: Number, names: Mapping[str, int] | None = None) -> int:
        """A written number, or the one its placeholder stands for (1 outside of any loop)."""
        if not isinstance(value, Variable):
            return value
        turn, turns = self.loops[-1] if self.loops else (1, 1)
        return {"round": turn, "rounds": turns, **(names or {})}.get(value.name, 1)

    def length_ms(self, value: Length, names: Mapping[str, int] | None = None) -> int:
        """A written duration in ms; a placeholder is one of so many seconds."""
        if not isinstance(value, Variable):
            return value
        return self.number(value, names) * 1000
