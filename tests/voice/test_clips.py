from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest

from voiceguide.model.audio import Audio
from voiceguide.model.units import RATE_HZ
from voiceguide.voice import clips

Mono = npt.NDArray[np.float32]


def tone(seconds: float, dbfs: float, hz: float = 200.0, rate_hz: int = RATE_HZ) -> Mono:
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    return (10 ** (dbfs / 20) * np.sin(2 * np.pi * hz * at)).astype(np.float32)


def hiss(seconds: float, dbfs: float) -> Mono:
    noise = np.random.default_rng(1).uniform(-1, 1, round(seconds * RATE_HZ))
    return (10 ** (dbfs / 20) * noise).astype(np.float32)


def silence(seconds: float) -> Mono:
    return np.zeros(round(seconds * RATE_HZ), np.float32)


def audio(*parts: Mono, rate_hz: int = RATE_HZ) -> Audio:
    return Audio(np.concatenate(parts).reshape(-1, 1), rate_hz)


def peak_dbfs(samples: Mono) -> float:
    return 20 * math.log10(float(np.abs(samples).max()) + 1e-9)


def test_silence_is_trimmed_to_ten_and_twenty_milliseconds() -> None:
    clip = clips.finished(audio(silence(0.3), tone(0.5, -12), silence(0.4)), 0.0)
    assert clip.n_frames / RATE_HZ == pytest.approx(0.53, abs=0.002)
    assert peak_dbfs(clip.samples[:432]) < -55
    assert peak_dbfs(clip.samples[528:1008]) > -13


def test_a_soft_consonant_after_a_stop_is_kept() -> None:
    """The `t` of "rest": 60 ms of nothing, then a breath of air 30 dB below the vowel."""
    word = audio(silence(0.1), tone(0.3, -12), silence(0.06), hiss(0.04, -42), silence(0.4))
    clip = clips.finished(word, 0.0)
    assert clip.n_frames / RATE_HZ == pytest.approx(0.01 + 0.3 + 0.06 + 0.04 + 0.02, abs=0.002)
    assert peak_dbfs(clip.samples[-2400:-960]) > -44


@pytest.mark.parametrize("rest", [silence(0.0), silence(0.5)], ids=["cut off", "faded out"])
def test_the_last_twenty_milliseconds_are_silent(rest: Mono) -> None:
    clip = clips.finished(audio(tone(0.5, -12), rest), 0.0)
    assert peak_dbfs(clip.samples[-960:]) < -50


def test_the_ends_are_faded() -> None:
    clip = clips.finished(audio(tone(0.5, -12, hz=1000)), 0.0)
    sound = clip.samples[:24_000, 0]
    assert np.abs(sound[:24]).max() < 0.01
    assert np.abs(sound[-24:]).max() < 0.01
    assert np.abs(sound[480:]).max() == pytest.approx(10 ** (-12 / 20), abs=0.01)


def test_one_gain_holds_for_loud_and_soft() -> None:
    gains = []
    for level in (-30.0, -12.0, -1.0):
        clip = clips.finished(audio(tone(0.5, level)), 4.0)
        gains.append(peak_dbfs(clip.samples) - level)
    assert gains == pytest.approx([4.0, 4.0, 4.0], abs=0.05)


def test_no_sample_is_clipped_by_a_gain_beyond_reason() -> None:
    clip = clips.finished(audio(tone(0.5, -1.0)), 30.0)
    middle = clip.samples[4800:-4800, 0]
    assert np.abs(middle).max() < 2.001
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert spectrum[len(spectrum) // 20 :].max() < 1e-3 * spectrum.max()


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_any_rate_becomes_48_khz_at_the_same_pitch_and_length(rate_hz: int) -> None:
    sound = clips.prepared(audio(tone(1.0, -12, hz=1000, rate_hz=rate_hz), rate_hz=rate_hz))
    assert sound.rate_hz == RATE_HZ
    assert sound.n_frames == pytest.approx(RATE_HZ, abs=2)
    assert int(np.argmax(np.abs(np.fft.rfft(sound.samples[:, 0])))) == pytest.approx(1000, abs=1)


def test_stereo_becomes_mono_and_an_offset_goes_where_it_is_heard_in_silence() -> None:
    left = np.concatenate([silence(0.3), tone(0.2, -20)]) + np.float32(0.1)
    sound = clips.prepared(Audio(np.stack([left, left], axis=1), RATE_HZ))
    assert sound.n_channels == 1
    assert np.abs(sound.samples[:9600]).max() < 1e-6


@pytest.mark.parametrize("raw", [silence(0.0), silence(1.0), hiss(1.0, -80)])
def test_a_sound_with_nothing_to_hear_is_of_no_length(raw: Mono) -> None:
    assert clips.finished(clips.prepared(audio(raw)), 0.0).n_frames == 0


def test_a_clip_survives_its_bytes() -> None:
    clip = clips.finished(audio(tone(0.5, -3)), 5.0)
    again = clips.from_bytes(clips.to_bytes(clip))
    assert again.n_frames == clip.n_frames == clips.n_frames(clips.to_bytes(clip))
    assert np.abs(again.samples - clip.samples).max() < 1e-4


@pytest.mark.parametrize("speed", [1.0, 1.07, 1.15])
def test_a_faster_clip_has_its_share_of_frames_and_its_silent_end(speed: float) -> None:
    clip = clips.finished(audio(tone(0.7, -12)), 0.0)
    faster = clips.faster(clip, speed)
    assert faster.n_frames == int(clip.n_frames / speed)
    assert peak_dbfs(faster.samples[-960:]) < -50


@pytest.mark.parametrize("speed", [0.99, 1.16])
def test_no_other_speed_is_taken(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        clips.faster(clips.EMPTY, speed)


def test_even_the_clip_of_nothing_can_be_faster() -> None:
    assert 0 < clips.faster(clips.EMPTY, 1.15).n_frames <= clips.EMPTY.n_frames


@pytest.mark.parametrize(("lufs", "gain_db"), [(-25.0, 6.0), (-10.0, -9.0), (-math.inf, 30.0)])
def test_a_voice_is_levelled_within_reason(lufs: float, gain_db: float) -> None:
    assert clips.level_gain_db(lufs) == gain_db
