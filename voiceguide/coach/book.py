"""Phrase books: the words of the coach as data, one file a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from voiceguide.model import template
from voiceguide.model.timeline import Form

FORMS: tuple[Form, ...] = ("full", "short", "name")
_FOLDER = Path(__file__).parent / "phrases"
_BEGINS = re.compile(r"(?P<before>^|[.!?] )\{(?P<name>\w+)\}")
"""A placeholder with which a sentence begins."""
_MS = {"hour": 3_600_000, "minute": 60_000, "second": 1000}


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """The lines of one language."""

    language: str
    sides: Mapping[str, Mapping[str, str]]
    """Side (or `working`, `resting`) -> form -> the word; `plain` is there in each."""
    singular: frozenset[int]
    """Counts that take the form `one`; all others take `other`."""
    decimal: str
    """The mark in 2.5."""
    units: Mapping[str, Mapping[str, str]]
    words: Mapping[str, str]
    lines: Mapping[str, Mapping[str, str]]
    praise: tuple[str, ...]
    note: str
    """The safety note of a file's comments."""

    def forms(self, line: str, values: Mapping[str, str]) -> tuple[tuple[Form, str], ...]:
        """The forms of a line, longest first, filled in; forms of the same words come once."""
        filled: dict[str, Form] = {}
        for form in FORMS:
            if (text := self.lines[line].get(form)) is not None:
                filled.setdefault(_filled(text, values), form)
        return tuple((form, text) for text, form in filled.items())

    def count(self, n: int | str, unit: str) -> str:
        """`n` of a unit: "1 rep", "8 reps"; a unit the book does not know is taken as is."""
        words = self.units.get(unit) or self.units.get(unit.removesuffix("s"))
        if words is None:
            return f"{n} {unit}"
        return words["one" if n in self.singular else "other"].replace("{n}", str(n))

    def side_words(self, name: str, side: str) -> dict[str, str]:
        """The placeholders of a side: `{side}`, `{side_FORM}`, and each with a capital."""
        words = {
            name if form == "plain" else f"{name}_{form}": word
            for form, word in self.sides[side].items()
        }
        return words | {capital(key): capital(word) for key, word in words.items()}

    @property
    def side_forms(self) -> frozenset[str]:
        """The names that stand for a side in a text of this language."""
        words = (self.side_words(name, "left") for name in ("side", "other_side"))
        return frozenset(key for each in words for key in each)

    def duration(self, ms: int) -> str:
        """A length as people say it: "1 minute 30 seconds", "45 seconds", "2.5 seconds"."""
        hours, rest = divmod(ms, _MS["hour"])
        minutes, rest = divmod(rest, _MS["minute"])
        seconds, fraction = divmod(rest, 1000)
        said = [(hours, "hour"), (minutes, "minute")]
        parts = [self.count(n, unit) for n, unit in said if n]
        if fraction:
            written = f"{seconds}{self.decimal}{fraction:03d}".rstrip("0")
            parts.append(self.count(written, "second"))
        elif seconds or not parts:
            parts.append(self.count(seconds, "second"))
        return self.words["space"].join(parts)

    def row(self, *sentences: str) -> str:
        """Sentences one after the other."""
        return self.words["sentences"].join(sentences)

    def comment(self, equipment: tuple[str, ...]) -> str:
        """What a file says of its session beside its title: equipment, and a note on safety."""
        return self.row(self.needs(equipment), self.note)

    def needs(self, equipment: tuple[str, ...]) -> str:
        """What a session needs: "You need a band."."""
        things = {"equipment": self.listing(equipment)}
        return template.fill(self.lines["equipment"]["full"], things)

    def listing(self, items: tuple[str, ...]) -> str:
        """Things in a row: "a band, a chair and weights"."""
        if not items:
            return self.words["no_equipment"]
        *first, last = items
        return self.words["comma"].join(first) + self.words["and"] + last if first else last


def _filled(line: str, values: Mapping[str, str]) -> str:
    """A line with its placeholders filled in, sentences beginning with a capital."""
    if "{" not in line:
        return line
    return template.fill(_BEGINS.sub(lambda begin: _capitals(begin, values), line), values)


def _capitals(begin: re.Match[str], values: Mapping[str, str]) -> str:
    value = values.get(begin["name"])
    return begin[0] if value is None else begin["before"] + capital(value)


@cache
def load(language: str) -> PhraseBook:
    """The book of a BCP 47 tag; `en-GB` is served by `en`.

    Raises:
        KeyError: there is no book for the language.
    """
    return make(body(language))


def make(body: Mapping[str, Any]) -> PhraseBook:
    """The book of what a file of `phrases/` holds."""
    sides = body["sides"].items()
    return PhraseBook(
        language=body["language"],
        sides={side: {"plain": word} if isinstance(word, str) else word for side, word in sides},
        singular=frozenset(map(int, body["numbers"]["one"])),
        decimal=body["numbers"]["decimal"],
        units=body["units"],
        words=body["words"],
        lines=body["lines"],
        praise=tuple(body["praise"]),
        note=body["note"].strip(),
    )


@cache
def body(language: str) -> Mapping[str, Any]:
    """What the file of a BCP 47 tag holds.

    Raises:
        KeyError: there is no book for the language.
    """
    found: Mapping[str, Any] = yaml.load(text(language), _Loader)  # noqa: S506  our own data
    return found


def text(language: str) -> str:
    """The file of a BCP 47 tag, to be copied and edited.

    Raises:
        KeyError: there is no book for the language.
    """
    file = _FOLDER / f"{language.partition('-')[0].lower()}.yaml"
    if not file.is_file():
        raise KeyError(language)
    return file.read_text("utf-8")


def capital(word: str) -> str:
    """The word with a capital in front, the rest as it is."""
    return word[:1].upper() + word[1:]


def languages() -> tuple[str, ...]:
    """Languages that have a book, sorted."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yaml")))


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
