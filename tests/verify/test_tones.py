"""Our tones are found where they were planted, in speech and in noise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.finished import Finished
from voiceguide.model.timeline import Tone
from voiceguide.sound import tones
from voiceguide.verify.patterns import LONGEST_MS, Part, alone, patterns
from voiceguide.verify.tones import MAYBE, SIZE, SURELY, find, told_apart

FIRST_MS, END_MS = 200, 2200
"""The borders of what is looked at; what is planted keeps away from them."""
LOUDEST = 10 ** (-19 / 20)


def noise(seed: int, level: float) -> np.ndarray:
    """Noise whose spectrum falls as that of speech does, at so many dB under -19 dBFS."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(SIZE))
    frequency = np.fft.rfftfreq(SIZE, 1 / 48_000)
    sound = np.fft.irfft(spectrum * (frequency > 100) / (1 + (frequency / 500) ** 2), SIZE)
    return sound / sound.std() * LOUDEST * 10 ** (-level / 20)


def planted(window: np.ndarray, sound: str, at_ms: float) -> np.ndarray:
    samples = tones.load(sound).samples[:, 0]
    first = round(at_ms * 48)
    heard = samples[: SIZE - first]
    window[first : first + len(heard)] += heard
    return window.astype(np.float32)


SOUNDS = [name for name in tones.names() if name != "wake"]
"""The lead-in is so soft that any noise hides it."""


@settings(max_examples=60, deadline=None)
@given(
    sound=st.sampled_from(SOUNDS),
    at_ms=st.floats(FIRST_MS + 5, END_MS - 5),
    level=st.floats(15, 40),
    seed=st.integers(0, 99),
)
def test_a_tone_in_noise_is_found_within_a_millisecond(
    sound: str, at_ms: float, level: float, seed: int
) -> None:
    """Noise 15 dB under the voice, as music is; the softest tone is 11 dB under it."""
    window = planted(noise(seed, level), sound, at_ms)
    found = [one for one in find(window, [alone(sound)], FIRST_MS, END_MS) if one.likeness > MAYBE]
    assert any(abs(one.at_ms - at_ms) < 1 for one in found)


@settings(max_examples=20, deadline=None)
@given(sound=st.sampled_from(SOUNDS), at_ms=st.integers(0, 1000), gain=st.floats(0.05, 3))
def test_a_tone_alone_is_told_from_all_others(sound: str, at_ms: int, gain: float) -> None:
    window = gain * planted(np.zeros(SIZE), sound, FIRST_MS + at_ms)
    found = told_apart(find(window, map(alone, tones.names()), FIRST_MS, END_MS))
    assert [(one.sound, round(one.at_ms, 1)) for one in found if one.likeness > SURELY] == [
        (sound, FIRST_MS + at_ms)
    ]


def test_a_tone_on_the_border_of_two_windows_is_found_once() -> None:
    window = planted(np.zeros(SIZE), "tick", 1000)
    for first_ms, end_ms, times in ((200, 1000, 0), (1000, 1800, 1), (200, 1001, 1)):
        assert len(list(find(window, [alone("tick")], first_ms, end_ms))) == times


def test_silence_and_mere_speech_are_no_tone(finished: Finished) -> None:
    assert not list(find(np.zeros(SIZE, dtype=np.float32), [alone("tick")], FIRST_MS, END_MS))
    data = np.frombuffer(finished.wav.read_bytes()[44:], "<i2", count=finished.n_frames) / 32768
    for cue in finished.timeline.speech:
        window = np.zeros(SIZE, dtype=np.float32)
        heard = data[cue.start_ms * 48 : cue.end_ms * 48][: SIZE - LONGEST_MS * 48]
        window[: len(heard)] = heard
        found = list(find(window, map(alone, SOUNDS), 0, END_MS))
        assert max((one.likeness for one in found), default=0) < SURELY


@pytest.mark.parametrize(("bell_ms", "tick_ms"), [(0, 0), (0, 400), (0, 1500), (300, 0)])
def test_a_tone_over_another_is_found_together_with_it(bell_ms: int, tick_ms: int) -> None:
    due = [
        Tone(role="script", start_ms=at_ms, end_ms=at_ms + length_ms, sound=sound, segment=0)
        for at_ms, length_ms, sound in sorted(
            [(bell_ms, 2400, "bell"), (tick_ms, 100, "tick")]
        )
    ]  # fmt: skip
    window = np.zeros(SIZE)
    for tone in due:
        window = planted(window, tone.sound, FIRST_MS + tone.start_ms)
    for tone, pattern in zip(due, patterns(due), strict=True):
        sure = [one for one in find(window, [pattern], FIRST_MS, END_MS) if one.likeness > 0.99]
        assert [round(one.at_ms) for one in sure] == [FIRST_MS + tone.start_ms]


def test_a_tone_that_is_cut_short_is_looked_for_as_it_is_heard(finished: Finished) -> None:
    wake = next(tone for tone in finished.timeline.tones if tone.sound == "wake")
    assert patterns([wake]) == ((Part("wake", 0, wake.end_ms - wake.start_ms),),)
