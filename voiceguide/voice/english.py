"""How English writes amounts, and how they are read: a table of rules, applied from top to bottom.

Every rule is a pattern and what takes its place. Later rules see what earlier ones left, so the
order is part of the table: `1m30s` before `30s`, `3x12` before the plain number.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from voiceguide.voice.numbers import cardinal, digits, ordinal, spoken

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]

_NUMBER = r"\d+(?:\.\d+)?"
_ALONE = r"(?<![\w.,:])"
"""Before a number: no part of a longer one, or of a word."""
_DASH = r"\s?-\s?"

_UNITS = {
    "km/h": ("kilometre per hour", "kilometres per hour"),
    "kph": ("kilometre per hour", "kilometres per hour"),
    "kmh": ("kilometre per hour", "kilometres per hour"),
    "mph": ("mile per hour", "miles per hour"),
    "m/s": ("metre per second", "metres per second"),
    "kg": ("kilogram", "kilograms"),
    "kgs": ("kilogram", "kilograms"),
    "g": ("gram", "grams"),
    "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"),
    "km": ("kilometre", "kilometres"),
    "k": ("K", "K"),
    "m": ("metre", "metres"),
    "cm": ("centimetre", "centimetres"),
    "mm": ("millimetre", "millimetres"),
    "mi": ("mile", "miles"),
    "ft": ("foot", "feet"),
    "yd": ("yard", "yards"),
    "ml": ("millilitre", "millilitres"),
    "l": ("litre", "litres"),
    "h": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "s": ("second", "seconds"),
    "sec": ("second", "seconds"),
    "secs": ("second", "seconds"),
    "ms": ("millisecond", "milliseconds"),
    "%": ("percent", "percent"),
    "°c": ("degree Celsius", "degrees Celsius"),
    "°f": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
    "kcal": ("kilocalorie", "kilocalories"),
    "cal": ("calorie", "calories"),
    "bpm": ("beat per minute", "beats per minute"),
    "rpm": ("turn per minute", "turns per minute"),
    "spm": ("step per minute", "steps per minute"),
    "w": ("watt", "watts"),
    "rm": ("rep max", "rep max"),
}
_UNIT = (
    r"(?:(?:" + "|".join(re.escape(u) for u in sorted(_UNITS, key=len, reverse=True))
    + r")(?![\w°]))"
)  # fmt: skip
_PER = {"km": "kilometre", "k": "kilometre", "mi": "mile", "mile": "mile", "m": "metre"}

_WORDS = {
    "RDL": "R D L", "RDLs": "R D Ls", "SLDL": "S L D L", "RPE": "R P E", "RIR": "R I R",
    "AMRAP": "am rap", "EMOM": "ee mom", "HIIT": "hit", "LISS": "liss", "DOMS": "doms",
    "WOD": "wod", "PR": "P R", "PB": "P B", "ROM": "range of motion", "TRX": "T R X",
    "DB": "dumbbell", "DBs": "dumbbells", "KB": "kettlebell", "KBs": "kettlebells",
    "BB": "barbell", "BW": "body weight", "ITB": "I T B", "HR": "heart rate", "L/R": "left, right",
    "R/L": "right, left", "e.g.": "for example", "i.e.": "that is", "vs": "versus",
    "vs.": "versus", "approx.": "about", "w/": "with", "w/o": "without", "etc.": "et cetera",
}  # fmt: skip
"""Read wrong by one engine or another as they are written."""

_SIGNS = {
    "&": "and", "+": "plus", "=": "equals", "@": "at", "#": "number", "~": "about", "≈": "about",
    "≤": "at most", "≥": "at least", "±": "plus or minus", "→": "to", "°": "degrees",
    "%": "percent", "÷": "divided by", "<": "less than", ">": "more than",
}  # fmt: skip


def _unit(unit: str, *, one: bool) -> str:
    singular, plural = _UNITS[unit.lower()]
    return singular if one else plural


def _amount(number: str, unit: str) -> str:
    return f"{spoken(number)} {_unit(unit, one=number == '1')}"


def _clock(hours: str | None, minutes: str, seconds: str) -> str:
    """`1:30` as "one minute thirty", `0:45` as "forty-five seconds", `10:00` as "ten minutes"."""
    said = []
    if hours and int(hours):
        said.append(_amount(str(int(hours)), "h"))
    if int(minutes):
        said.append(_amount(str(int(minutes)), "min"))
    if int(seconds) and said:
        said.append(cardinal(int(seconds)))
    elif not said:
        said.append(_amount(str(int(seconds)), "s"))
    return " ".join(said)


def _pace(minutes: str, seconds: str, per: str | None) -> str:
    """`4:22 per km` as "four twenty-two per kilometre", `4:05` as "four oh five"."""
    low = int(seconds)
    tail = f"oh {cardinal(low)}" if 0 < low < 10 else cardinal(low) if low else "minutes"  # noqa: PLR2004 - one digit
    return f"{cardinal(int(minutes))} {tail} per {_PER[per.lower()] if per else 'kilometre'}"


def _span(match: re.Match[str]) -> str:
    """`1h30m15s`: each field with its unit; here `m` is always minutes."""
    fields = zip(match.groups(), ("h", "min", "s"), strict=True)
    return " ".join(_amount(number, unit) for number, unit in fields if number)


def _metres_or_minutes(match: re.Match[str]) -> str:
    """`2m` is minutes, as in a script; `400m`, `400 m` are metres: nobody holds for 50 minutes."""
    minutes = float(match[1]) < 50  # noqa: PLR2004 - the shortest sprint on a track is 50 m
    return _amount(match[1], "min" if minutes else "m")


def _rule(pattern: str, put: str | Callable[[re.Match[str]], str], *, case: bool = False) -> Rule:
    compiled = re.compile(pattern, 0 if case else re.IGNORECASE)
    return compiled, (lambda match: match.expand(put)) if isinstance(put, str) else put


def _listed(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


RULES: tuple[Rule, ...] = (
    _rule(rf"(?<!\w)({_listed(_WORDS)})(?!\w)", lambda m: _WORDS[m[1]], case=True),
    _rule(r"(?<=\d),(?=\d{3}(?!\d))", ""),
    # halves and their like
    _rule(r"(\d)\s*½", r"\1 and a half"),
    _rule(r"(\d)\s*¼", r"\1 and a quarter"),
    _rule(r"(\d)\s*¾", r"\1 and three quarters"),
    _rule("½", "half"),
    _rule("¼", "a quarter"),
    _rule("¾", "three quarters"),
    _rule("⅓", "a third"),
    _rule("⅔", "two thirds"),
    # times
    _rule(
        rf"{_ALONE}(\d+):([0-5]\d)\s*(?:min)?\s*(?:/|per\b)\s*(km|k|mi|mile|m)\b",
        lambda m: _pace(m[1], m[2], m[3]),
    ),
    _rule(
        rf"{_ALONE}(\d+):([0-5]\d)\s*([ap])\.?m\b\.?",
        lambda m: f"{cardinal(int(m[1]))} {cardinal(int(m[2])) if int(m[2]) else ''} {m[3]} m",
    ),
    _rule(rf"{_ALONE}(\d+):([0-5]\d):([0-5]\d)\b", lambda m: _clock(m[1], m[2], m[3])),
    _rule(rf"{_ALONE}(\d+):([0-5]\d)\b", lambda m: _clock(None, m[1], m[2])),
    _rule(rf"{_ALONE}(\d+):(\d+)\b", r"\1 to \2"),
    _rule(rf"{_ALONE}(\d+)\s?h(?:rs?)?\s?(\d+)\s?(?:m|mins?)(?:\s?(\d+)\s?(?:s|secs?))?\b", _span),
    _rule(rf"{_ALONE}()(\d+)\s?(?:m|mins?)\s?(\d+)\s?(?:s|secs?)\b", _span),
    # a tempo
    _rule(
        rf"{_ALONE}(\d|x)-(\d|x)-(\d|x)(?:-(\d|x))?(?![\w-])",
        lambda m: " ".join("X" if p in "xX" else digits(p) for p in m.groups() if p),
    ),
    # sets
    _rule(rf"{_ALONE}(\d+)\s?x\s?(?={_NUMBER}\s?(?:m|km|mi|yd)\b)", r"\1 times "),
    _rule(rf"{_ALONE}1\s?x\s?(?=\d)", "one set of "),
    _rule(rf"{_ALONE}(\d+)\s?x\s?(?=\d)", r"\1 sets of "),
    _rule(rf"{_ALONE}(\d+)\s?x(?!\w)", r"\1 times"),
    _rule(r"(?<!\w)x\s?(?=\d)", "times "),
    # ranges and parts
    _rule(
        rf"{_ALONE}({_NUMBER})\s?({_UNIT})?{_DASH}({_NUMBER})\s?({_UNIT})(?!\w)",
        lambda m: f"{spoken(m[1])} to {spoken(m[3])} {_unit(m[4], one=False)}",
    ),
    _rule(rf"{_ALONE}({_NUMBER}){_DASH}({_NUMBER})(?![\d-])", r"\1 to \2"),
    _rule(r"(?<![\w.])-\s?(?=\d)", "minus "),
    _rule(rf"{_ALONE}(\d+)\s?/\s?(\d+)(?![\d/])", r"\1 of \2"),
    # amounts
    _rule(rf"{_ALONE}({_NUMBER})m(?![\w/²³])", _metres_or_minutes, case=True),
    _rule(rf"{_ALONE}({_NUMBER})[ -]?({_UNIT})(?!\w)", lambda m: _amount(m[1], m[2])),
    _rule(rf"[$]\s?({_NUMBER})", r"\1 dollars"),
    _rule(rf"€\s?({_NUMBER})", r"\1 euros"),
    _rule(rf"£\s?({_NUMBER})", r"\1 pounds"),
    _rule(r"\bno\.\s?(?=\d)", "number "),
    _rule(rf"{_ALONE}(\d+)(?:st|nd|rd|th)\b", lambda m: ordinal(int(m[1][:12]))),
    # signs
    _rule(r"\bkm/h\b", "kilometres per hour"),
    _rule(rf"(?<=\w)\s?/\s?({_listed(_PER)})\b", lambda m: f" per {_PER[m[1].lower()]}"),
    _rule(r"\s*[-=]>\s*", " to "),
    _rule(r"#(?!\s?\d)", ""),
    _rule(rf"\s*([{re.escape(''.join(_SIGNS))}])\s*", lambda m: f" {_SIGNS[m[1]]} "),
    # letters that make no word
    _rule(r"\b([BCDFGHJKLMNPQRSTVWXZ]{2,5})\b", lambda m: " ".join(m[1]), case=True),
    _rule(r"(?<=\w)/(?=(?:side|leg|arm|set|round|hour|minute|min|day|week|hand)\b)", " per "),
    _rule(r"(?<=\w)\s?/\s?(?=\w)", " or "),
    # what is left of the numbers
    _rule(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " "),
    _rule(_NUMBER, lambda m: spoken(m[0])),
)
