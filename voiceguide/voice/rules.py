"""How amounts are read: one table of rules, filled with the data of a language, from top to bottom.

Every rule is a pattern and what takes its place. The first ones say signs and units in words and
leave the figures; the last ones read the figures, which agree with the nouns behind them. Later
rules see what earlier ones left, so the order is part of the table: `1m30s` before `30s`, `3x12`
before the plain number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from voiceguide.voice.languages import Gendered, Language, Unit
from voiceguide.voice.words import replaced

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]

_NUMBER = r"\d+(?:\.\d+)?"
_ALONE = r"(?<![\w.,:])"
"""Before a number: no part of a longer one, or of a word."""
_DASH = r"\s?-\s?"
_FRACTION = "[½¼¾⅓⅔]"
_HALF = "½"
_PACED = ("km", "k", "mi", "m")
_DISTANCE = ("m", "km", "mi", "yd")
_METRES_FROM = 50
"""`2m` is minutes, as in a script; `400m`, `400 m` are metres: the shortest sprint on a track is
50 m, and nobody holds for 50 minutes."""
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_LONGEST_ORDINAL = 12
_START = "\ue000"
"""Marks, in passing, a sentence that is written with a figure or sign in front."""


class Reader:
    """Reads amounts aloud in one language."""

    def __init__(self, language: Language) -> None:
        self.spaced = language.spaced
        self._language = language
        # Where there are no spaces, only Latin letters and figures make a word longer.
        self._flags = re.RegexFlag(0) if language.spaced else re.ASCII
        self._edge = r"\b" if language.spaced else ""
        self._units = {
            sign.lower(): key for key, unit in language.units.items() for sign in unit.written
        }
        self._unit = rf"(?:(?:{_either(self._units)})(?:(?![\w°])|(?=[²³])))"
        self._noun = "|".join(language.nouns.values()) if language.spaced else ""
        self._paced = {
            word.lower(): language.units[key].per
            for key in _PACED
            if key in language.units
            for word in (key, language.units[key].one)
        }
        self._first = tuple(self._rewritten(language.rewrites))
        self._table = tuple(self._rules())

    def read(self, text: str) -> str:
        """A text with every figure and sign in words."""
        text = _applied(self._first, replaced(text, self._language.words.items()))
        text = re.sub(rf"(^|[.!?]\s+)(?=[^\w\s]?\s?(?:\d|{_FRACTION}))", rf"\1{_START}", text)
        text = _applied(self._table, text)
        text = re.sub(rf"{_START}(\W*\w)", lambda match: match[1].upper(), text)
        return "".join(" " if unicodedata.category(sign)[0] == "S" else sign for sign in text)

    def _rules(self) -> Iterator[Rule]:
        yield from self._marks()
        yield from self._ordinals()
        yield from self._fractions()
        yield from self._times()
        yield from self._sets()
        yield from self._ranges()
        yield from self._amounts()
        yield from self._signs()
        yield from self._letters()
        yield from self._rewritten(self._language.late)
        yield from self._numbers()
        yield from self._rewritten(self._language.last)

    def _marks(self) -> Iterator[Rule]:
        """`1.500` and `2,5` as `1500` and `2.5`, whatever marks the language has."""
        marks = f"[{re.escape(self._language.thousands)}]"
        yield self._rule(
            rf"(?<![\d.,:])[1-9]\d{{0,2}}(?:{marks}\d{{3}})+(?!\d)",
            lambda match: re.sub(marks, "", match[0]),
        )
        if self._language.point == ",":
            yield self._rule(r"(?<![\d.,])(\d+),(\d+)(?!\d|[.,]\d)", r"\1.\2")

    def _ordinals(self) -> Iterator[Rule]:
        for ordinal in self._language.ordinals:
            pattern = rf"({ordinal.before}){_ALONE}(\d{{1,{_LONGEST_ORDINAL}}})(?:{ordinal.after})"
            yield self._rule(pattern, self._ordinal(ordinal.said), case=True)

    def _ordinal(self, rule_set: str) -> Callable[[re.Match[str]], str]:
        ordinal = self._language.numbers.ordinal
        return lambda match: match[1] + ordinal(int(match[2]), rule_set)

    def _fractions(self) -> Iterator[Rule]:
        for sign, written in (("½", "1/2"), ("¼", "1/4"), ("¾", "3/4")):
            yield self._rule(rf"(?<![\d./]){written}(?=\s?{self._unit})", sign)
        counted = rf"(?:\s?({self._unit})|\s({self._noun or '(?!)'}){self._edge})?"
        yield self._rule(rf"(?<!\d)(\d+)\s*({_FRACTION}){counted}", self._mixed)
        yield self._rule(rf"({_FRACTION}){counted}", self._part)

    def _mixed(self, match: re.Match[str]) -> str:
        """`1½ km`: "1 and a half kilometres", "1 kilomètre et demi", "eineinhalb Kilometer"."""
        number, sign, written, noun = match.groups()
        unit = self._unit_of(written)
        gender = unit.gender if unit else self._gender(noun)
        glued = self._language.say.get("mixed_form")
        return self._say(
            "mixed",
            n=self._language.numbers.read(number, glued) if glued else number,
            after=_in(gender, self._language.fractions[sign].after),
            unit=self._language.counted(number, unit) if unit else noun or "",
            units=unit.other if unit else noun or "",
        )

    def _part(self, match: re.Match[str]) -> str:
        """`½ km`: "half kilometre", "medio kilómetro"."""
        sign, written, noun = match.groups()
        unit = self._unit_of(written)
        gender = unit.gender if unit else self._gender(noun)
        fraction = _in(gender or "alone", self._language.fractions[sign].alone)
        if not unit and not noun:
            return fraction
        form = "half" if sign == _HALF else "portion"
        return self._say(
            form, "{fraction} {unit}", fraction=fraction, unit=unit.one if unit else noun
        )

    def _times(self) -> Iterator[Rule]:
        hours, seconds = (_either(self._language.units[key].written) for key in ("h", "s"))
        per = _either(("per", *self._language.per_written))
        yield self._rule(
            rf"{_ALONE}(\d+):([0-5]\d)\s*(?:min\b)?\s*(?:/|{per})\s*({_either(self._paced)}){self._edge}",
            self._pace,
        )
        yield self._rule(rf"{_ALONE}(\d+):([0-5]\d)()\s?(?:{hours})(?!\w)", self._span)
        yield self._rule(
            rf"{_ALONE}(\d+):([0-5]\d):([0-5]\d)\b", lambda m: self._clock(*m.groups())
        )
        yield self._rule(rf"{_ALONE}(\d+):([0-5]\d)\b", lambda m: self._clock("0", m[1], m[2]))
        yield self._rule(rf"{_ALONE}(\d+):(\d+)\b", lambda m: self._say("ratio", a=m[1], b=m[2]))
        minutes = _either(("m", *self._language.units["min"].written))
        yield self._rule(
            rf"{_ALONE}(\d+)\s?(?:{hours})\s?(\d+)\s?(?:{minutes})"
            rf"(?:\s?(\d+)\s?(?:{seconds}))?(?!\w)",
            self._span,
        )
        yield self._rule(rf"{_ALONE}(\d+)(?:{hours})([0-5]\d)()(?!\w)", self._span)
        yield self._rule(
            rf"{_ALONE}()(\d+)\s?(?:{minutes})\s?(\d+)\s?(?:{seconds})(?!\w)", self._span
        )
        tempo = self._language.say.get("x", "X")
        yield self._rule(
            rf"{_ALONE}(\d|x)-(\d|x)-(\d|x)(?:-(\d|x))?(?![\w-])",
            lambda m: " ".join(
                tempo if part in "xX" else self._number(part, "", "") for part in m.groups() if part
            ),
        )

    def _pace(self, match: re.Match[str]) -> str:
        """`4:22 per km`: "4 22 per kilometre", "4 Minuten 22 pro Kilometer"."""
        minutes, seconds, unit = match.groups()
        per = self._paced[unit.lower()]
        if "pace" in self._language.say and int(seconds):
            form = "pace_low" if seconds[0] == "0" else "pace"
            return self._say(form, minutes=_short(minutes), seconds=_short(seconds), per=per)
        clock = self._clock("0", minutes, seconds)
        return self._say("pace_clock", "{clock} {per}", clock=clock, per=per)

    def _clock(self, hours: str, minutes: str, seconds: str) -> str:
        """`1:30`: "1 minute 30"; `0:45`: "45 seconds"; `10:00`: "10 minutes"."""
        said = [
            self._amount(_short(number), key)
            for number, key in ((hours, "h"), (minutes, "min"))
            if number.strip("0")
        ]
        if not said:
            return self._amount(_short(seconds), "s")
        if seconds.strip("0"):
            said.append(self._say("clock_seconds", "{n}", n=_short(seconds)))
        return self._joined(said, self._language.say.get("clock_and"))

    def _span(self, match: re.Match[str]) -> str:
        """`1h30m15s`: each field with its unit; here `m` is always minutes."""
        fields = zip(match.groups(), ("h", "min", "s"), strict=True)
        said = [self._amount(_short(number), key) for number, key in fields if number]
        return self._joined(said, self._language.say.get("and"))

    def _sets(self) -> Iterator[Rule]:
        sets, times = self._language.say["sets"], self._language.say["times"]
        distance = rf"{_NUMBER}\s?(?:{_either(_DISTANCE)})(?!\w)"
        yield self._rule(
            rf"{_ALONE}(\d+)\s?x\s?({distance})",
            lambda m: self._say("laps", n=m[1], amount=m[2], times=_counted(times, m[1])),
        )
        yield self._rule(
            rf"{_ALONE}(\d+)\s?x\s?({_NUMBER}(?:{_DASH}{_NUMBER})?)(\s?{self._unit})?",
            lambda m: _counted(
                sets, m[1], amount=m[2] + m[3] if m[3] else self._say("bare", "{n}", n=m[2])
            ),
        )
        yield self._rule(rf"{_ALONE}(\d+)\s?x(?!\w)", lambda m: _counted(times, m[1]))
        yield self._rule(r"(?<!\w)x\s?(?=\d)", lambda _: self._say("by") + " ")

    def _ranges(self) -> Iterator[Rule]:
        yield self._rule(
            rf"{_ALONE}({_NUMBER})\s?(?:{self._unit})?{_DASH}({_NUMBER})\s?({self._unit})",
            lambda m: self._say(
                "range", a=m[1], b=self._amount(m[2], self._units[m[3].lower()], many=True)
            ),
        )
        yield self._rule(
            rf"{_ALONE}({_NUMBER}){_DASH}({_NUMBER})(?![\d-])",
            lambda m: self._say("range", a=m[1], b=m[2]),
        )
        yield self._rule(r"(?<![\w.])-\s?(?=\d)", lambda _: self._say("minus") + " ")
        yield self._rule(
            rf"{_ALONE}(\d+)\s?/\s?(\d+)(?![\d/])", lambda m: self._say("part", a=m[1], b=m[2])
        )

    def _amounts(self) -> Iterator[Rule]:
        yield self._rule(
            rf"{_ALONE}({_NUMBER})m(?![\w/²³])",
            lambda m: self._amount(m[1], "m" if float(m[1]) >= _METRES_FROM else "min"),
            case=True,
        )
        yield self._rule(rf"([$€£])\s?({_NUMBER})", r"\2 \1")
        yield self._rule(
            rf"{_ALONE}({_NUMBER})[ -]?({self._unit})",
            lambda m: self._amount(m[1], self._units[m[2].lower()]),
        )

    def _signs(self) -> Iterator[Rule]:
        units, signs = self._language.units, self._language.signs
        # units without a number
        speeds = _either(key for key in units if "/" in key)
        lone = _either(key for key in units if not key[0].isalpha())
        yield self._rule(
            rf"(?<!\w)(?:{speeds})(?!\w)|(?:{lone})", lambda m: f" {units[m[0].lower()].other} "
        )
        yield self._rule(
            rf"(?<=\w)\s?/\s?({_either(self._paced)})\b", lambda m: f" {self._paced[m[1].lower()]}"
        )
        if self._language.each:
            each = _either(self._language.each)
            yield self._rule(rf"(?<=\w)/(?=(?:{each})\b)", f" {self._language.per} ")
        yield self._rule(r"\s*[-=]>\s*", f" {signs['→']} ")
        yield self._rule(r"#(?!\s?\d)", "")
        yield self._rule(rf"\s*({_either(signs)})\s*", lambda m: f" {signs[m[1]]} ")
        yield self._rule(r"(?<=\w)\s?/\s?(?=\w)", f" {self._say('or')} ")
        yield self._rule(r"/", " ")

    def _letters(self) -> Iterator[Rule]:
        """Letters that make no word."""
        letters = self._language.letters
        if letters:
            yield self._rule(f"[{_LATIN}]", lambda m: letters.get(_bare(m[0]), ""))
            return
        yield self._rule(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ")
        yield self._rule(r"\b([BCDFGHJKLMNPQRSTVWXZ]{2,5})\b", lambda m: " ".join(m[1]), case=True)

    def _numbers(self) -> Iterator[Rule]:
        joined = (self._language.say[form] for form in ("range", "part"))
        found = [re.fullmatch(r"\{a\}(.+)\{b\}", template) for template in joined]
        between = _either([f" {self._say('or')} ", *(match[1] for match in found if match)])
        for gender, nouns in self._language.nouns.items():
            yield self._rule(
                rf"(?<!\d)({_NUMBER})(?:({between})({_NUMBER}))?(?!\d)(?=\s?(?:{nouns}){self._edge})",
                self._agreeing(gender),
            )
        yield self._rule(_NUMBER, lambda m: self._number(m[0], "", m.string[m.end() :]))

    def _agreeing(self, gender: str) -> Callable[[re.Match[str]], str]:
        def put(match: re.Match[str]) -> str:
            low, joined, high = match.groups()
            said = self._number(low, gender, joined or "")
            return said + (joined + self._number(high, gender, "") if high else "")

        return put

    def _number(self, written: str, form: str, behind: str) -> str:
        """A number in words, fit for what stands behind it."""
        language, numbers = self._language, self._language.numbers
        agrees = "." not in written and (written == "1" or not language.only_one_agrees)
        if not language.kana or (form and agrees and written.strip("0")):
            return numbers.read(written, form if agrees else "")
        whole, _, fraction = written.partition(".")
        if not fraction:
            return language.in_kana(numbers.read(whole), behind)
        decimals = language.in_kana(numbers.digits(fraction), behind)
        return language.in_kana(numbers.read(whole), numbers.point) + numbers.point + decimals

    def _amount(self, number: str, key: str, *, many: bool = False) -> str:
        unit = self._language.units[key]
        said = unit.other if many else self._language.counted(number, unit)
        return self._say("amount", "{n} {unit}", n=number, unit=said)

    def _unit_of(self, written: str | None) -> Unit | None:
        return self._language.units[self._units[written.lower()]] if written else None

    def _gender(self, noun: str | None) -> str:
        """The gender of a noun; empty where it is not known."""
        for gender, nouns in self._language.nouns.items():
            if noun and re.fullmatch(nouns, noun, re.IGNORECASE):
                return gender
        return ""

    def _joined(self, said: list[str], last: str | None) -> str:
        join = self._language.numbers.join
        *first, end = said
        return f"{join.join(first)} {last} {end}" if first and last else join.join(said)

    def _say(self, form: str, default: str = "", **values: object) -> str:
        template: str = self._language.say.get(form, default)
        return template.format(**values)

    def _rewritten(self, pairs: Iterable[tuple[str, str]]) -> Iterator[Rule]:
        for pattern, put in pairs:
            yield self._rule(pattern, put, case=True)

    def _rule(
        self, pattern: str, put: str | Callable[[re.Match[str]], str], *, case: bool = False
    ) -> Rule:
        compiled = re.compile(pattern, self._flags if case else self._flags | re.IGNORECASE)
        return compiled, (lambda match: match.expand(put)) if isinstance(put, str) else put


def _applied(rules: Iterable[Rule], text: str) -> str:
    for pattern, put in rules:
        text = pattern.sub(put, text)
    return text


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _short(number: str) -> str:
    """A whole number without leading zeros."""
    return number.lstrip("0") or "0"


def _bare(letter: str) -> str:
    """A Latin letter without accents, lower case."""
    return unicodedata.normalize("NFD", letter)[0].lower()


def _counted(forms: dict[str, str], number: str, **values: str) -> str:
    return forms["one" if number == "1" else "other"].format(n=number, **values)


def _in(gender: str, word: Gendered) -> str:
    if isinstance(word, str):
        return word
    return word.get(gender) or word.get("alone") or word["m"]
