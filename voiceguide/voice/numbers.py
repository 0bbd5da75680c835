"""Numbers in words: the rules of the Unicode project, through the package unicode-rbnf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine

_LONGEST = 12
"""Digits of the longest number that is read as one; longer ones are spelled."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number words of one language."""

    rules: str
    """The rule file: `en`, `pt_PT`."""
    point: str = "point"
    """What is said for the decimal mark."""
    forms: Mapping[str, str] = field(default_factory=dict)
    """The set of rules for numbers that agree with a noun, by its gender."""
    plain: str = "spellout-numbering"
    """The set of rules for numbers that stand alone."""
    join: str = " "
    """Between digits and around the decimal mark."""

    def cardinal(self, number: int, form: str = "") -> str:
        """`124` as "one hundred twenty-four"; 0 and more, below a million millions."""
        return self._said(number, self.forms.get(form, self.plain))

    def ordinal(self, number: int, rule_set: str = "spellout-ordinal") -> str:
        """`21` as "twenty-first"."""
        return self._said(number, rule_set)

    def digits(self, number: str) -> str:
        """`007` as "zero zero seven"."""
        return self.join.join(self.cardinal(int(digit)) for digit in number)

    def read(self, written: str, form: str = "") -> str:
        """A number as it is written, `2.5` or `1200`, in words: "two point five".

        Args:
            written: digits, and at most one `.` before the decimals.
            form: the gender of the noun it counts; a number with decimals agrees with none.
        """
        whole, _, fraction = written.partition(".")
        if (len(whole) > 1 and whole[0] == "0") or len(whole) > _LONGEST:
            words = self.digits(whole)
        else:
            words = self.cardinal(int(whole or "0"), "" if fraction else form)
        return self.join.join([words, self.point, self.digits(fraction)]) if fraction else words

    def _said(self, number: int, rule_set: str) -> str:
        return _said(self.rules, number, rule_set)


@lru_cache(4096)
def _said(rules: str, number: int, rule_set: str) -> str:
    return _engine(rules).format_number(number, ruleset_names=[rule_set]).text


@cache
def _engine(rules: str) -> RbnfEngine:
    from unicode_rbnf import RbnfEngine  # noqa: PLC0415 - a session kept ready needs no numbers

    return RbnfEngine.for_language(rules)
