"""How much work: counts, reps, tempo."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from voiceguide.model.routine import Range, Variable
from voiceguide.model.units import MAX_SESSION_MS
from voiceguide.script.faults import Refused, quoted
from voiceguide.script.scalars import EACH_SIDE, LONGEST, WHOLE, scalar, variable, whole

MAX_REPS = 1000
MAX_SETS = 1000
MAX_ROUNDS = 20_000
"""As many rounds as a routine may have segments."""

_IN_FIGURES = "write it in figures, such as `reps: 8`"
_ALONE = "write the number alone, such as `reps: 8`"
_RANGE = re.compile(r"([0-9]+)\s*(?:-|\u2013|to)\s*([0-9]+)")
_SETS_BY_REPS = re.compile(r"([0-9]+)\s*(?:[x\u00d7]|sets?\s+of)\s*([0-9]+)", re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?:x\s*)?({_RANGE.pattern}|[0-9]+)\s*"
    r"(?:x|times|reps?|repetitions?|mal|wdh\.?|wiederholungen)?"
    rf"\s*(?P<each>{EACH_SIDE})?",
    re.IGNORECASE,
)
_PHASE = re.compile(r"[0-9]+(?:\.[0-9]{1,3})?|X")


def count(low: int, high: int) -> Callable[[object], int | Variable]:
    """A reader of a whole number, or of a placeholder that stands for one."""
    number = whole(low, high)

    def read(value: object) -> int | Variable:
        return variable(value) or number(value)

    return read


def reps(value: object) -> int | Range | Variable:
    """A count of reps, 1 to 1000; a range `10-20`; or a placeholder."""
    if (name := variable(value)) is not None:
        return name
    expected = "a number of reps such as 8 or 10-20"
    word = scalar(value, expected).text.strip()
    if len(word) < LONGEST and (match := _RANGE.fullmatch(word)):
        low, high = int(match[1]), int(match[2])
        if not 1 <= low < high <= MAX_REPS:
            hint = f"write `{high}-{low}`" if 1 <= high < low <= MAX_REPS else ""
            message = "expected a range from low to high, from 1 to 1,000"
            raise Refused(f"{message} (got {quoted(word)})", hint)
        return Range(low, high)
    if len(word) < LONGEST and (match := _SETS_BY_REPS.fullmatch(word)):
        cure = f"write `sets: {match[1]}` and `reps: {match[2]}`"
        raise Refused(f"expected {expected} (got {quoted(word)})", cure)
    if not WHOLE.fullmatch(word):
        raise Refused(f"expected {expected} (got {quoted(word)})", _cure(word))
    return whole(1, MAX_REPS)(value)


def _cure(word: str) -> str:
    """What to write in place of something near a number of reps."""
    if word.lower() in {"amrap", "max", "failure", "to failure"}:
        return "write `pace: own` and an `estimate`"
    if len(word) < LONGEST and (match := _COUNTED.fullmatch(word)):
        return f"write `reps: {match[1]}`" + (" and `sides: each`" if match["each"] else "")
    return _ALONE if re.match("[0-9]", word) else _IN_FIGURES


def tempo(value: object) -> str:
    """`lowering-pause-lifting-pause` in seconds, `X` for one that is explosive: `2-1-X-0`."""
    expected = "a tempo of four numbers such as 2-1-1-0"
    word = scalar(value, expected).text
    phases = re.sub(r"\s", "", word).upper().split("-")
    is_tempo = len(phases) == 4 and all(_PHASE.fullmatch(p) for p in phases)  # noqa: PLR2004  down, pause, up, pause
    if not is_tempo or len(word) > LONGEST:
        run_in = re.fullmatch(r"[0-9Xx]{4}", word.strip())
        cure = f"write `{'-'.join(word.strip())}`" if run_in else ""
        pauses = {2: "{}-0-{}-0", 3: "{}-{}-{}-0"}.get(len(phases), "")
        if pauses and all(_PHASE.fullmatch(phase) for phase in phases):
            cure = f"write all four, with 0 for no pause: `{pauses.format(*phases)}`"
        raise Refused(f"expected {expected} (got {quoted(word)})", cure)
    lasts = sum(Decimal(1) if phase == "X" else Decimal(phase) for phase in phases)
    if not 0 < lasts * 1000 <= MAX_SESSION_MS:
        raise Refused(f"expected a rep longer than 0 and at most 12 h (got {quoted(word)})")
    return "-".join(phases)


def count_reps(value: object) -> int | Literal["all", "none"]:
    """Which reps are counted aloud: `all`, `none`, or N of `last-N`."""
    expected = "`all`, `none` or `last-3`"
    word = scalar(value, expected).text.strip()
    if word == "all":
        return "all"
    if word == "none":
        return "none"
    number = re.fullmatch(r"(last)?[ -]?([0-9]{1,4})", word)
    if number and 1 <= int(number[2]) <= MAX_REPS:
        if word.startswith("last-"):
            return int(number[2])
        raise Refused(f"expected {expected} (got {quoted(word)})", f"write `last-{int(number[2])}`")
    cure = "write `none`" if word.lower() in {"false", "no", "off", "0", "last-0"} else ""
    raise Refused(f"expected {expected} (got {quoted(word)})", cure)
