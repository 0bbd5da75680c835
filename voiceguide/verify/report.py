"""What was looked at in a finished file, what was expected, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CheckName = Literal[
    "timeline", "title", "chapters", "length", "tones", "speech", "music", "silence", "clipping",
    "peak", "loudness",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that was looked at."""

    what: str
    """A tone by its sound, a cue by its words, a chapter by its title."""
    at_ms: int | None = None
    """Where it belongs in the file; None for the file as a whole."""
    expected: str
    found: str
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Everything of one kind that was looked at."""

    name: CheckName
    limit: str
    """How far found may be from expected; empty where it may not."""
    worst: str
    """The case that comes nearest to the limit, or is farthest past it."""
    items: tuple[Item, ...]

    @property
    def findings(self) -> tuple[Item, ...]:
        """What is not as expected."""
        return tuple(item for item in self.items if not item.passed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The checks of one file."""

    title: str
    """Of the session."""
    duration_ms: int
    """Of the session."""
    cause: str | None
    """One thing that explains the findings; None where there is none, or more than one."""
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether everything is as expected."""
        return not any(check.findings for check in self.checks)
