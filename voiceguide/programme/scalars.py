"""One written value of a programme -> what it means: days, times, dates, and what grows.

As in `script.scalars`, each reader raises `Refused` with what was expected and what was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

from voiceguide.model.programme import WEEKDAYS, Growth
from voiceguide.script.faults import Refused, did_you_mean, quoted
from voiceguide.script.nodes import Scalar
from voiceguide.script.scalars import scalar, whole

MAX_WEEKS = 52
MAX_MORE = 100

_SHORT = {day[:3]: day for day in WEEKDAYS}
_GROWTH = re.compile(r"([+-][0-9]{1,3})\s+(?:a week|every ([0-9]{1,2}) weeks|at week ([0-9]{1,2}))")
_DELOAD = re.compile(r"(?:week )?([0-9]{1,2})|every ([0-9]{1,2}) weeks")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(2000, 3000)
_A_DATE = "a date such as 2026-12-07"
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def format_number(value: object) -> int:
    """The number of the programme format, which is 1."""
    word = scalar(value, "1").text.strip()
    if word != "1":
        hint = "write `programme: 1`"
        raise Refused(f"expected format 1, the only one there is (got {quoted(word)})", hint)
    return 1


def weekday(value: object) -> int:
    """A day of the week, in full or its first three letters; Monday is 0."""
    expected = "a day of the week such as monday"
    word = scalar(value, expected).text.strip().lower()
    if (day := _SHORT.get(word, word)) in WEEKDAYS:
        return WEEKDAYS.index(day)
    raise Refused(f"expected {expected} (got {quoted(word)})", did_you_mean(word, WEEKDAYS))


def some(read: Callable[[object], Any], example: str) -> Callable[[object], tuple[Any, ...]]:
    """A reader of one value, or of a list of them, that is not empty."""

    def read_all(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            return (read(value),)
        if not value:
            raise Refused("this list is empty", f"write {example}")
        return tuple(map(read_one, value))

    def read_one(item: object) -> Any:  # noqa: ANN401  what `read` gives
        try:
            return read(item)
        except Refused as refused:
            if isinstance(item, Scalar):
                refused.word = item.text
            raise

    return read_all


def time_of_day(value: object) -> time:
    """A time such as `07:30`, to the minute."""
    expected = 'a time of day such as "07:30"'
    word = scalar(value, expected).text.strip()
    if found := _TIME.fullmatch(word):
        return time(int(found[1]), int(found[2]))
    raise Refused(f"expected {expected} (got {quoted(word)})")


def day_of_year(value: object) -> date:
    """A date such as `2026-12-07`."""
    return day_of(scalar(value, _A_DATE).text.strip())


def day_of(word: str) -> date:
    """The day of a written date.

    Raises:
        Refused: it is none.
    """
    if not _DATE.fullmatch(word):
        raise Refused(f"expected {_A_DATE} (got {quoted(word)})")
    try:
        day = date.fromisoformat(word)
    except ValueError:
        raise Refused(f"there is no day {quoted(word)}") from None
    if day.year not in _YEARS:  # a slip; and the calendar ends with the year 9999
        message = f"expected a year from {_YEARS[0]} to {_YEARS[-1]} (got {quoted(word)})"
        raise Refused(message)
    return day


def growth(value: object) -> Growth:
    """How much more: `+1 a week`, `+1 every 2 weeks`, or `+1 at week 4`."""
    expected = "`+1 a week`, `+1 every 2 weeks` or `+1 at week 4`"
    word = " ".join(scalar(value, expected).text.split())
    found = _GROWTH.fullmatch(word)
    if found is None:
        hint = f"write `+{word}`" if _GROWTH.fullmatch(f"+{word}") else ""
        raise Refused(f"expected {expected} (got {quoted(word)})", hint)
    by, every, at = (None if part is None else int(part) for part in found.groups())
    if by is None or not 0 < abs(by) <= MAX_MORE:
        raise Refused(f"expected from 1 to {MAX_MORE} more or fewer (got {quoted(word)})")
    if at is not None:
        return Growth(by, at=_week(at, word))
    return Growth(by, every=1 if every is None else _week(every, word))


def deload(value: object) -> tuple[int | None, int | None]:
    """A lighter week as (week, None), or (None, each so many weeks)."""
    expected = "`week 4`, or `every 4 weeks`"
    word = " ".join(scalar(value, expected).text.split())
    found = _DELOAD.fullmatch(word)
    if found is None:
        raise Refused(f"expected {expected} (got {quoted(word)})")
    week, every = (None if part is None else _week(int(part), word) for part in found.groups())
    if every == 1:
        raise Refused("not every week can be a lighter one", "write `every 4 weeks`")
    return week, every


def _week(number: int, word: str) -> int:
    if not 1 <= number <= MAX_WEEKS:
        raise Refused(f"expected a week from 1 to {MAX_WEEKS} (got {quoted(word)})")
    return number


weeks = whole(1, MAX_WEEKS)
