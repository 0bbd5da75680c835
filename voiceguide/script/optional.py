"""Which of the optional steps are done where a session is fitted to a length."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from voiceguide.script.notes import Notes


@dataclass(slots=True)
class Optional:
    """Counts the optional steps (of an optional `repeat`: its rounds) in their order."""

    most: int | None
    """How many are done, the first ones; None is all."""
    n_steps: int = 0
    """How many there have been."""
    _left_out: Counter[str] = field(default_factory=Counter)
    """Path of a step -> how often it was left out."""

    def is_done(self, path: str) -> bool:
        """Whether the next one, the step at `path`, is among those that are done."""
        self.n_steps += 1
        if self.most is None or self.n_steps <= self.most:
            return True
        self._left_out[path] += 1
        return False

    def tell(self, notes: Notes) -> None:
        """Warn of what was left out."""
        for path, times in self._left_out.items():
            often = f", {times} times" if times > 1 else ""
            notes.warn(path, f"left out to fit the length{often}")
