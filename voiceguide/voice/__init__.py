"""From phrases to clips: engines, what they are given to read, and what becomes of their sound.

The names below are loaded when first used: a worker process, which needs one small module of
this package, does not wait for numpy.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voiceguide.voice.cast import Cast
    from voiceguide.voice.choice import Choice, choose, installed, voices
    from voiceguide.voice.contract import Engine, SpeakRequest, VoiceInfo
    from voiceguide.voice.estimate import estimate_ms
    from voiceguide.voice.normalise import speakable
    from voiceguide.voice.recordings import Recordings
    from voiceguide.voice.speaker import Speaker

__all__ = [
    "Cast",
    "Choice",
    "Engine",
    "Recordings",
    "SpeakRequest",
    "Speaker",
    "VoiceInfo",
    "choose",
    "estimate_ms",
    "installed",
    "speakable",
    "voices",
]

_HOME = {
    "Cast": "cast",
    "Recordings": "recordings",
    "Choice": "choice",
    "choose": "choice",
    "installed": "choice",
    "voices": "choice",
    "Engine": "contract",
    "SpeakRequest": "contract",
    "VoiceInfo": "contract",
    "estimate_ms": "estimate",
    "speakable": "normalise",
    "Speaker": "speaker",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
