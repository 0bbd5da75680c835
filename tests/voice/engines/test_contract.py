"""Our engines keep the contract that others' are held to, and the contract can be broken."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

import numpy as np
import pytest

from voiceguide.model.audio import Audio
from voiceguide.model.errors import EngineMissing
from voiceguide.testing import check_engine
from voiceguide.voice import SpeakRequest, VoiceInfo, estimate_ms
from voiceguide.voice.contract import Engine
from voiceguide.voice.engines.hibari import HibariEngine
from voiceguide.voice.engines.piper import PiperEngine
from voiceguide.voice.engines.pyttsx3 import Pyttsx3Engine
from voiceguide.voice.engines.silent import SilentEngine


def test_pyttsx3() -> None:
    check_engine(Pyttsx3Engine())


def test_silent() -> None:
    check_engine(SilentEngine())


@pytest.mark.slow
@pytest.mark.parametrize("make", [HibariEngine, PiperEngine])
def test_natural_voices(make: Callable[[], Engine]) -> None:
    try:
        engine = make()
    except EngineMissing as error:
        pytest.skip(error.message)
    check_engine(engine)


@pytest.mark.slow
def test_hibari_says_the_same_twice_bit_by_bit() -> None:
    try:
        engine = HibariEngine()
    except EngineMissing as error:
        pytest.skip(error.message)
    request = SpeakRequest("Rest, thirty seconds.", "heart", 150, "en")
    once, twice = engine.speak([request, request], 60)
    assert np.array_equal(once.samples, twice.samples)


def test_silence_is_exactly_as_long_as_its_estimate() -> None:
    texts = ("Rest.", "Reverse lunge, left side. Eight reps.", "Go.")
    requests = [SpeakRequest(text, "silent", 170, "en") for text in texts]
    for text, sound in zip(texts, SilentEngine().speak(requests, 1), strict=True):
        assert sound.n_frames == 48 * estimate_ms(text, 170)
        assert not sound.samples.any()


class Shuffled(SilentEngine):
    def speak(
        self, requests: Sequence[SpeakRequest], timeout_s: float
    ) -> Generator[Audio, None, None]:
        yield from super().speak(list(reversed(requests)), timeout_s)


class Lazy(SilentEngine):
    def speak(
        self, requests: Sequence[SpeakRequest], timeout_s: float
    ) -> Generator[Audio, None, None]:
        yield from super().speak(requests[-1:], timeout_s)


class Integers(SilentEngine):
    def speak(
        self, requests: Sequence[SpeakRequest], timeout_s: float
    ) -> Generator[Audio, None, None]:
        for sound in super().speak(requests, timeout_s):
            yield Audio(sound.samples.astype(np.int16), sound.rate_hz)


class Obliging(SilentEngine):
    def voice_named(self, name: str) -> VoiceInfo:  # type: ignore[override]
        return VoiceInfo(name, name, "en", None, self.name)


class Shouting(SilentEngine):
    def voices(self) -> tuple[VoiceInfo, ...]:
        return (VoiceInfo("silent", "Silence", "en_US", None, self.name),)


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (Shuffled(), "order"),
        (Lazy(), "one sound for each"),
        (Integers(), "float32"),
        (Obliging(), "not there is refused"),
        (Shouting(), "languages are as en-us"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, SilentEngine) else value,
)
def test_a_broken_engine_is_found_out(broken: SilentEngine, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        check_engine(broken)
