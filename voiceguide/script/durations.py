"""Durations as people write them -> milliseconds, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from voiceguide.model.routine import Variable
from voiceguide.model.units import MAX_SESSION_MS
from voiceguide.script.faults import Refused, did_you_mean, quoted
from voiceguide.script.nodes import Scalar
from voiceguide.script.scalars import LONGEST, boolean, scalar, variable

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
        return f"write a decimal point: `{word.replace(',', '.', 1)[:20]}`"
    if match := re.fullmatch(r"([0-9]{1,7})\s*ms", word):
        return f"write `{format_ms(int(match[1]))}`"
    if match := re.fullmatch(r"([0-9]{1,3})\s*/\s*([1-9][0-9]?)\s*([hms])\w*", word, re.IGNORECASE):
        unit_ms = {"h": 3_600_000, "m": 60_000, "s": 1000}[match[3].lower()]
        return f"write `{format_ms(unit_ms * int(match[1]) // int(match[2]))}`"
    if match := re.match(rf"{_NUMBER}\s*(?:h|m|min|s|secs?|seconds?|minutes?)\b", word):
        return f"write only the time: `{match[0]}`"
    return ""


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
        hint = did_you_mean(word, ["half"]) or error.hint
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
