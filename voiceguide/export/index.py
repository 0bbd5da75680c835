"""A programme as one page of HTML that plays its sessions, without a network: `index.html`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
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
    language = appointments[0].language if appointments else "en"
    notes = dict.fromkeys((each.language, each.note) for each in appointments)
    differ = len(notes) > 1
    if differ:  # in what is needed, which then each session tells
        notes = dict.fromkeys((each.language, each.safety) for each in appointments)

    def row(each: Appointment) -> Element:
        return _row(each, plays=each.file in there, tells_needs=differ, page_language=language)

    weeks = [
        _week(week, list(of_week), row)
        for week, of_week in groupby(appointments, key=lambda each: each.slot.turn.week)
    ]
    total = clock(round(sum(each.length_ms for each in appointments), -3))
    facts = [
        f"{programme.weeks} weeks" if programme.weeks > 1 else "1 week",
        f"{len(appointments)} sessions" if len(appointments) > 1 else "1 session",
        f"{total} in all",
    ]
    about = [tag("p", text, dir="auto") for text in (programme.description,) if text]
    return fill(
        "index",
        title=programme.title,
        language=language,
        description=markup(*about),
        facts=", ".join(facts),
        files=markup(
            *(tag("li", _link(name, _CALLED[Path(name).suffix]), lang="en") for name in files)
        ),
        weeks=markup(*weeks),
        notes=markup(*(tag("p", text, class_="note", lang=of, dir="auto") for of, text in notes)),
    )


def _week(
    week: int, appointments: Sequence[Appointment], row: Callable[[Appointment], Element]
) -> Element:
    light = " (lighter)" if appointments[0].slot.deload else ""
    heading = tag("h2", f"Week {week}{light}", id=f"week-{week}", lang="en")
    rows = [row(each) for each in appointments]
    return tag("section", heading, tag("ol", *rows), aria_labelledby=f"week-{week}")


def _row(
    appointment: Appointment, *, plays: bool, tells_needs: bool, page_language: str
) -> Element:
    length = tag("span", clock(round(appointment.length_ms, -3)), class_="length")
    row = tag(
        "li",
        tag("span", _when(appointment.slot), class_="when", lang="en"),
        _link(appointment.file, appointment.title) if plays else tag("span", appointment.title),
        length,
        lang=appointment.language if appointment.language != page_language else "",
    )
    if tells_needs:
        row.append(tag("span", appointment.needs, class_="needs"))
    if plays:
        player = tag("audio", src=quote(appointment.file), preload="none", controls="controls")
        player.set("aria-label", appointment.title)
        row.append(player)
    return row


def _when(slot: Slot) -> str:
    """`Day 2, Thursday 2026-12-10, 18:00`."""
    day = WEEKDAYS[slot.weekday].capitalize()
    date = "" if slot.on is None else f" {slot.on.isoformat()}"
    at = "" if slot.at is None else f", {slot.at:%H:%M}"
    return f"Day {slot.turn.day}, {day}{date}{at}"


def _link(file: str, text: str) -> Element:
    return tag("a", text, href=quote(file), dir="auto")
