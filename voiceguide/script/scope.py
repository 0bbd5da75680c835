"""What a step inherits from the steps around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from voiceguide.model.routine import Coach, Defaults, Length, Number, Talk, Variable
from voiceguide.model.session import Coaching, round_of

WAKE_MS = 500


@dataclass(frozen=True, slots=True)
class Scope:
    """What a step inherits from the steps around it."""

    coaching: Coaching
    defaults: tuple[Defaults, ...]
    """Nearest first."""
    level: int | str
    block: str | None = None
    loops: tuple[tuple[int, int], ...] = ()
    file: str = ""
    """The included file around it, where there is one."""
    line: int | None = None
    """Of the `include` in the script."""
    slot: int | None = None
    """Number of the outermost slot of an `every` around it."""

    def near(self, step: object, key: str, otherwise: Any) -> Any:  # noqa: ANN401  a value of that key
        """What a step writes, else the nearest `defaults`, else `otherwise`."""
        for source in (step, *self.defaults):
            if (value := getattr(source, key)) is not None:
                return value
        return otherwise

    def number(self, value: Number, names: Mapping[str, int] | None = None) -> int:
        """A written number, or the one its placeholder stands for (1 outside of any loop)."""
        if not isinstance(value, Variable):
            return value
        turn, turns = round_of(self.loops)
        return {"round": turn, "rounds": turns, **(names or {})}.get(value.name, 1)

    def length_ms(self, value: Length, names: Mapping[str, int] | None = None) -> int:
        """A written duration in ms; a placeholder is one of so many seconds."""
        if not isinstance(value, Variable):
            return value
        return self.number(value, names) * 1000

    def elastic(self, length_ms: int) -> tuple[int, int] | None:
        """From how long to how long a gap may become; in a slot, which is law, it stays."""
        return (-(-length_ms // 2), 2 * length_ms) if self.slot is None else None

    def elastic_rest(
        self, written: tuple[int, int] | None, length_ms: int
    ) -> tuple[int, int] | None:
        """The same of a rest, for which a range may be written."""
        ranges = (written, *(defaults.rest_range for defaults in self.defaults))
        if self.slot is not None:
            return None
        return next((each for each in ranges if each is not None), self.elastic(length_ms))


def coached(outer: Coaching, inner: Coach | None, talk: Talk | None) -> Coaching:
    """`outer` with everything that `inner` writes; `talk` is over both."""
    if inner is None:
        inner = Coach()
    written = {
        name: value
        for name in (
            "countdown",
            "countdown_voice",
            "starts",
            "count_reps",
            "halfway",
            "tips",
            "praise",
            "earcon",
        )
        if (value := getattr(inner, name)) is not None
    }
    if inner.remaining is not None:
        written["remaining_ms"] = inner.remaining
    if inner.wake is not None:
        wake = inner.wake
        written["wake_ms"] = (WAKE_MS if wake else 0) if isinstance(wake, bool) else wake
    return replace(outer, talk=talk or inner.talk or outer.talk, **written)
