"""How long a phrase will take, told from its letters alone."""

from __future__ import annotations

import re

_PHRASE_MS = 250
_LETTER_MS = 64
_PAUSE_MS = 550
"""Fitted by least squares to 32 workout cues of 1 to 17 words, the mean of pyttsx3 (en-us) and
hibari at `_RATE_WPM`: 0.25 s root mean square off, at most 41 % (a single short word)."""
_RATE_WPM = 150

_LETTER = re.compile(r"[^\W_]")
_PAUSE = re.compile(r"[,;:.!?](?=\s)")


def estimate_ms(spoken: str, rate_wpm: int) -> int:
    """Length in ms of a phrase that is already normalised, at `rate_wpm` words a minute.

    In proportion to the text: each letter, and each pause inside the phrase, takes its time.
    """
    letters, pauses = len(_LETTER.findall(spoken)), len(_PAUSE.findall(spoken))
    length_ms = _PHRASE_MS + _LETTER_MS * letters + _PAUSE_MS * pauses
    return round(length_ms * _RATE_WPM / rate_wpm)
