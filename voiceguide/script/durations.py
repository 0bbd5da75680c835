"""Durations as people write them -> milliseconds, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from typing import Literal

from voiceguide.model.routine import Variable
from voiceguide.model.units import MAX_SESSION_MS
from voiceguide.script.faults import Refused, did_you_mean, quoted
from voiceguide.script.nodes import Scalar
from voiceguide.script.scalars import EACH_SIDE, LONGEST, boolean, scalar, variable

MAX_WAKE_MS = 2_000
EXAMPLES = "such as 45s, 1m30s or 1:30"

_NUMBER = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_WITH_UNITS = re.compile(
    rf"(?=\S)(?:({_NUMBER})\s*(?:h|hrs?|hours?))?"
    rf"\s*(?:({_NUMBER})\s*(?:m|mins?|minutes?))?"
    rf"\s*(?:({_NUMBER})\s*(?:s|secs?|seconds?))?",
    re.IGNORECASE,
)
_COLONS = re.compile(rf"(?:([0-9]+):)?([0-9]+):({_NUMBER})")
_PART = re.compile(
    rf"({_NUMBER})\s*([^\W\d_]+|['\u2032]{{1,2}}|[\"\u2033])?\.?"
    r"[\s,]*(?:(?:and|und|et|y|e|en)\s+(?=[0-9]))?",
    re.IGNORECASE,
)
_UNIT_MS = {"h": 3_600_000, "m": 60_000, "s": 1000}
_UNIT_WORDS = {
    "h": "h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur",
    "m": "m min mins minute minutes minuten minuto minutos minuti minuut ' \u2032",
    "s": "s sec secs second seconds sek sekunde sekunden seg segundo segundos seconde secondes "
    "secondo secondi '' \" \u2033 \u2032\u2032",
}
"""Words for units; some are understood only to say how they are written here."""
_UNIT_OF = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
_NEARLY = 0.85
"""`secnds` has 0.92 of `seconds`; `sets` has 0.75 of `secs`."""
_BARE = re.compile(rf"\+?({_NUMBER})")


def duration(*, zero: bool = False, at_most: int = MAX_SESSION_MS) -> Callable[[object], int]:
    """A reader of a duration, in ms; `zero` where it may be 0. Rounded to the millisecond."""

    def read(value: object) -> int:
        return milliseconds(
            scalar(value, f"a duration {EXAMPLES}").text, zero=zero, at_most=at_most
        )

    return read


def length(*, zero: bool = False) -> Callable[[object], int | Variable]:
    """A reader of a duration in ms, or of a placeholder that stands for seconds."""
    number = duration(zero=zero)

    def read(value: object) -> int | Variable:
        return variable(value) or number(value)

    return read


def milliseconds(written: str, *, zero: bool = False, at_most: int = MAX_SESSION_MS) -> int:
    """A duration such as `45`, `2.5s`, `1m30s`, `2 min`, `1:30` or `1:02:30`, in ms.

    Raises:
        Refused: it is no duration, is longer than `at_most`, or is 0 and may not be.
    """
    word = written.strip()
    seconds = _seconds(word) if len(word) < LONGEST else None
    if seconds is None:
        raise Refused(f"expected a duration {EXAMPLES} (got {quoted(word)})", _cure(word))
    ms = int((seconds * 1000).to_integral_value(ROUND_HALF_UP))
    if ms > at_most:
        raise Refused(f"expected at most {format_ms(at_most)} (got {quoted(word)})")
    if ms == 0 and not zero:
        raise Refused(f"expected a duration above zero (got {quoted(word)})")
    return ms


def _seconds(word: str) -> Decimal | None:
    """The seconds of a duration; None where it is none."""
    if match := _BARE.fullmatch(word):
        return Decimal(match[1])
    if match := _COLONS.fullmatch(word):
        hours, minutes, seconds = (Decimal(part or 0) for part in match.groups())
        total = hours * 3600 + minutes * 60 + seconds
        if seconds >= 60 or (match[1] and minutes >= 60):  # noqa: PLR2004  base 60
            fields = f"expected fields after a colon below 60 (got {quoted(word)})"
            raise Refused(fields, f"write `{format_ms(int(total * 1000))}`")
        return total
    if word and (match := _WITH_UNITS.fullmatch(word)):
        hours, minutes, seconds = (Decimal(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    return None


def _cure(word: str) -> str:
    """What to write in place of something near a duration."""
    if re.fullmatch(rf"-\s*{_NUMBER}.*", word):
        return "a duration cannot be negative"
    if re.fullmatch(r"[0-9]+,[0-9]+.*", word):
        point = word.replace(",", ".", 1)
        cure = _cure(point) if len(point) < LONGEST and _seconds(point) is None else ""
        return cure or f"write a decimal point: `{point[:20]}`"
    if match := re.fullmatch(r"([0-9]{1,7})\s*ms", word):
        return f"write `{format_ms(int(match[1]))}`"
    if match := re.fullmatch(r"([0-9]{1,3})\s*/\s*([1-9][0-9]?)\s*([hms])\w*", word, re.IGNORECASE):
        unit_ms = _UNIT_MS[match[3].lower()]
        return f"write `{format_ms(unit_ms * int(match[1]) // int(match[2]))}`"
    return _only_the_time(word) if len(word) < LONGEST else ""


def _only_the_time(word: str) -> str:
    """How to write the time that a text begins with, where it is the only one in it."""
    ms, rest = _beginning(word)
    if not ms or re.search(r"[0-9]", rest):
        return ""
    time = word.removesuffix(rest).rstrip(" ,.")
    time = time if _seconds(time) is not None else format_ms(ms)
    if re.fullmatch(EACH_SIDE, rest, re.IGNORECASE):
        return f"write `{time}`, and `sides: each` on a line of its own"
    return f"write only the time: `{time}`" if rest else f"write `{time}`"


def _beginning(word: str) -> tuple[int, str]:
    """The time in ms that a text begins with, in words of several languages; and what follows.

    A number without a unit behind another is of the next smaller one: `1 minute 30`.
    """
    total, rest, units = Decimal(0), word, "hms"
    while units and (match := _PART.match(rest)):
        written = (match[2] or "").lower()
        near = get_close_matches(written[:LONGEST], _UNIT_OF, n=1, cutoff=_NEARLY)
        unit = _UNIT_OF[near[0]] if near else None
        if not written and units != "hms":
            unit = units[0]
        if unit is None or unit not in units:
            break
        total += Decimal(match[1]) * _UNIT_MS[unit]
        units = units.partition(unit)[2]
        rest = rest[match.end() :]
    return int(total), rest


def format_ms(ms: int) -> str:
    """A duration as a script may write it: `1m30s`, `45s`, `2.5s`, `1h`; the way back."""
    minutes, rest = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{Decimal(rest) / 1000:f}"
    parts = (
        f"{hours}h" if hours else "",
        f"{minutes}m" if minutes else "",
        f"{seconds}s" if rest else "",
    )
    return "".join(parts) or "0s"


def moment(value: object) -> int | Literal["half"]:
    """A moment of the work, in ms: `20s` from its start, `-10s` from its end, or `half`."""
    expected = "a moment such as 20s, half or -10s"
    word = scalar(value, expected).text.strip()
    if word == "half":
        return "half"
    back = word.startswith("-")
    try:
        ms = milliseconds(word.removeprefix("-"), zero=not back)
    except Refused as error:
        cure = error.hint.replace("`", "`-", 1) if back else error.hint
        hint = did_you_mean(word, ["half"]) or cure
        raise Refused(f"expected {expected} (got {quoted(word)})", hint) from None
    return -ms if back else ms


def wake(value: object) -> int | bool:
    """Whether a soft sound comes before speech after silence; or how long it lasts, in ms."""
    if isinstance(value, Scalar) and re.match(r"[A-Za-z]", value.text):
        return boolean(value)
    return duration(at_most=MAX_WAKE_MS)(value)


def span(value: object) -> tuple[int, int]:
    """The shortest and the longest length, in ms: `[8s, 20s]`."""
    expected = "two durations such as [8s, 20s]"
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004  two ends
        found = f"got {len(value)}" if isinstance(value, list) else "got no list"
        raise Refused(f"expected {expected} ({found})")
    low, high = (duration(zero=True)(end) for end in value)
    if low > high:
        raise Refused(
            "expected the shorter end first", f"write `[{format_ms(high)}, {format_ms(low)}]`"
        )
    return low, high
