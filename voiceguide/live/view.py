"""What the screen shows of a session at one moment."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from voiceguide.live.transport import Mode
from voiceguide.model.timeline import Segment


@dataclass(frozen=True, slots=True)
class View:
    """One moment of live play."""

    title: str
    segment: Segment
    following: Segment | None
    """The next segment that has a name or is work; None where nothing comes."""
    mode: Mode
    position_ms: int
    duration_ms: int
    left_ms: int
    """Of the segment, with the rest that was put in."""
    open: bool
    """The listener says when it goes on."""
    volume: int
    """Percent."""
    words: str = ""
    """What a wait asks for, as the author wrote it; empty elsewhere."""
    help: bool = False
    """The keys are explained, until the next one."""
    notice: str = ""
    """What there is to say before all else; empty after the first seconds."""

    @property
    def waits(self) -> bool:
        """Whether nothing is done until the listener lets go."""
        return self.mode == "waiting" or (self.open and self.segment.kind == "wait")


class Screen(Protocol):
    """Where a view is shown."""

    def show(self, view: View) -> None:
        """Shows a view in place of the one before."""


Shown = AbstractContextManager[Screen]
"""A screen while it is open; what it needs is loaded as it opens."""
