"""hibari: a natural US voice from a small model (extra `natural`)."""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import json
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

from voiceguide.model.audio import Audio
from voiceguide.model.errors import EngineMissing
from voiceguide.voice.contract import SpeakRequest, VoiceInfo
from voiceguide.voice.engines.hibari_worker import NATIVE_WPM, SEED
from voiceguide.voice.engines.process import speak

_WORKER = "voiceguide.voice.engines.hibari_worker"
_CLIPS_A_WORKER = 50
"""A second worker pays from 100 clips on: each takes 2 s to load, then makes 25 clips a second."""
_DEFAULT = "heart"
"""The one voice that is in the package."""


class HibariEngine:
    """Engine `hibari`. Of its voices it brings `heart`; we never download the others."""

    name = "hibari"
    finished = False

    def __init__(self) -> None:
        package = importlib.util.find_spec("hibari")
        if package is None or not package.submodule_search_locations:
            raise EngineMissing("the engine hibari is not installed", "pip install hibari-tts")
        self.version = importlib.metadata.version("hibari-tts")
        self._assets = Path(package.submodule_search_locations[0], "assets")

    def voices(self) -> tuple[VoiceInfo, ...]:
        """All in its registry, downloaded or not."""
        return tuple(self._info(name) for name in self._registry)

    def default_voice(self, language: str) -> VoiceInfo | None:
        """`heart` for every English."""
        english = language.lower().split("-")[0] == "en"
        return self._info(_DEFAULT) if english else None

    def voice_named(self, name: str) -> None:
        """None: all its voices are listed."""
        del name

    def fingerprint(self, voice: VoiceInfo) -> str:
        """The model, the seed, and what its pace is told from."""
        # The hash that hibari itself holds a downloaded model to.
        model = self._registry[voice.id]["sha256"]
        return f"{voice.id} {model} seed={SEED} native={NATIVE_WPM}"

    def speak(
        self, requests: Sequence[SpeakRequest], timeout_s: float
    ) -> Generator[Audio, None, None]:
        """24 kHz mono, made in worker processes."""
        return speak(_WORKER, requests, timeout_s, clips_a_worker=_CLIPS_A_WORKER)

    @functools.cached_property
    def _registry(self) -> dict[str, dict[str, Any]]:
        """The voices by name, read from its file: importing hibari takes half a second."""
        found: dict[str, dict[str, Any]] = json.loads(
            (self._assets / "voices.json").read_text(encoding="utf-8")
        )
        return found

    def _info(self, name: str) -> VoiceInfo:
        told = self._registry[name]
        return VoiceInfo(
            id=name,
            name=f"{name.capitalize()} ({told['accent']})",
            language=told["language"].lower(),
            gender=told["gender"],
            engine=self.name,
            installed=bool(told.get("bundled")) or _downloaded(told["file"]),
            hint=f"hibari --voice {name} -o hello.wav Hello",
        )


def _downloaded(model: str) -> bool:
    from hibari.voices import cache_dir  # noqa: PLC0415 - an extra, and slow to import

    return Path(cache_dir(), model).exists()
