"""The voice that is always there, really spoken."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
import pyttsx3

from voiceguide.model.audio import Audio
from voiceguide.model.errors import SynthesisFailed
from voiceguide.voice import choose
from voiceguide.voice.contract import SpeakRequest
from voiceguide.voice.engines.pyttsx3 import Pyttsx3Engine
from voiceguide.voice.engines.pyttsx3_worker import Native

espeak = pytest.mark.skipif(sys.platform != "linux", reason="other systems have other voices")

LONG = (
    "Stand about two feet in front of a bench or a chair, feet hip width apart. Put the top of "
    "your right foot on the bench behind you, and bend your left knee to about ninety degrees."
)


def speak(*texts: str, rate: int = 150, voice: str | None = None) -> list[Audio]:
    engine = Pyttsx3Engine()
    default = engine.default_voice("en")
    assert default is not None
    voice_id = voice or default.id
    return list(engine.speak([SpeakRequest(text, voice_id, rate, "en") for text in texts], 30))


def heard_s(sound: Audio) -> float:
    loud = np.flatnonzero(np.abs(sound.samples[:, 0]) > 0.01)
    return float(loud[-1] - loud[0]) / sound.rate_hz if len(loud) else 0.0


def test_a_long_first_clip_is_whole() -> None:
    long, short, again = speak(LONG, "Rest.", LONG)
    assert heard_s(long) > 8
    assert heard_s(long) == pytest.approx(heard_s(again), rel=0.02)
    assert 0.2 < heard_s(short) < 1


def test_every_clip_of_a_batch_is_its_own() -> None:
    """Long and short by turns: none is lost, cut, or spoken in the place of another."""
    counts = [1, 6, 2, 5, 3, 4] * 10
    sounds = speak(*(", ".join(["squeeze"] * count) for count in counts))
    one = heard_s(sounds[0])
    assert one > 0.3
    assert [
        round((heard_s(s) - one) / (heard_s(sounds[1]) - one) * 5) + 1 for s in sounds
    ] == counts


def test_the_rate_is_taken_from_the_first_clip_on() -> None:
    slow, slow_again = speak(LONG, LONG, rate=100)
    fast, fast_again = speak(LONG, LONG, rate=200)
    assert heard_s(slow) / heard_s(fast) == pytest.approx(2, rel=0.15)
    assert heard_s(slow) == pytest.approx(heard_s(slow_again), rel=0.02)
    assert heard_s(fast) == pytest.approx(heard_s(fast_again), rel=0.02)


def test_an_unknown_voice_is_not_swallowed() -> None:
    with pytest.raises(SynthesisFailed, match="nobody"):
        speak("Rest.", voice="nobody")


def test_the_driver_prints_nothing_on_our_standard_output(
    capfd: pytest.CaptureFixture[str],
) -> None:
    speak("Rest.", "Go.")
    assert capfd.readouterr().out == ""


def test_elsewhere_the_voice_of_the_system_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    dummy = pyttsx3.init("dummy")
    monkeypatch.setattr("pyttsx3.init", lambda: dummy)
    monkeypatch.setitem(dummy.proxy._driver._config, "voice", "dummy.voice2")
    voices = json.loads(Native().answer({"list": True}))
    assert [voice["id"] for voice in voices] == ["dummy.voice2", "dummy.voice1", "dummy.voice3"]
    assert {voice["language"] for voice in voices} == {"en-us"}


def test_voices_of_many_languages_are_told() -> None:
    engine = Pyttsx3Engine()
    assert {voice.language.split("-")[0] for voice in engine.voices()} >= {"en"}
    assert engine.default_voice("zz") is None


CLEAR = "gmw/en-us+edward2"
NEAREST = {
    "en": CLEAR, "en-us": CLEAR, "en-GB": "gmw/en", "de": "gmw/de", "de-AT": "gmw/de",
    "es": "roa/es", "es-ES": "roa/es", "es-MX": "roa/es-419", "es-419": "roa/es-419",
    "fr": "roa/fr", "fr-FR": "roa/fr", "fr-CA": "roa/fr", "fr-BE": "roa/fr-be", "it": "roa/it",
    "pt": "roa/pt", "pt-PT": "roa/pt", "pt-BR": "roa/pt-br", "nl": "gmw/nl", "nl-BE": "gmw/nl",
    "ja": "jpx/ja", "ja-JP": "jpx/ja",
}  # fmt: skip


@espeak
@pytest.mark.parametrize(("language", "voice_id"), NEAREST.items())
def test_each_language_has_the_voice_of_its_region_or_the_nearest(
    language: str, voice_id: str
) -> None:
    voice = Pyttsx3Engine().default_voice(language)
    assert voice is not None
    assert voice.id == voice_id


@espeak
def test_voices_known_by_heart_are_those_of_the_library() -> None:
    engine = Pyttsx3Engine()
    listed = {voice for voice in engine.voices() if voice.language.split("-")[0] != "en"}
    for language in {tag.split("-")[0].lower() for tag in NEAREST} - {"en"}:
        known = {
            engine.default_voice(voice.language)
            for voice in listed
            if voice.language.split("-")[0] == language
        }
        assert known == {voice for voice in listed if voice.language.split("-")[0] == language}
    assert engine.default_voice("en") in engine.voices()


@espeak
def test_the_clear_voice_is_a_voice_of_its_own() -> None:
    """The library takes a variant that it does not have for the plain voice, and says nothing."""
    assert choose("pyttsx3", None, "en", None).voice.id == CLEAR
    assert choose("pyttsx3", "en-us+edward2", "en", None).voice.id == CLEAR
    assert choose("pyttsx3", "en-us", "en", None).voice.id == "gmw/en-us"
    (plain, again), (clear,) = speak(LONG, LONG, voice="gmw/en-us"), speak(LONG)
    assert alike(plain, again) > 0.99 > alike(plain, clear)
    assert heard_s(clear) == pytest.approx(heard_s(plain), rel=0.1)


def alike(one: Audio, other: Audio) -> float:
    """1 where the frequencies of two sounds are the same."""
    bands = [spectrum(sound) for sound in (one, other)]
    return float(np.dot(*bands) / np.linalg.norm(bands[0]) / np.linalg.norm(bands[1]))


def spectrum(sound: Audio) -> np.ndarray:
    whole = np.abs(np.fft.rfft(sound.samples[:, 0], 2**19))
    return np.asarray([band.mean() for band in np.array_split(whole, 64)])
