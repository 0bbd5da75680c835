"""What is known of a language to read it aloud: data, one file a language in `reading/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from voiceguide.voice.numbers import Numbers

_FOLDER = Path(__file__).parent / "reading"
_DEFAULT = "en"
"""Serves for lengths and levels of a language that we cannot read."""

Gendered = str | Mapping[str, str]
"""A word, or its forms by gender."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure."""

    written: tuple[str, ...]
    one: str
    other: str
    gender: str
    per: str
    """With what is said before it for one: "per kilometre"."""


@dataclass(frozen=True, slots=True)
class Ordinal:
    """One way to write an ordinal number."""

    before: str
    """What stands before the figure, a regular expression."""
    after: str
    """What stands after it and is read with it, a regular expression."""
    said: str
    """The set of rules for its words."""


@dataclass(frozen=True, slots=True)
class Fraction:
    """A half, or the like."""

    alone: Gendered
    """Before a unit, or on its own."""
    after: Gendered
    """After a whole number."""


@dataclass(frozen=True, slots=True)
class Length:
    """What the parts of a phrase take, in ms, at 150 words a minute."""

    phrase_ms: float
    sound_ms: float
    """A letter; in Japanese a mora."""
    pause_ms: float
    kanji_sounds: float = 1.0
    """Morae of a kanji whose reading is not known."""


@dataclass(frozen=True, slots=True)
class Language:
    """How one language writes amounts and says them."""

    tag: str
    spaced: bool
    """False: no spaces between words."""
    numbers: Numbers
    only_one_agrees: bool
    """With the gender of its noun: `una serie`, but `ventuno serie`."""
    point: str
    """The decimal mark as it is written."""
    thousands: str
    """Characters that part groups of three digits."""
    one_below: float
    """Amounts below this are singular, beside 1 itself."""
    words: Mapping[str, str]
    """What is said for a word; one that is written in lower case stands for every case."""
    rewrites: tuple[tuple[str, str], ...]
    """Regular expressions and what takes their place, before any other rule."""
    late: tuple[tuple[str, str], ...]
    """The same, when only numbers are left to be read."""
    last: tuple[tuple[str, str], ...]
    """The same, when all is read."""
    units: Mapping[str, Unit]
    nouns: Mapping[str, str]
    """By gender, a regular expression of the words that numbers agree with; units among them."""
    ordinals: tuple[Ordinal, ...]
    per: str
    per_written: tuple[str, ...]
    each: tuple[str, ...]
    """Nouns that follow a slash: `30s/side`."""
    say: Mapping[str, Any]
    """Templates."""
    fractions: Mapping[str, Fraction]
    signs: Mapping[str, str]
    letters: Mapping[str, str]
    """What letters of the Latin alphabet are called, where the language has another."""
    kana: Mapping[str, str]
    """Kanji numbers, the longest first, and how they are read where there is no reader of kanji."""
    sounds: tuple[tuple[str, str, str], ...]
    """The end of such a number, the kana behind it that change it, what it becomes."""
    mended: Mapping[str, str]
    """What the reader of kanji gets wrong."""
    reference: str
    length: Length

    def counted(self, number: str, unit: Unit) -> str:
        """The name of a unit as it stands behind a number."""
        return unit.one if number == "1" or float(number) < self.one_below else unit.other

    def in_kana(self, number: str, behind: str) -> str:
        """A number in kanji written in kana, its end fit for the kana that stands behind it."""
        for kanji, kana in self.kana.items():
            number = number.replace(kanji, kana)
        for end, kana, put in self.sounds:
            if number.endswith(end) and behind[:1] in tuple(kana):
                return number.removesuffix(end) + put
        return number


def reference(language: str) -> str:
    """The phrase by which a voice of this language is levelled, ready to be spoken.

    Loudness needs more sound than a count word has.
    """
    return (load(language) or _default()).reference


def length(language: str) -> Length:
    """What the parts of a phrase take in a language (BCP 47); English for one we do not know."""
    return (load(language) or _default()).length


@cache
def load(language: str) -> Language | None:
    """The data of a BCP 47 tag, with what its region says differently; None where we have none."""
    primary, _, region = language.lower().replace("_", "-").partition("-")
    file = _FOLDER / f"{primary}.yaml"
    if not primary.isalnum() or not file.is_file():
        return None
    import yaml  # noqa: PLC0415 - a session kept ready needs no data

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    body: dict[str, Any] = yaml.load(file.read_text("utf-8"), loader)  # noqa: S506  our own data
    return _made(primary, body | body.get("regions", {}).get(region, {}))


def known() -> tuple[str, ...]:
    """Languages that have data, sorted."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yaml")))


def _default() -> Language:
    language = load(_DEFAULT)
    assert language is not None
    return language


def _made(tag: str, body: dict[str, Any]) -> Language:
    say = body["say"]
    per = body["per"]
    units = {key: _unit(key, unit, say, per["said"]) for key, unit in body["units"].items()}
    return Language(
        tag=tag,
        spaced=body.get("spaced", True),
        numbers=Numbers(
            rules=body["spellout"],
            point=body["point"]["said"],
            forms=body.get("forms", {}),
            plain=body.get("numbering", "spellout-numbering"),
            join=say.get("join", " "),
        ),
        only_one_agrees=body.get("only_one_agrees", False),
        point=body["point"]["written"],
        thousands=body["thousands"],
        one_below=body.get("one_below", 0),
        words=body["words"],
        rewrites=_pairs(body.get("rewrites", ())),
        late=_pairs(body.get("late", ())),
        last=_pairs(body.get("last", ())),
        units=units,
        nouns=_nouns(body, units),
        ordinals=tuple(_ordinal(one, body.get("ordinal_nouns", {})) for one in body["ordinals"]),
        per=per["said"],
        per_written=tuple(per["written"]),
        each=tuple(per["each"]),
        say=say,
        fractions={sign: Fraction(**said) for sign, said in body["fractions"].items()},
        signs=body["signs"],
        letters=body.get("letters", {}),
        kana=body.get("kana", {}),
        sounds=tuple(map(tuple, body.get("sounds", ()))),
        mended=body.get("mended", {}),
        reference=body["reference"],
        length=Length(**body["length"]),
    )


def _unit(key: str, body: Mapping[str, Any], say: Mapping[str, Any], per: str) -> Unit:
    written = (key, *body.get("also", ()))
    said = say.get("per", "{per} {unit}").format(per=per, unit=body["one"])
    return Unit(written, body["one"], body["other"], body.get("gender", ""), body.get("per", said))


def _nouns(body: Mapping[str, Any], units: Mapping[str, Unit]) -> dict[str, str]:
    return {
        gender: "|".join(
            [word for u in units.values() if u.gender == gender for word in (u.one, u.other)]
            + list(nouns)
        )
        for gender, nouns in body.get("nouns", {}).items()
    }


def _ordinal(body: Mapping[str, str], nouns: Mapping[str, str]) -> Ordinal:
    after = body["after"]
    for gender, words in nouns.items():
        after = after.replace("{" + gender + "}", words)
    return Ordinal(body.get("before", ""), after, body["said"])


def _pairs(rows: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - as YAML gives it
    return tuple((first, second) for first, second in rows)
