from __future__ import annotations

import pytest

from voiceguide.voice.numbers import Numbers

ENGLISH = Numbers("en")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (19, "nineteen"),
        (40, "forty"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (115, "one hundred fifteen"),
        (2_001, "two thousand one"),
        (1_000_000, "one million"),
        (12_345_678, "twelve million three hundred forty-five thousand six hundred seventy-eight"),
        (999_000_000_007, "nine hundred ninety-nine billion seven"),
    ],
)  # fmt: skip
def test_a_number_in_words(number: int, words: str) -> None:
    assert ENGLISH.cardinal(number) == words


def test_numbers_have_words_of_their_own() -> None:
    assert len({ENGLISH.cardinal(number) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "first"), (2, "second"), (5, "fifth"), (12, "twelfth"), (20, "twentieth"),
     (33, "thirty-third"), (100, "one hundredth")],
)  # fmt: skip
def test_an_ordinal_in_words(number: int, words: str) -> None:
    assert ENGLISH.ordinal(number) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [("2.05", "two point zero five"), ("0.5", "zero point five"), ("05", "zero five"),
     ("1234567890123", "one two three four five six seven eight nine zero one two three")],
)  # fmt: skip
def test_a_number_is_read_as_it_is_written(written: str, words: str) -> None:
    assert ENGLISH.read(written) == words


RULES = ("en", "es", "de", "fr", "fr_BE", "fr_CH", "it", "pt", "pt_PT", "nl")


@pytest.mark.parametrize("rules", RULES)
def test_every_number_has_words_of_its_own_in_every_language(rules: str) -> None:
    numbers = Numbers(rules)
    said = {numbers.cardinal(number) for number in (*range(1200), *range(1200, 10**9, 7_654_321))}
    assert len(said) == 1200 + len(range(1200, 10**9, 7_654_321))
    assert not any(character.isdigit() for character in "".join(said))


def test_a_number_agrees_with_its_noun_where_the_language_does() -> None:
    spanish = Numbers("es", "coma", {"f": "spellout-cardinal-feminine"})
    assert spanish.read("21") == "veintiuno"
    assert spanish.read("21", "f") == "veintiuna"
    assert spanish.read("21", "n") == "veintiuno"
    assert spanish.read("1.5", "f") == "uno coma cinco"
