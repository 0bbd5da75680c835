"""pyttsx3: the voice that is always there (espeak-ng on Linux, the system's own elsewhere)."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import importlib.util
import json
import sys
from collections.abc import Generator, Sequence
from pathlib import Path

from voiceguide.model.audio import Audio
from voiceguide.model.errors import EngineMissing
from voiceguide.voice.contract import SpeakRequest, VoiceInfo
from voiceguide.voice.engines.process import Worker, speak
from voiceguide.voice.engines.pyttsx3_worker import CLEAR, PACE, WORD_GAP

_WORKER = "voiceguide.voice.engines.pyttsx3_worker"
_LIST_TIMEOUT_S = 20.0
"""A first start on Windows builds its COM wrappers."""
_CLIPS_A_WORKER = 10
"""A worker starts in 0.15 s and makes 80 clips a second: the driver sleeps 10 ms in each."""
_ESPEAK = tuple(
    VoiceInfo(voice_id, name, language, "male", "pyttsx3")
    for voice_id, name, language in (
        (CLEAR, "English (America), clear", "en-us"),
        ("gmw/en-us", "English (America)", "en-us"),
        ("gmw/de", "German", "de"),
        ("roa/es", "Spanish (Spain)", "es"),
        ("roa/es-419", "Spanish (Latin America)", "es-419"),
        ("roa/fr", "French (France)", "fr-fr"),
        ("roa/fr-be", "French (Belgium)", "fr-be"),
        ("roa/fr-ch", "French (Switzerland)", "fr-ch"),
        ("roa/it", "Italian", "it"),
        ("jpx/ja", "Japanese", "ja"),
        ("gmw/nl", "Dutch", "nl"),
        ("roa/pt", "Portuguese (Portugal)", "pt"),
        ("roa/pt-br", "Portuguese (Brazil)", "pt-br"),
    )
)
"""Known by heart, so that a session does not start a process to list voices. Of English only the
American: espeak's own default is British, and less well understood. Of two voices of a language
the first is taken."""
_HOME = {"en": "en-us", "ja": "ja-jp"}
"""Where a language is at home, if not in a land of its own letters: `de-de`."""


class Pyttsx3Engine:
    """Engine `pyttsx3`."""

    name = "pyttsx3"
    finished = False

    def __init__(self) -> None:
        if importlib.util.find_spec("pyttsx3") is None:
            raise EngineMissing("the engine pyttsx3 is not installed", "pip install pyttsx3")
        self.version = importlib.metadata.version("pyttsx3")

    @functools.cache  # noqa: B019 - engines live as long as the program
    def voices(self) -> tuple[VoiceInfo, ...]:
        """Ours, and what the driver of this system lists; starts a process the first time."""
        with Worker(_WORKER) as worker:
            worker.send({"list": True})
            found = json.loads(worker.receive(_LIST_TIMEOUT_S))
        ours = [voice for voice in _ESPEAK if voice.id == CLEAR and sys.platform == "linux"]
        return (*ours, *(VoiceInfo(**voice, engine=self.name) for voice in found))

    def default_voice(self, language: str) -> VoiceInfo | None:
        """The voice of the very region, else the nearest; for English the American."""
        wanted = language.lower()
        primary = wanted.partition("-")[0]
        by_heart = sys.platform == "linux" and (
            wanted in ("en", "en-us") if primary == "en" else primary in _spoken(_ESPEAK)
        )
        known = _ESPEAK if by_heart else self.voices()
        speaking = [voice for voice in known if voice.language.partition("-")[0] == primary]
        nearest = _nearest(wanted, primary)
        speaking.sort(key=lambda voice: [tag != voice.language for tag in nearest])
        return speaking[0] if speaking else None

    def voice_named(self, name: str) -> None:
        """None: all its voices are listed."""
        del name

    def fingerprint(self, voice: VoiceInfo) -> str:
        """The driver, what is ours of the library, and how far apart words are."""
        apart = f" gap={WORD_GAP} pace={PACE}" if voice.id == CLEAR else ""
        return f"{sys.platform} {voice.id} {_library_hash()}{apart}"

    def speak(
        self, requests: Sequence[SpeakRequest], timeout_s: float
    ) -> Generator[Audio, None, None]:
        """22 kHz mono on Linux, made in worker processes."""
        return speak(_WORKER, requests, timeout_s, clips_a_worker=_CLIPS_A_WORKER)


def _spoken(voices: Sequence[VoiceInfo]) -> frozenset[str]:
    return frozenset(voice.language.partition("-")[0] for voice in voices)


def _nearest(wanted: str, primary: str) -> tuple[str, ...]:
    """Tags of voices that would do, the best first: a Mexican is nearer to Lima than to Madrid."""
    home = _HOME.get(primary, f"{primary}-{primary}")
    overseas = ("es-419",) if primary == "es" and wanted not in ("es", home) else ()
    return (wanted, *overseas, primary, home)


@functools.cache
def _library_hash() -> str:
    """Hash of the espeak-ng that the wheel brings; empty where the system's own serves."""
    if importlib.util.find_spec("espeakng_loader") is None:
        return ""
    import espeakng_loader  # noqa: PLC0415 - only on Linux

    return hashlib.sha256(Path(espeakng_loader.get_library_path()).read_bytes()).hexdigest()[:16]
