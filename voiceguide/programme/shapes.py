"""What may be written in a programme: its keys, how each is read, and what an editor is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    PlainValidator,
    Tag,
    WithJsonSchema,
    with_config,
)
from typing_extensions import (  # pydantic needs its TypedDict before Python 3.12
    Required,
    TypedDict,
)

from voiceguide.model.exercise import Area
from voiceguide.model.programme import WEEKDAYS, Entry, Growth, Progress, RestDays
from voiceguide.programme import scalars as p
from voiceguide.script import durations, scalars
from voiceguide.script import fields as f
from voiceguide.script.faults import Refused
from voiceguide.script.mappings import CONFIG, IN_MAPPING

_DAY = {"enum": [*WEEKDAYS, *(day[:3] for day in WEEKDAYS)]}
_GROWTH = {
    "type": "string",
    "pattern": r"^\s*[+-][0-9]+\s+(a week|every [0-9]+ weeks|at week [0-9]+)\s*$",
    "examples": ["+1 a week", "+1 every 2 weeks", "+1 at week 4"],
}
_DELOAD = {
    "anyOf": [
        {"type": "integer", "minimum": 1, "maximum": p.MAX_WEEKS},
        {"type": "string", "pattern": r"^\s*((week )?[0-9]+|every [0-9]+ weeks)\s*$"},
    ],
    "examples": ["week 4", "every 4 weeks"],
}
_TIME = {"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$", "examples": ["07:30"]}


def _one_or_more(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "array", "items": schema, "minItems": 1}]}


def _areas(value: object) -> tuple[Area, ...]:
    """Areas of the library; none for a session that needs no day of rest."""
    read = scalars.one_of(*get_args(Area))
    return tuple(read(each) for each in f.a_list(value))  # type: ignore[attr-defined, misc]


def _alarm(value: object) -> object:
    return scalars.or_word("none", durations.duration(zero=True, at_most=24 * 3_600_000))(value)


Title = Annotated[
    str,
    PlainValidator(lambda value: " ".join(scalars.plain_text(value).split())),
    WithJsonSchema({"type": ["string", "number", "boolean"]}),
]
"""In one line, as calendars and playlists want it."""
Format = Annotated[int, PlainValidator(p.format_number), WithJsonSchema({"enum": [1, "1"]})]
Weeks = Annotated[
    int,
    PlainValidator(p.weeks),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": p.MAX_WEEKS}),
]
Days = Annotated[
    tuple[int, ...],
    PlainValidator(p.some(p.weekday, "`days: [monday, thursday]`")),
    WithJsonSchema(_one_or_more(_DAY)),
]
At = Annotated[time, PlainValidator(p.time_of_day), WithJsonSchema(_TIME)]
Start = Annotated[
    date, PlainValidator(p.day_of_year), WithJsonSchema({"type": "string", "format": "date"})
]
Alarm = Annotated[
    int | Literal["none"],
    PlainValidator(_alarm),
    WithJsonSchema({"type": ["number", "string"], "examples": ["15m", "none"]}),
]
Growths = Annotated[
    tuple[Growth, ...],
    PlainValidator(p.some(p.growth, "`+1 a week`")),
    WithJsonSchema(_one_or_more(_GROWTH)),
]
Deloads = Annotated[
    tuple[tuple[int | None, int | None], ...],
    PlainValidator(p.some(p.deload, "`week 4`")),
    WithJsonSchema(_one_or_more(_DELOAD)),
]
Areas = Annotated[
    tuple[Area, ...],
    PlainValidator(_areas),
    WithJsonSchema({"type": "array", "items": {"enum": list(get_args(Area))}}),
]
RestDaysWord = Annotated[RestDays, BeforeValidator(scalars.one_of(*get_args(RestDays)))]
_NAME = {"type": ["string", "number", "boolean"]}
Names = Annotated[
    tuple[str, ...],
    PlainValidator(p.some(scalars.plain_text, "a value for each week")),
    WithJsonSchema(_one_or_more(_NAME)),
]


@with_config({**CONFIG, "title": "progress"})
class ProgressKeys(TypedDict, total=False):
    """What grows from week to week: never anything that is timed or has a distance."""

    reps: Growths
    """`+1 a week`, `+1 every 2 weeks`, `+1 at week 4`, or a list of these."""
    sets: Growths
    """The same, for exercises that are not in rounds."""
    deload: Deloads
    """Lighter weeks, `week 4` or `every 4 weeks`: reps and sets are then those of week 1."""


@with_config({**CONFIG, "title": "session"})
class EntryKeys(TypedDict, total=False):
    """A session that comes every week."""

    script: Required[Names]
    """A file below the folder of the programme, or a built-in routine; a list has one a week."""
    day: Days
    """The days on which it is done. Default: every day of the programme."""
    at: At
    """Time of day, for the calendar and the order of a day."""
    areas: Areas
    """What it works on. Default: what its exercises are for; [] needs no day of rest."""
    set: Annotated[dict[f.VariableName, Names], IN_MAPPING]
    """Values for the variables of the script; a list has one a week."""


def _progress(keys: ProgressKeys) -> Progress:
    lighter = keys.get("deload", ())
    weeks = tuple(sorted({week for week, _ in lighter if week is not None}))
    every = [each for _, each in lighter if each is not None]
    if len(every) > 1:
        raise Refused("`deload` has two rhythms", "write one `every 4 weeks`, and single weeks")
    return Progress(
        reps=keys.get("reps", ()),
        sets=keys.get("sets", ()),
        deload=weeks,
        deload_every=every[0] if every else None,
    )


def _entry(keys: EntryKeys) -> Entry:
    return Entry(
        script=keys["script"],
        day=keys.get("day"),
        at=keys.get("at"),
        areas=keys.get("areas"),
        variables=tuple(keys.get("set", {}).items()),
    )


ProgressField = Annotated[ProgressKeys, IN_MAPPING, AfterValidator(_progress)]
EntryField = Annotated[
    Annotated[f.Name, AfterValidator(lambda name: Entry(script=(name,))), Tag(f.ONE)]
    | Annotated[EntryKeys, AfterValidator(_entry), Tag(f.KEYS)],
    Discriminator(f.one_or_keys),
]


@with_config({**CONFIG, "title": "programme"})
class ProgrammeKeys(TypedDict, total=False):
    """A programme for voiceguide: sessions on the days of several weeks."""

    programme: Required[Format]
    """Number of the programme format."""
    title: Required[Title]
    """Its name, and the album of its files."""
    description: f.Name
    """What it is for; not spoken."""
    weeks: Required[Weeks]
    """How many."""
    days: Required[Days]
    """The days of the week on which something is done."""
    sessions: Required[Annotated[tuple[EntryField, ...], BeforeValidator(f.a_list)]]
    """What is done: names of scripts, or mappings with `script`."""
    progress: ProgressField
    """What grows from week to week."""
    rest_days: RestDaysWord
    """Two sessions for one area on days next to each other: refuse (default), or warn."""
    start: Start
    """Week 1 begins on this day, or on the first Monday after it; the calendar needs it."""
    at: At
    """Time of day of sessions that do not write their own."""
    alarm: Alarm
    """How long before a session the calendar reminds of it, or none. Default 15m."""


INSIDE: Mapping[str, Any] = {"progress": ProgressKeys, "sessions": EntryKeys}
"""The shapes of mappings inside of a programme, by their key."""
