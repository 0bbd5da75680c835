"""silent: no model, no sound, lengths in proportion to the text, always the same bytes."""

from __future__ import annotations

from collections.abc import Generator, Sequence

import numpy as np

from voiceguide.model.audio import Audio
from voiceguide.model.units import RATE_HZ, ms_to_frames
from voiceguide.voice.contract import SpeakRequest, VoiceInfo
from voiceguide.voice.estimate import estimate_ms


class SilentEngine:
    """Engine `silent`: for tests, dry runs and authors of plugins. It speaks every language."""

    name = "silent"
    version = "1"
    finished = True

    def voices(self) -> tuple[VoiceInfo, ...]:
        """One."""
        return (VoiceInfo("silent", "Silence", "en", None, self.name),)

    def default_voice(self, language: str) -> VoiceInfo | None:
        """The same one, whatever the language."""
        return VoiceInfo("silent", "Silence", language.lower(), None, self.name)

    def voice_named(self, name: str) -> None:
        """None: all its voices are listed."""
        del name

    def fingerprint(self, voice: VoiceInfo) -> str:
        """Nothing else changes silence."""
        return voice.id

    def speak(
        self, requests: Sequence[SpeakRequest], timeout_s: float
    ) -> Generator[Audio, None, None]:
        """48 kHz mono zeros, of exactly the estimated length."""
        del timeout_s  # nothing to wait for
        for request in requests:
            length_ms = estimate_ms(request.text, request.rate_wpm, request.language)
            n_frames = ms_to_frames(length_ms)
            yield Audio(np.zeros((n_frames, 1), np.float32), RATE_HZ)
