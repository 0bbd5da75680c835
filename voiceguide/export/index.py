"""A programme as one page of HTML that plays its sessions, without a network: `index.html`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from voiceguide.export.html import fill, markup
from voiceguide.export.markup import Element, tag
from voiceguide.model.programme import WEEKDAYS, Appointment, Programme, Slot
from voiceguide.model.wording import clock

_CALLED = {".m3u8": "Playlist", ".ics": "Calendar"}


def write_index(
    programme: Programme,
    appointments: Sequence[Appointment],
    there: Collection[str],
    files: Sequence[str] = (),
) -> str:
    """The page of a programme.

    Args:
        programme: what it is called and for.
        appointments: its sessions, in order.
        there: names of the files that can be played; of the others there is no link.
        files: names of the playlist and the calendar, where there are any.
    """
    weeks = [
        _week(week, list(of_week), there)
        for week, of_week in groupby(appointments, key=lambda each: each.slot.turn.week)
    ]
    total = clock(round(sum(each.length_ms for each in appointments), -3))
    facts = [
        f"{programme.weeks} weeks" if programme.weeks > 1 else "1 week",
        f"{len(appointments)} sessions",
        f"{total} in all",
    ]
    return fill(
        "index",
        title=programme.title,
        language=appointments[0].language if appointments else "en",
        description=escape(programme.description or ""),
        facts=", ".join(facts),
        files=markup(
            *(tag("li", _link(name, _CALLED[Path(name).suffix]), lang="en") for name in files)
        ),
        weeks=markup(*weeks),
        note=escape(appointments[0].note if appointments else ""),
    )


def _week(week: int, appointments: Sequence[Appointment], there: Collection[str]) -> Element:
    light = " (lighter)" if appointments[0].slot.deload else ""
    heading = tag("h2", f"Week {week}{light}", id=f"week-{week}", lang="en")
    rows = [_row(each, there) for each in appointments]
    return tag("section", heading, tag("ol", *rows), aria_labelledby=f"week-{week}")


def _row(appointment: Appointment, there: Collection[str]) -> Element:
    slot = appointment.slot
    length = tag("span", clock(round(appointment.length_ms, -3)), class_="length")
    when = tag("span", _when(slot), class_="when", lang="en")
    if appointment.file not in there:
        return tag("li", when, tag("span", appointment.title), length)
    title = _link(appointment.file, appointment.title)
    player = tag("audio", src=quote(appointment.file), preload="none", controls="controls")
    player.set("aria-label", appointment.title)
    return tag("li", when, title, length, player)


def _when(slot: Slot) -> str:
    """`Day 2, Thursday 2026-12-10, 18:00`."""
    day = WEEKDAYS[slot.weekday].capitalize()
    date = "" if slot.on is None else f" {slot.on.isoformat()}"
    at = "" if slot.at is None else f", {slot.at:%H:%M}"
    return f"Day {slot.turn.day}, {day}{date}{at}"


def _link(file: str, text: str) -> Element:
    return tag("a", text, href=quote(file), dir="auto")
