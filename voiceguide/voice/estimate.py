"""How long a phrase will take, told from its letters alone."""

from __future__ import annotations

import re

from voiceguide.voice import languages

_RATE_WPM = 150
_LETTER = re.compile(r"[^\W_]")
_KANJI = re.compile("[\u3400-\u9fff\uf900-\ufaff々]")
_PAUSE = re.compile(r"[,;:.!?](?=\s)|[、。!?](?=.)")


def estimate_ms(spoken: str, rate_wpm: int, language: str = "en") -> int:
    """Length in ms of a phrase that is already normalised, at `rate_wpm` words a minute.

    In proportion to the text: each sound, and each pause inside the phrase, takes its time. A
    sound is a letter, in Japanese a mora.
    """
    length = languages.length(language)
    kanji = len(_KANJI.findall(spoken))
    sounds = len(_LETTER.findall(spoken)) - kanji + length.kanji_sounds * kanji
    pauses = len(_PAUSE.findall(spoken))
    length_ms = length.phrase_ms + length.sound_ms * sounds + length.pause_ms * pauses
    return round(length_ms * _RATE_WPM / rate_wpm)
