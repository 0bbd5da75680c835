"""What an engine is: the contract that ours and everybody else's keep.

An engine comes in by the entry-point group `voiceguide.engines`: a class that is called with no
arguments. `voiceguide.testing.check_engine` holds an engine to what is written here.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from voiceguide.model.audio import Audio


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice that an engine knows."""

    id: str
    """What the engine itself calls it: `gmw/en-us`."""
    name: str
    """For people: "English (America)"."""
    language: str
    """BCP 47, lower case: `en-us`."""
    gender: str | None
    """`female`, `male`, or None where the engine does not say."""
    engine: str
    installed: bool = True
    """False: known, but its data is not on this machine."""
    hint: str = ""
    """The line that fetches its data."""

    @property
    def short(self) -> str:
        """The last part of the id, which stands for it in options: `en-us`."""
        return self.id.replace("\\", "/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class SpeakRequest:
    """A phrase to be spoken."""

    text: str
    """Normalised and not empty."""
    voice_id: str
    rate_wpm: int
    """Words a minute, 80 to 400; as near as the engine comes to it."""
    language: str


class Engine(Protocol):
    """A text-to-speech engine.

    Making one is cheap: no model is loaded, no process started. It raises `EngineMissing`, with
    the line that installs what it stands on, where that is not installed.
    """

    @property
    def name(self) -> str:
        """The name of its entry point."""

    @property
    def version(self) -> str:
        """Version of the package that makes the sound."""

    @property
    def finished(self) -> bool:
        """True: its clips are used as they come, neither trimmed nor levelled."""

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Every voice it knows."""

    def default_voice(self, language: str) -> VoiceInfo | None:
        """The installed voice it would take for a language (BCP 47); None: it does not speak it.

        Called each time a session is made, so it is fast.
        """

    def voice_named(self, name: str) -> VoiceInfo | None:
        """A voice that `voices` cannot list, such as a file; None where there is none.

        Raises:
            SpeechError: it is one, and cannot be used.
        """

    def fingerprint(self, voice: VoiceInfo) -> str:
        """Whatever else changes the sound of a phrase: hash of library and model, pitch, seed."""

    def speak(
        self, requests: Sequence[SpeakRequest], timeout_s: float
    ) -> Generator[Audio, None, None]:
        """The sound of each request, in order, each as soon as it is made.

        The rate and the number of channels are the engine's own. A clip may be empty: the caller
        asks again. Closing the iterator early leaves nothing running.

        Raises:
            SynthesisFailed: the engine broke, or one phrase took longer than `timeout_s`.
        """
