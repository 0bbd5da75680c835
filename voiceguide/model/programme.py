"""A programme: which sessions on which days of how many weeks, and what grows from week to week.

`Programme` is what its author wrote; `Slot` is one session of it, with nothing left open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Literal

from voiceguide.model.exercise import Area
from voiceguide.model.options import Turn

RestDays = Literal["refuse", "warn"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""In the order of `date.weekday`; a week of a programme begins on a Monday."""

_LONGEST = 60
"""Letters of a script's name in a file's: in any writing, they leave room within 255 bytes."""

DEFAULT_ALARM_MS = 15 * 60_000


@dataclass(frozen=True, slots=True)
class Growth:
    """So many more: once from week `at` on, or each time after `every` weeks of work."""

    by: int
    every: int | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What changes from week to week."""

    reps: tuple[Growth, ...] = ()
    sets: tuple[Growth, ...] = ()
    deload: tuple[int, ...] = ()
    """Weeks that are lighter: what grows is then as in week 1."""
    deload_every: int | None = None
    """Each so many weeks, as `deload`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A session that comes every week, as written."""

    script: tuple[str, ...]
    """One name, or one for each week."""
    day: tuple[int, ...] | None = None
    """Days of the week, Monday is 0; None: every day of the programme."""
    at: time | None = None
    areas: tuple[Area, ...] | None = None
    """What it works on; None: what its exercises are for."""
    variables: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Names and values for the script: one, or one for each week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A whole programme."""

    title: str
    description: str | None = None
    weeks: int
    days: tuple[int, ...]
    """Days of the week, in order; Monday is 0."""
    sessions: tuple[Entry, ...]
    progress: Progress = field(default_factory=Progress)
    rest_days: RestDays = "refuse"
    """What is done where two sessions for one area are on days next to each other."""
    start: date | None = None
    """The first week begins on this day, or on the first Monday after it."""
    at: time | None = None
    """Time of the sessions that do not write their own."""
    alarm_ms: int | None = DEFAULT_ALARM_MS
    """How long before a session the calendar reminds of it; None: never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One session of a programme: what is done in it, and when."""

    entry: int
    """Its place in `sessions`, from 0."""
    script: str
    variables: tuple[tuple[str, str], ...]
    turn: Turn
    deload: bool
    weekday: int
    number: int | None
    """Which of several sessions of its day, from 1; None where it is the only one."""
    on: date | None
    """None without a first day."""
    at: time | None

    @property
    def name(self) -> str:
        """The name of its file without suffix; names sort in the order of time."""
        number = "" if self.number is None else f"-{self.number:02}"
        script = re.sub(r"[^\w]+", "-", PurePath(self.script).stem).strip("-")
        return f"week-{self.turn.week:02}-day-{self.turn.day}{number}-{script[:_LONGEST]}"

    @property
    def begins(self) -> date | datetime | None:
        """The day, and the time of day where there is one; None without a first day."""
        if self.on is None or self.at is None:
            return self.on
        return datetime.combine(self.on, self.at)


def first_monday(start: date) -> date:
    """The day itself where it is a Monday, else the first one after it."""
    return start + timedelta(days=-start.weekday() % 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A session of a programme as its listener sees it."""

    slot: Slot
    title: str
    language: str
    length_ms: int
    needs: str
    """What it needs, as a sentence in its language."""
    safety: str
    """A note on safety, in its language."""
    note: str
    """Both."""
    file: str
    """The name of its file."""
