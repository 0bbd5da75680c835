"""How long a phrase will take, told from its letters alone."""

from __future__ import annotations

import re

from voiceguide.voice import languages

_RATE_WPM = 150
_LETTER = re.compile(r"[^\W_ァィゥェォャュョヮぁぃぅぇぉゃゅょゎ]")
"""A small kana, save ッ, belongs to the mora before it."""
_KANJI = re.compile("[\u3400-\u9fff\uf900-\ufaff々]")
_PAUSE = re.compile(r"[,;:.!?](?=\s)|[、。!?](?=.)")


def estimate_ms(spoken: str, rate_wpm: int, language: str = "en") -> int:
    """Length in ms of a phrase that is already normalised, at `rate_wpm` words a minute.

    In proportion to the text: each sound, and each pause inside the phrase, takes its time. The
    constants are fitted by `benchmarks/lengths.py`.

    Args:
        spoken: as `speakable` gives it, or as an engine gets it.
        rate_wpm: words a minute.
        language: BCP 47; one we do not know is taken for English.
    """
    length = languages.length(language)
    sounds, pauses = counted(spoken, language)
    length_ms = length.phrase_ms + length.sound_ms * sounds + length.pause_ms * pauses
    return round(length_ms * _RATE_WPM / rate_wpm)


def counted(spoken: str, language: str) -> tuple[float, int]:
    """The sounds of a phrase, which are letters, in Japanese morae; and the pauses inside it."""
    kanji = len(_KANJI.findall(spoken))
    sounds = len(_LETTER.findall(spoken)) - kanji + languages.length(language).kanji_sounds * kanji
    return sounds, len(_PAUSE.findall(spoken))
