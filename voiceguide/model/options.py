"""What a command line may say over a script."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.model.routine import Talk


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
