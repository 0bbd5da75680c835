"""pyttsx3 in a process of its own, with every fault of 2.99 kept away from the caller.

Run by `process.Worker`. Answers `{"list": true}` with the voices as JSON, and a `SpeakRequest`
with the sound file that `save_to_file` wrote.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import sys
import tempfile
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from voiceguide.voice.engines.serve import Request, serve

CLEAR = "gmw/en-us+edward2"
"""The English of espeak that is understood best: American, in the sound of a variant it brings, its
words apart. See docs/decisions/0021-a-clear-voice.md."""
WORD_GAP = 5
"""Between its words, in units of 10 ms at espeak's own pace."""
PACE = 1.1
"""So much faster it says each word, to make up for the gaps: asked for 150 words a minute it comes
to 155 over 80 cues, where the voice without gaps comes to 165."""

_WORD_GAP = 7
"""Number of the parameter, which pyttsx3 does not name."""
_TRIES = 5


def main() -> None:
    """Serve until the parent is done."""
    serve(lambda: (Espeak() if sys.platform == "linux" else Native()).answer)


class Pyttsx3(ABC):
    """The engine, one voice and rate at a time."""

    def __init__(self) -> None:
        import pyttsx3  # noqa: PLC0415 - what it needs on Linux must be in place before

        self._errors: list[Exception] = []
        self._set: tuple[str, int] | None = None
        self.engine: Any = pyttsx3.init()
        # pyttsx3 swallows what goes wrong ("unknown voice" among it) unless one listens.
        self.engine.connect("error", lambda name, exception: self._errors.append(exception))  # noqa: ARG005 - keywords of the topic

    def answer(self, request: Request) -> bytes:
        """The sound file of a phrase, or the list of voices."""
        if request.get("list"):
            return json.dumps([_described(voice) for voice in self.listed()]).encode()
        self._errors.clear()
        if self._set != (request["voice_id"], request["rate_wpm"]):
            self.set(request["voice_id"], request["rate_wpm"])
            self._set = (request["voice_id"], request["rate_wpm"])
        sound = self.synthesise(request["text"])
        if self._errors:
            raise self._errors[0]
        return sound

    def listed(self) -> list[Any]:
        """The voices as pyttsx3 has them; of two of a language the first is the better."""
        return list(self.engine.getProperty("voices"))

    @abstractmethod
    def set(self, voice_id: str, rate_wpm: int) -> None:
        """Take a voice and a rate."""

    @abstractmethod
    def synthesise(self, text: str) -> bytes:
        """The sound file of a phrase."""


class Espeak(Pyttsx3):
    """The espeak-ng driver, on the library of the espeakng-loader wheel."""

    def __init__(self) -> None:
        _load_espeak()
        super().__init__()
        from pyttsx3.drivers import _espeak  # noqa: PLC0415 - loads the C library

        self._espeak = _espeak
        self._completed: list[bool] = []
        self.engine.connect(
            "finished-utterance",
            lambda name, completed: self._completed.append(completed),  # noqa: ARG005 - as above
        )
        # In the first run the queue holds the end of the loop already, so it returns at once and
        # a first clip is lost. An empty first run takes that upon itself; from then on the proxy
        # is idle: properties act at once, and runs wait for the end of their utterance.
        self.engine.runAndWait()
        self._settle()

    def set(self, voice_id: str, rate_wpm: int) -> None:
        """Take a voice and a rate, and wait until they have been taken."""
        clear = voice_id == CLEAR
        self.engine.setProperty("voice", voice_id)
        self.engine.setProperty("rate", round(rate_wpm * PACE) if clear else rate_wpm)
        self._espeak.SetParameter(_WORD_GAP, WORD_GAP if clear else 0, 0)
        # espeak queues the rate, and a run that starts on a busy queue cancels what is in it.
        self._settle()

    def synthesise(self, text: str) -> bytes:
        """A WAV file."""
        # Rarely, on a busy machine, espeak reports itself busy though it was idle a moment ago;
        # then the run cancels its own utterance, and says so.
        for _ in range(_TRIES):
            self._completed.clear()
            sound = self._run(text)
            if all(self._completed):
                return sound
        return b""

    def _run(self, text: str) -> bytes:
        # One phrase a run: of several `save_to_file` only the last is written. The driver hands
        # the target to `wave.open`, which takes a file in memory: no bad path can hang it.
        sound = io.BytesIO()
        self.engine.save_to_file(text, sound)
        self.engine.runAndWait()
        # The loop ends before the library is idle; the next run would cancel itself.
        self._settle()
        return sound.getvalue()

    def _settle(self) -> None:
        self._espeak.Synchronize()


class Native(Pyttsx3):
    """The drivers of macOS (nsss, which writes AIFF whatever the name) and Windows (sapi5)."""

    def listed(self) -> list[Any]:
        """That of the system first: macOS begins its list with voices that are jokes."""
        own = self.engine.getProperty("voice")
        return sorted(super().listed(), key=lambda voice: bool(voice.id != own))

    def set(self, voice_id: str, rate_wpm: int) -> None:
        """Take a voice and a rate; an idle proxy acts at once."""
        self.engine.proxy.setBusy(False)
        self.engine.setProperty("voice", voice_id)
        self.engine.setProperty("rate", rate_wpm)

    def synthesise(self, text: str) -> bytes:
        """A WAV or AIFF file; empty where none was written."""
        # These drivers start on `save_to_file`. Held busy, the proxy queues it before the end of
        # the loop, as in a first run, which is the only order that neither hangs nor cuts short.
        self.engine.proxy.setBusy(True)
        with tempfile.TemporaryDirectory(suffix=".part", ignore_cleanup_errors=True) as folder:
            path = Path(folder, "clip.wav")
            self.engine.save_to_file(text, str(path))
            self.engine.runAndWait()
            return path.read_bytes() if path.exists() else b""


def _load_espeak() -> None:
    """Make the library of the wheel the one that pyttsx3 finds as `libespeak-ng.so.1`.

    Without the wheel (an architecture it does not have) the library of the system serves. Without
    the data path a library without its data ends the whole process.
    """
    try:
        import espeakng_loader  # noqa: PLC0415 - only on Linux
    except ImportError:
        return
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)


def _described(voice: Any) -> dict[str, str | None]:  # noqa: ANN401 - pyttsx3 has no types
    language = voice.languages[0] if voice.languages else ""
    if isinstance(language, bytes):  # older drivers: a byte of priority, then the tag
        language = language.decode(errors="ignore").lstrip("\x05\x02")
    return {
        "id": voice.id,
        "name": voice.name or voice.id,
        "language": (language or "").replace("_", "-").lower(),
        "gender": _gender(voice.gender),
    }


def _gender(told: object) -> str | None:
    """`female` or `male`, out of "Female", "VoiceGenderFemale" and the like."""
    text = str(told or "").lower()
    return "female" if text.endswith("female") else "male" if text.endswith("male") else None
