"""Words as they are compared: ours and a recogniser's, read aloud by the same rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voiceguide.voice import speakable

_SAME = {"warmup": "warm up", "half way": "halfway", "practice": "practise"}
"""Spellings that sound alike."""


def words(text: str) -> list[str]:
    """The words of a text in lower case, figures spoken: `10` and `ten` are one word."""
    spoken = re.sub(r"[^a-z']+", " ", speakable(text).lower()).strip()
    for other, ours in _SAME.items():
        spoken = re.sub(rf"\b{other}\b", ours, spoken)
    return spoken.split()


def wrong(wanted: Sequence[str], heard: Sequence[str]) -> int:
    """How many words were replaced, left out or added."""
    row = list(range(len(heard) + 1))
    for n_wanted, word in enumerate(wanted, 1):
        before, row[0] = row[0], n_wanted
        for n_heard, other in enumerate(heard, 1):
            cost = min(row[n_heard] + 1, row[n_heard - 1] + 1, before + (word != other))
            before, row[n_heard] = row[n_heard], cost
    return row[-1]
