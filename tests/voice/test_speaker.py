from __future__ import annotations

import math
import os
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from voiceguide.model.audio import Audio
from voiceguide.model.errors import SynthesisFailed
from voiceguide.model.units import RATE_HZ, ms_to_frames
from voiceguide.voice import Choice, Speaker, SpeakRequest, VoiceInfo, choose, estimate_ms

RATE = 16_000


class Humming:
    """A tone for each phrase, as long as its estimate, its pitch given by its length."""

    name = "humming"
    finished = False

    def __init__(self, version: str = "1", level: float = 0.1, lost: int = 0) -> None:
        self.version = version
        self.level = level
        self.lost = lost
        """How many clips come out empty at first."""
        self.asked: list[str] = []

    def voices(self) -> tuple[VoiceInfo, ...]:
        return (VoiceInfo("low", "Low", "en", None, self.name),)

    def default_voice(self, language: str) -> VoiceInfo | None:
        return replace(self.voices()[0], language=language)

    def fingerprint(self, voice: VoiceInfo) -> str:
        return voice.id

    def speak(
        self, requests: Sequence[SpeakRequest], timeout_s: float
    ) -> Generator[Audio, None, None]:
        del timeout_s
        for request in requests:
            self.asked.append(request.text)
            n_frames = estimate_ms(request.text, request.rate_wpm) * RATE // 1000
            if request.text == "Lost" and self.lost:
                self.lost -= 1
                n_frames = 0
            hum = self.level * np.sin(0.3 * np.arange(n_frames) + 0.1)
            yield Audio(hum.astype(np.float32).reshape(-1, 1), RATE)


def rms_lufs(sound: Audio) -> float:
    return 20 * math.log10(float(np.sqrt(np.mean(sound.samples**2))) + 1e-12)


def speaker(engine: Humming, folder: Path, rate: int = 150, voice: str = "low") -> Speaker:
    choice = Choice(engine, VoiceInfo(voice, voice, "en", None, "humming"), rate, "en")
    return Speaker(choice, loudness=rms_lufs, cache_dir=folder)


def test_a_phrase_is_spoken_once_and_then_known(tmp_path: Path) -> None:
    engine = Humming()
    one = speaker(engine, tmp_path)
    assert one.utterance("8 reps.") is None
    one.speak(["8 reps.", "Rest.", "8 reps."])
    known = one.utterance("8 reps.")
    assert known is not None
    assert known.spoken == "Eight reps."
    one.speak(["Rest.", "Eight reps."])
    assert sorted(engine.asked[1:]) == ["Eight reps.", "Rest."]


def test_another_session_finds_the_clips_and_the_level(tmp_path: Path) -> None:
    speaker(Humming(), tmp_path).speak(["Rest."])
    engine = Humming()
    again = speaker(engine, tmp_path)
    assert again.utterance("Rest.") is not None
    again.clip("Rest.")
    assert engine.asked == []
    again.speak(["Go on."])
    assert engine.asked == ["Go on."]


@pytest.mark.parametrize(
    "other",
    [
        lambda folder: speaker(Humming(version="2"), folder),
        lambda folder: speaker(Humming(), folder, rate=160),
        lambda folder: speaker(Humming(), folder, voice="high"),
        lambda folder: Speaker(
            choose("silent", None, "en", None), loudness=rms_lufs, cache_dir=folder
        ),
    ],
    ids=["version", "rate", "voice", "engine"],
)
def test_a_clip_of_another_voice_is_another_clip(tmp_path: Path, other) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    speaker(Humming(), tmp_path).speak(["Rest."])
    assert other(tmp_path).utterance("Rest.") is None


def test_progress_counts_the_missing(tmp_path: Path) -> None:
    one = speaker(Humming(), tmp_path)
    one.speak(["One."])
    told: list[tuple[int, int]] = []
    one.speak(["One.", "Two.", "Three."], lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("level", [0.01, 0.1, 0.9])
def test_every_voice_comes_to_the_same_level(tmp_path: Path, level: float) -> None:
    one = speaker(Humming(level=level), tmp_path)
    clip = one.clip("Squeeze and keep breathing, nice and slow.")
    assert rms_lufs(Audio(clip.samples[960:-1920], RATE_HZ)) == pytest.approx(-19, abs=0.3)


@pytest.mark.parametrize("speed", [1.0, 1.04, 1.1, 1.15])
def test_a_clip_is_never_longer_than_was_told(tmp_path: Path, speed: float) -> None:
    one = speaker(Humming(), tmp_path)
    texts = ["Rest.", "Six.", "Reverse lunge, left side. 8 reps."]
    one.speak(texts)
    for text in texts:
        known = one.utterance(text)
        assert known is not None
        most = ms_to_frames(math.ceil(known.length_ms / speed))
        clip = one.clip(text, speed)
        assert most - 48 <= clip.n_frames <= most
        assert clip.rate_hz == RATE_HZ
        assert clip.n_channels == 1


def test_a_lost_clip_is_asked_for_again(tmp_path: Path) -> None:
    engine = Humming(lost=2)
    one = speaker(engine, tmp_path)
    one.speak(["Rest.", "Lost", "Go on."])
    assert one.utterance("Lost") is not None
    assert engine.asked.count("Lost") == 3
    assert engine.asked.count("Rest.") == 1


def test_a_phrase_that_stays_without_sound_is_told(tmp_path: Path) -> None:
    one = speaker(Humming(lost=99), tmp_path)
    with pytest.raises(SynthesisFailed, match="'Lost'") as raised:
        one.speak(["Rest.", "Lost"])
    assert "pronounce" in raised.value.hint
    assert one.utterance("Rest.") is not None


@pytest.mark.parametrize("text", ["💪", "", "..."])
def test_a_text_without_words_is_a_moment_of_silence(tmp_path: Path, text: str) -> None:
    engine = Humming()
    one = speaker(engine, tmp_path)
    one.speak([text])
    known = one.utterance(text)
    assert known is not None
    assert known == one.estimate(text)
    clip = one.clip(text, 1.15)
    assert not clip.samples.any()
    assert clip.n_frames <= ms_to_frames(known.length_ms)
    assert engine.asked == []


def test_a_damaged_clip_is_made_again_no_longer_than_was_told(tmp_path: Path) -> None:
    engine = Humming()
    one = speaker(engine, tmp_path)
    before = one.clip("Rest.")
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-100])
    assert np.array_equal(one.clip("Rest.").samples, before.samples)
    assert engine.asked.count("Rest.") == 2


def test_a_clip_that_another_process_made_longer_is_cut_to_what_was_told(tmp_path: Path) -> None:
    one = speaker(Humming(), tmp_path)
    one.speak(["Rest."])
    told = one.utterance("Rest.")
    assert told is not None
    [short] = [path for path in tmp_path.iterdir() if path.stat().st_size > 1000]
    one.speak(["Rest, and then rest again."])
    [long] = [p for p in tmp_path.iterdir() if p.stat().st_size > 1000 and p != short]
    short.write_bytes(long.read_bytes())
    assert one.clip("Rest.").n_frames == ms_to_frames(told.length_ms)


@pytest.mark.parametrize("silent", [False, True])
def test_without_a_cache_everything_still_works(tmp_path: Path, silent: bool) -> None:
    (tmp_path / "file").write_text("no folder")
    engine = Humming()
    one = speaker(engine, tmp_path / "file" / "clips")
    if silent:
        one = Speaker(
            choose("silent", None, "en", None), loudness=rms_lufs, cache_dir=tmp_path / "file"
        )
    one.speak(["Rest.", "Go on."])
    assert one.utterance("Rest.") is not None
    assert one.clip("Rest.").n_frames > 0
    assert engine.asked.count("Rest.") == (0 if silent else 1)


def test_a_clip_is_kept_under_a_name_that_tells_its_sound(tmp_path: Path) -> None:
    one = speaker(Humming(), tmp_path)
    names = {one.kept("Rest.").name, one.kept("Go on then.").name,
             speaker(Humming(), tmp_path, rate=170).kept("Rest.").name}  # fmt: skip
    assert len(names) == 3
    assert speaker(Humming(), tmp_path).kept("Rest.").name in names


def test_pronunciations_are_heard(tmp_path: Path) -> None:
    engine = Humming()
    choice = Choice(engine, engine.voices()[0], 150, "en")
    one = Speaker(choice, loudness=rms_lufs, cache_dir=tmp_path, pronounce=(("TGU", "get-up"),))
    assert one.estimate("TGU, 5 reps").spoken == "get-up, five reps"


def test_silence_lasts_exactly_as_long_as_estimated(tmp_path: Path) -> None:
    one = Speaker(choose("silent", None, "en", 140), loudness=rms_lufs, cache_dir=tmp_path)
    text = "Reverse lunge, left side. 8 reps."
    one.speak([text])
    assert one.utterance(text) == one.estimate(text)
    assert one.clip(text).n_frames == ms_to_frames(one.estimate(text).length_ms)


def test_words_really_spoken_keep_their_soft_ends(tmp_path: Path) -> None:
    """What was cut away of the engine's sound is silence, and the clip ends in silence."""
    choice = choose("pyttsx3", None, "en", None)
    one = Speaker(choice, loudness=rms_lufs, cache_dir=tmp_path)
    words = ["Six.", "Rest.", "Left side.", "Half."]
    one.speak(words)
    requests = [SpeakRequest(word, choice.voice.id, 150, "en") for word in words]
    for word, raw in zip(words, choice.engine.speak(requests, 30), strict=True):
        loud = np.flatnonzero(np.abs(raw.samples[:, 0]) > 10 ** (-50 / 20))
        heard_s = (loud[-1] - loud[0]) / raw.rate_hz
        clip = one.clip(word).samples[:, 0]
        assert len(clip) / RATE_HZ >= heard_s
        assert len(clip) / RATE_HZ < heard_s + 0.08
        assert np.abs(clip[-960:]).max() < 10 ** (-50 / 20)
        assert np.abs(clip).max() > 0.05


def test_the_cache_of_the_user_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path))
    Speaker(choose("silent", None, "en", None), loudness=rms_lufs).speak(["Rest."])
    assert len(list((tmp_path / "voiceguide" / "clips").glob("*.clip"))) == 1
