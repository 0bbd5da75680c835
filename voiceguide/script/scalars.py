"""One written value -> what it means: text, numbers, durations, ranges, words of a fixed set.

Each reader takes a node of the tree (a `Scalar`, or a list or dict of them where one was written)
and returns a plain value, or raises `Refused` with what was expected and what was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from voiceguide.model import template
from voiceguide.model.routine import Variable
from voiceguide.script.faults import Refused, did_you_mean, listed, quoted
from voiceguide.script.nodes import Scalar
from voiceguide.script.source import CONTROL

LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "nl", "pt")
"""Languages that have a phrase book; each serves its regions too (`pt-BR`)."""

LEVELS = (1, 3)

_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]{1,3})?")
WHOLE = re.compile(r"[+-]?[0-9]+")
_VARIABLE = re.compile(r"\{(\w+)\}")
_BCP_47 = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)

LONGEST = 60
"""Characters of the longest value that can still be a number or a duration."""

EACH_SIDE = r"(?:(?:on|for|per|each|every|je|pro)\s+)*(?:each|side|seite|leg|arm|foot|hand)"
"""What is written beside an amount that is meant for both sides."""

_MANY = 20
"""Unknown placeholders that are told of one text."""


class Nothing(Refused):
    """Nothing is written where a value is wanted."""


class NoSuchName(Refused):
    """A name in braces that nothing stands for; `word` is that name, braces included."""


def scalar(value: object, expected: str) -> Scalar:
    """The value itself, where one value is written.

    Raises:
        Refused: it is a list or a mapping, or nothing.
    """
    if isinstance(value, Scalar):
        if value.is_null:
            raise Nothing(f"nothing is written here; expected {expected}")
        return value
    if isinstance(value, dict):
        if (name := in_braces(value)) is not None:
            cure = f'put quotes around it: `"{{{name}}}"`'
            raise Refused(f"expected {expected} (got keys in braces)", cure)
        raise Refused(f"expected {expected} (got keys and values)")
    raise Refused(f"expected {expected} (got a list)")


def in_braces(value: object) -> str | None:
    """The name in a value such as `{round}`, which without quotes is a key that holds nothing."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    ((name, held),) = value.items()
    return str(name) if isinstance(held, Scalar) and held.is_null else None


def plain_text(value: object) -> str:
    """Text as it is written, in NFC, not empty."""
    text = scalar(value, "text").text
    if not text.strip():
        raise Refused("the text is empty", "write some words, or leave the key out")
    if found := CONTROL.search(text):
        message = f"the control character U+{ord(found[0]):04X} cannot be in a text"
        raise Refused(message, "delete it, or write a space")
    return text


def text(value: object) -> str:
    """Text whose placeholders are all known."""
    written = plain_text(value)
    strange = (name for name in template.names(written) if name not in template.PLACEHOLDERS)
    unknown = [f"{{{name}}}" for name in dict.fromkeys(strange) if not template.is_side(name)]
    if unknown := unknown[:_MANY]:
        first, *more = (
            NoSuchName(f"there is no placeholder {quoted(name)}", word=name) for name in unknown
        )
        first.also = tuple(more)
        raise first
    return written


def boolean(value: object) -> bool:
    """`true` or `false`, written without quotes."""
    written = scalar(value, "true or false")
    word = written.text
    if word in {"true", "True", "TRUE"} and written.plain:
        return True
    if word in {"false", "False", "FALSE"} and written.plain:
        return False
    meant = {"true": "true", "yes": "true", "on": "true", "y": "true"}
    meant |= {"false": "false", "no": "false", "off": "false", "n": "false"}
    cure = f"write `{meant[word.lower()]}`" if word.lower() in meant else ""
    if cure and not written.plain:
        cure += ", without quotes"
    raise Refused(f"expected true or false (got {quoted(word)})", cure)


def one_of(*words: str, meant: Mapping[str, str] | None = None) -> Callable[[object], str]:
    """A reader of one word out of a few; `meant` has other words for them."""
    others = meant or {}

    def read(value: object) -> str:
        expected = f"one of {listed(words)}"
        word = scalar(value, expected).text
        if word in words:
            return word
        other = others.get(word.strip().lower())
        hint = (
            (f"write `{other}`" if other else "")
            or did_you_mean(word, words)
            or "write one of these words; they are the same in every language"
        )
        raise Refused(f"expected {expected} (got {quoted(word)})", hint)

    return read


def whole(low: int, high: int) -> Callable[[object], int]:
    """A reader of a decimal number without a fraction, from `low` to `high`; `010` is ten."""

    def read(value: object) -> int:
        expected = f"a whole number from {low:,} to {high:,}"
        word = scalar(value, expected).text.strip()
        if WHOLE.fullmatch(word) and len(word) < LONGEST and low <= int(word) <= high:
            return int(word)
        counted = re.fullmatch(r"([0-9]{1,7})\s*[^\W\d_]+", word)
        cure = ""
        if counted and low <= int(counted[1]) <= high:
            cure = f"write only the number: `{int(counted[1])}`"
        elif re.fullmatch(r"[0-9]{1,7}", word) and int(word) > high:
            cure = f"write `{high}` or less"
        raise Refused(f"expected {expected} (got {quoted(word)})", cure)

    return read


def decimal(low: int, high: int) -> Callable[[object], float]:
    """A reader of a number with or without a fraction, from `low` to `high`."""

    def read(value: object) -> float:
        expected = f"a number from {low} to {high}"
        word = scalar(value, expected).text.strip()
        if _DECIMAL.fullmatch(word) and len(word) < LONGEST and low <= float(word) <= high:
            return float(word)
        raise Refused(f"expected {expected} (got {quoted(word)})")

    return read


def variable(value: object) -> Variable | None:
    """`{round}` and its like, where that is all that is written.

    Raises:
        Refused: no number goes by that name.
    """
    match = _VARIABLE.fullmatch(value.text.strip()) if isinstance(value, Scalar) else None
    if match is None:
        return None
    if match[1] not in template.NUMBERS:
        known = [f"{{{name}}}" for name in sorted(template.NUMBERS)]
        raise Refused(f"{quoted(match[0])} is not a number here", f"there are: {listed(known)}")
    return Variable(match[1])


def or_word(word: str, read: Callable[[object], object]) -> Callable[[object], object]:
    """A reader of one fixed word (`own`, `auto`), or of what `read` takes."""

    def choose(value: object) -> object:
        if isinstance(value, Scalar) and value.text == word:
            return word
        try:
            return read(value)
        except Nothing:
            raise
        except Refused as error:
            near = did_you_mean(value.text, [word]) if isinstance(value, Scalar) else ""
            raise Refused(error.message, near or error.hint or f"or write `{word}`") from None

    return choose


def level(value: object) -> int | str:
    """A progression: 1 to 3, or its name."""
    expected = "a level from 1 to 3, or its name"
    word = scalar(value, expected).text.strip()
    if not re.match(r"[+-]?[.]?[0-9]", word):
        return plain_text(value)
    low, high = LEVELS
    if WHOLE.fullmatch(word) and len(word) < LONGEST and low <= int(word) <= high:
        return int(word)
    cure = "write 1 for the easiest, 3 for the hardest"
    raise Refused(f"expected {expected} (got {quoted(word)})", cure)


def level_in_rounds(value: object) -> int | str | Variable:
    """A level, or the number of the round as one.

    Raises:
        Refused: it is neither; all sets of an exercise have the same level.
    """
    found = variable(value)
    if found is not None and found.name not in {"round", "rounds"}:
        message = f"`{{{found.name}}}` is not a level: all sets of an exercise have the same"
        raise Refused(message, "write `{round}`, or an exercise for each level")
    return found or level(value)


def language(value: object) -> str:
    """A BCP 47 tag in the usual case (`en-GB`, RFC 5646, 2.1.1)."""
    tag = scalar(value, "a language such as en").text.strip()
    if len(tag) <= LONGEST and _BCP_47.fullmatch(tag):
        return _usual_case(tag)
    meant = tag.replace("_", "-")
    hint = f"phrase books: {listed(LANGUAGES)}"
    if len(meant) <= LONGEST and _BCP_47.fullmatch(meant):
        hint = f"write `{_usual_case(meant)}`"
    raise Refused(f"expected a BCP 47 tag such as en or en-GB (got {quoted(tag)})", hint)


def _usual_case(tag: str) -> str:
    """Regions in capitals, scripts with one, all else small."""
    primary, *subtags = tag.lower().split("-")
    cased = {2: str.upper, 4: str.capitalize}
    return "-".join([primary, *(cased.get(len(each), str)(each) for each in subtags)])


def format_number(value: object) -> int:
    """The number of the script format, which is 1."""
    word = scalar(value, "1").text.strip()
    if word != "1":
        hint = "write `voiceguide: 1`"
        raise Refused(f"expected format 1, the only one there is (got {quoted(word)})", hint)
    return 1
