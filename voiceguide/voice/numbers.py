"""Numbers in English words."""

from __future__ import annotations

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
_TENS = (
    "zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_LONGEST = 12
"""Digits of the longest number that is read as one; longer ones are spelled."""


def cardinal(number: int) -> str:
    """`124` as "one hundred twenty-four"; 0 and more, below a million millions."""
    for scale, name in _SCALES:
        if number >= scale:
            return _joined(f"{cardinal(number // scale)} {name}", number % scale)
    if number >= 100:  # noqa: PLR2004 - a hundred
        return _joined(f"{_ONES[number // 100]} hundred", number % 100)
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]


def ordinal(number: int) -> str:
    """`21` as "twenty-first"."""
    words = cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in _IRREGULAR:
        return words[:cut] + _IRREGULAR[last]
    return words[:cut] + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def digits(number: str) -> str:
    """`007` as "zero zero seven"."""
    return " ".join(_ONES[int(digit)] for digit in number)


def spoken(number: str) -> str:
    """A number as it is written, `2.5` or `1200`, in words: "two point five"."""
    whole, _, fraction = number.partition(".")
    leading_zero = len(whole) > 1 and whole[0] == "0"
    words = digits(whole) if leading_zero or len(whole) > _LONGEST else cardinal(int(whole or "0"))
    return f"{words} point {digits(fraction)}" if fraction else words


def _joined(words: str, rest: int) -> str:
    return f"{words} {cardinal(rest)}" if rest else words
