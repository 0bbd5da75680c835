"""A programme as a calendar (RFC 5545): an event for each session, which reminds of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from voiceguide.model.programme import Appointment, Programme

_MORNING = timedelta(hours=9)
"""When a session without a time of day is reminded of."""


def write_calendar(programme: Programme, appointments: Iterable[Appointment]) -> str:
    """The calendar; sessions without a day are left out.

    The same programme gives the same text. Times are those of wherever the listener is
    ("floating"), and an event keeps its id when its day, its time or its script changes.
    """
    dated = [each for each in appointments if each.slot.on is not None]
    calendar = Calendar()
    calendar.add("prodid", "-//voiceguide//programme//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", programme.title)
    # No clock is asked, so that the text is the same tomorrow.
    made = min((each.slot.on for each in dated if each.slot.on), default=date.min)
    for each in dated:
        calendar.add_component(_event(programme, each, made))
    return str(calendar.to_ical().decode())


def _event(programme: Programme, appointment: Appointment, made: date) -> Event:
    slot, turn = appointment.slot, appointment.slot.turn
    event = Event()
    identity = f"{programme.title}\n{turn.week}\n{turn.day}\n{slot.number}"
    event.add("uid", f"{sha256(identity.encode()).hexdigest()[:32]}@voiceguide")
    event.add("dtstamp", datetime.combine(made, time(), timezone.utc))
    event.add("dtstart", slot.begins)
    if slot.at is not None:  # a day has no length in seconds (RFC 5545, 3.6.1)
        event.add("duration", timedelta(seconds=-(-appointment.length_ms // 1000)))
    event.add("summary", appointment.title)
    event.add("description", f"{appointment.note}\n\n{appointment.file}")
    event.add("transp", "TRANSPARENT" if slot.at is None else "OPAQUE")
    if programme.alarm_ms is not None:
        before = -timedelta(milliseconds=programme.alarm_ms)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", appointment.title)
        alarm.add("trigger", _MORNING if slot.at is None else before)
        event.add_component(alarm)
    return event
