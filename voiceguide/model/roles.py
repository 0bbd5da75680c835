"""What words and tones are for."""

from __future__ import annotations

from typing import Literal

SpeechRole = Literal[
    "script", "safety", "name", "side", "setup", "amount", "equipment", "halfway", "remaining",
    "rep", "tip", "praise", "block", "round", "rest", "countdown", "finish",
]  # fmt: skip
COUNTED: frozenset[SpeechRole] = frozenset({"rep", "countdown"})
"""Numbers that belong on a beat: their stressed syllable is heard at it."""
ToneRole = Literal[
    "countdown", "start", "rest", "switch", "release", "halfway", "rep", "wake", "earcon", "finish",
    "script",
]  # fmt: skip
