"""The sounds that a script names: how long they are, and that they can be used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voiceguide.model.errors import SoundError

MAX_SOUND_MS = 60_000
"""A sound is held in memory as a whole; it is a signal, not a bed."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """Lengths of sounds by name."""

    length_ms: Callable[[str], int]
    """Raises `SoundError` where there is no such sound."""
    start_ms: int
    """Length of the tone on the start of work."""
    fault: Callable[..., None]
    """Takes a path of keys, a message and a hint."""

    def find(self, path: str, name: str) -> int | None:
        """Length of a sound in ms; None where it cannot be used, which is told.

        Args:
            path: of keys, where it is written.
            name: of one of ours, or of a file.
        """
        try:
            length_ms = self.length_ms(name)
        except SoundError as error:
            self.fault(path, error.message, error.hint)
            return None
        if length_ms <= MAX_SOUND_MS:
            return length_ms
        self.fault(
            path,
            f"expected a sound of at most {MAX_SOUND_MS // 1000} s (this one lasts "
            f"{length_ms / 1000:.4g} s)",
            f"For music all through the session write `music: {name}` in the header.",
        )
        return None
