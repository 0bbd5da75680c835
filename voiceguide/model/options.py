"""What a command line or a programme may say over a script."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.model.routine import Talk


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Which session of a programme it is, and what it has more than its script says."""

    week: int
    day: int
    """Of those of its week on which something is done, both from 1."""
    more_reps: int = 0
    more_sets: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Overrides of a script; `None` leaves the script's own value."""

    engine: str | None = None
    voice: str | None = None
    rate: int | None = None
    """Words a minute."""
    talk: Talk | None = None
    level: int | str | None = None
    fit_ms: int | None = None
    """The exact length of the session, in ms."""
    music: str | None = None
    """A file, a folder, or a name of ours, in place of what the script names; or `none`."""
    variables: tuple[tuple[str, str], ...] = ()
    """Names and values for the script's variables."""
    turn: Turn | None = None
    """The session of a programme that it is; it then begins with its week and day."""
